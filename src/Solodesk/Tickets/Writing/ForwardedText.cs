using System.Globalization;

namespace Solodesk.Tickets.Writing;

/// <summary>A message as it stands below the words of who passes it on: who wrote it, when, to whom, and all of it.</summary>
internal static class ForwardedText
{
    private const int Longest = 100_000;

    public static string Of(Message message)
    {
        var chinese = message.Language?.StartsWith("zh", StringComparison.Ordinal) == true;
        var from = message.FromAddress is { } address ? $"{message.AuthorName} <{address}>" : message.AuthorName;
        var at = message.CreatedAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        List<string> lines = chinese
            ? ["---------- 转发的邮件 ----------", $"发件人：{from}", $"时间：{at}"]
            : ["---------- Forwarded message ----------", $"From: {from}", $"Date: {at}"];
        if (message.To.Count > 0)
        {
            lines.Add((chinese ? "收件人：" : "To: ") + string.Join(", ", message.To));
        }

        if (message.Cc.Count > 0)
        {
            lines.Add((chinese ? "抄送：" : "Cc: ") + string.Join(", ", message.Cc));
        }

        lines.Add("");
        lines.Add(message.Body);
        if (message.Quoted is { Length: > 0 } quoted)
        {
            lines.Add("");
            lines.Add(quoted);
        }

        return Conversation.Shorten(string.Join('\n', lines), Longest);
    }
}
