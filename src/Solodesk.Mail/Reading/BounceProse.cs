using Solodesk.Mail.Mime.Headers;

namespace Solodesk.Mail.Reading;

/// <summary>
/// Bounces that are prose: qmail's, Exim's, old Exchange's, Postfix's and Gmail's without their structured part, and the 退信 of
/// QQ, 163 and the Chinese hosting mails. A daemon must have sent it and it must speak of a failure; a person who writes about
/// a failed delivery is not a bounce.
/// </summary>
internal static class BounceProse
{
    private const int Reach = 20_000;

    private static readonly string[] Subjects =
    [
        "undeliver", "delivery status notification", "returned mail", "mail delivery failed", "delivery failure", "failure notice", "delivery failed", "mail delivery failure", "mail system error", "delivery notification", "returning message to sender",
        "delivery has failed", "could not be delivered", "could not send message", "delivery delayed", "delayed mail", "message delayed", "warning: message", "non-delivery", "nondeliverable", "message not delivered", "mail failure", "rejected", "bounce",
        "退信", "投递失败", "投遞失敗", "发送失败", "傳送失敗", "无法投递", "無法投遞", "未能送达", "未送達", "被退回", "退回", "无法送达", "無法傳遞", "投递延迟", "配信不能", "配信エラー", "送信できません", "unzustellbar", "non remis", "no se puede entregar", "não entregue", "impossibile recapitare", "반송", "недоставлен", "не доставлен",
    ];

    private static readonly string[] Bodies =
    [
        "could not be delivered", "couldn't be delivered", "wasn't delivered", "was not delivered", "not able to deliver", "unable to deliver", "wasn't able to deliver", "delivery has failed", "delivery failed", "permanent error", "permanent fatal errors", "permanent failure", "undeliverable", "did not reach the following recipient",
        "does not exist", "user unknown", "unknown user", "no such user", "mailbox unavailable", "mailbox not found", "mailbox full", "quota exceeded", "over quota", "will be retried", "has been delayed", "not yet been delivered", "will keep trying", "host unknown", "bounced", "giving up on it", "rejected your message",
        "退信", "无法送达", "未能送达", "投递失败", "发送失败", "无法投递", "无法发送", "被退回", "不存在", "被拒绝", "拒收", "邮箱已满", "收件人地址", "退回给您", "未送達", "無法傳送", "無法投遞",
    ];

    private static readonly string[] Temporary =
    [
        "will be retried", "will keep trying", "will continue to", "has been delayed", "not yet been delivered", "still trying", "delayed", "no action is required on your part", "warning message only", "do not need to resend", "延迟投递", "投递延迟", "将继续尝试", "继续尝试投递", "稍后会重试", "暂时未能", "暂时无法",
    ];

    private static readonly string[] CopyMarks =
        ["Below this line is a copy of the message", "------ This is a copy of", "------ Original message", "----- Original message", "--- Original message", "Original message headers", "--- Below the next line", "Message headers follow", "----- Message header follows", "This is a copy of the message", "原始邮件", "原邮件", "原始郵件", "邮件原文", "Received: "];

    public static BounceReport? Read(MessageHeaders headers, string text, bool hasOriginal)
    {
        var from = headers.From.Count > 0 ? headers.From[0] : null;
        var failed = headers.Value("X-Failed-Recipients");
        var daemon = SenderMarks.IsDaemon(from?.Address) || headers.Value("Return-Path")?.Trim() == "<>" || from?.Address.Length == 0 || (from?.Name is { } name && Any(name, ["Mail Delivery", "Mailer-Daemon", "退信", "系统管理员", "System Administrator"]));
        if (failed is null && !daemon) return null;
        var report = ReportPart(text);
        var said = Any(headers.Subject, Subjects);
        if (failed is null && !(said && (Any(report, Bodies) || hasOriginal || StatusCode.Find(report) is not null)) && !(SenderMarks.IsDaemon(from?.Address) && Any(report, Bodies))) return null;
        // An answering machine also sends from the null path.
        if (headers.Value("Auto-Submitted")?.StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) == true && failed is null && !SenderMarks.IsDaemon(from?.Address)) return null;

        var status = StatusCode.Find(report);
        var reply = status is null ? StatusCode.ReplyClass(report) : status[0];
        var delayed = Any(report, Temporary) || Any(headers.Subject, ["delayed", "warning: message", "warning: could not send", "延迟"]);
        var permanent = reply switch { '5' => true, '4' => false, _ => !delayed };
        if (delayed && reply != '5') permanent = false;
        var diagnostic = Diagnostic(report, status);
        return new BounceReport
        {
            Permanent = permanent,
            Recipients = Recipients(headers, report, failed, permanent, status, diagnostic),
            Status = status,
            Diagnostic = diagnostic,
            FromText = true,
        };
    }

    /// <summary>The id of the returned mail where its headers are quoted in the text.</summary>
    public static string? MessageId(string text)
    {
        var at = text.IndexOf("\nMessage-ID:", StringComparison.OrdinalIgnoreCase);
        if (at < 0) at = text.IndexOf("\n> Message-ID:", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var colon = text.IndexOf(':', at);
        var value = text.AsSpan(colon + 1, Math.Min(300, text.Length - colon - 1));
        var close = value.IndexOf('>');
        return close > 0 && MessageIds.Parse(value[..(close + 1)].ToString(), 1, out _) is [var id, ..] ? id : null;
    }

    private static List<BouncedRecipient> Recipients(MessageHeaders headers, string report, string? failed, bool permanent, string? status, string? diagnostic)
    {
        var addresses = failed is not null ? [.. AddressParser.Parse(failed, 50, out _).Select(a => a.Address)] : AddressFinder.InLines(report, Own(headers));
        return [.. addresses.Select(a => new BouncedRecipient(a, permanent ? "failed" : "delayed", status, diagnostic))];
    }

    /// <summary>Addresses that are ours or the daemon's, not the recipient's.</summary>
    private static HashSet<string> Own(MessageHeaders headers)
    {
        var own = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var address in headers.To) own.Add(address.Address);
        foreach (var address in headers.From) own.Add(address.Address);
        return own;
    }

    /// <summary>The report without the copy of the mail below it.</summary>
    private static string ReportPart(string text)
    {
        var end = Math.Min(text.Length, Reach);
        foreach (var mark in CopyMarks)
        {
            var at = text.IndexOf(mark, 0, end, StringComparison.OrdinalIgnoreCase);
            // What stands in the first lines is the report's own title.
            if (at > 60) end = at;
        }
        return text[..end];
    }

    private static string? Diagnostic(string report, string? status)
    {
        foreach (var range in report.AsSpan().Split('\n'))
        {
            var line = report.AsSpan(range).Trim();
            if (line.Length < 6) continue;
            if (status is not null ? line.Contains(status, StringComparison.Ordinal) : StatusCode.ReplyClass(line) != '\0') return line.Length > 500 ? line[..500].ToString() : line.ToString();
        }
        return null;
    }

    private static bool Any(string text, ReadOnlySpan<string> marks)
    {
        foreach (var mark in marks) if (text.Contains(mark, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
