using Solodesk.Mail.Mime;
using Solodesk.Mail.Mime.Headers;

namespace Solodesk.Mail.Reading;

/// <summary>The person behind a mail that a list rewrote or that somebody forwarded by hand.</summary>
internal static class OriginalSenders
{
    private static readonly string[] ForwardMarks = ["fw:", "fwd:", "fw：", "fwd：", "转发:", "转发：", "轉寄:", "轉寄：", "轉發:", "轉發：", "wg:", "tr:", "rv:", "enc:", "i:", "vs:", "doorst:", "전달:", "転送:"];

    private static readonly string[] BlockMarks =
        ["Forwarded message", "Original Message", "Begin forwarded message", "原始邮件", "转发的邮件", "转发邮件", "轉寄郵件", "已轉寄的郵件", "原始郵件", "転送メッセージ", "转发信息", "Weitergeleitete Nachricht", "Message transféré", "Mensaje reenviado", "전달된 메시지"];

    private static readonly string[] FromLabels = ["from:", "发件人:", "发件人：", "寄件者:", "寄件者：", "寄件人:", "寄件人：", "发信人:", "发信人：", "差出人:", "差出人：", "von:", "de :", "de:", "보낸사람:", "보낸 사람:", "от:"];

    public static MailboxAddress? Find(MimePart root, MessageHeaders headers, string text)
    {
        foreach (var name in (ReadOnlySpan<string>)["X-Original-From", "X-Google-Original-From", "X-Original-Sender", "X-Forwarded-From"])
            if (headers.Addresses(name) is [var found, ..] && found.Address.Contains('@') && !Same(found, headers.From)) return found;
        if (Rewritten(headers) is { } author) return author;
        return IsForward(headers.Subject) ? FromEnclosed(root) ?? FromText(text) : null;
    }

    /// <summary>A list that keeps DMARC happy puts itself into From ("Name via List") and the author into Reply-To.</summary>
    private static MailboxAddress? Rewritten(MessageHeaders headers)
    {
        if (headers.From.Count == 0 || headers.ReplyTo.Count == 0) return null;
        var from = headers.From[0];
        var isList = headers.Value("List-Post")?.Contains(from.Address, StringComparison.OrdinalIgnoreCase) == true || (headers.Value("List-Id") is not null && from.Name?.Contains(" via ", StringComparison.OrdinalIgnoreCase) == true);
        if (!isList) return null;
        foreach (var address in headers.ReplyTo) if (!address.Address.Equals(from.Address, StringComparison.OrdinalIgnoreCase)) return address;
        return null;
    }

    private static bool Same(MailboxAddress address, IReadOnlyList<MailboxAddress> from) => from.Count > 0 && from[0].Address.Equals(address.Address, StringComparison.OrdinalIgnoreCase);

    private static bool IsForward(string subject)
    {
        foreach (var mark in ForwardMarks) if (subject.StartsWith(mark, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static MailboxAddress? FromEnclosed(MimePart part)
    {
        if (part.Message is { } message) return AddressParser.Parse(message.Headers.Unfolded("From"), 1, out _) is [var from, ..] ? from : null;
        foreach (var child in part.Children) if (FromEnclosed(child) is { } found) return found;
        return null;
    }

    /// <summary>The From line below the mark of a forwarded block, in the first part of the text.</summary>
    private static MailboxAddress? FromText(string text)
    {
        var inBlock = false;
        var lines = 0;
        foreach (var range in text.AsSpan(0, Math.Min(text.Length, 50_000)).Split('\n'))
        {
            var line = text.AsSpan(range).Trim("> \t\r*");
            if (!inBlock)
            {
                foreach (var mark in BlockMarks) if (line.Contains(mark, StringComparison.OrdinalIgnoreCase) && line.Length < 100) inBlock = true;
                continue;
            }
            if (++lines > 12) return null;
            foreach (var label in FromLabels)
            {
                if (!line.StartsWith(label, StringComparison.OrdinalIgnoreCase)) continue;
                var value = line[label.Length..].Trim("* \t").ToString().Replace("[mailto:", "<", StringComparison.OrdinalIgnoreCase).Replace(']', '>');
                return AddressParser.Parse(value, 1, out _) is [var found, ..] && found.Address.Contains('@') ? found : null;
            }
        }
        return null;
    }
}
