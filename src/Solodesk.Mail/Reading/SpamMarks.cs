using System.Globalization;

namespace Solodesk.Mail.Reading;

/// <summary>Marks that servers leave on mail they take for spam.</summary>
internal static class SpamMarks
{
    public static MailEvidence? Find(MessageHeaders headers)
    {
        foreach (var name in (ReadOnlySpan<string>)["X-Spam-Flag", "X-Spam-Status", "X-Spam", "X-Barracuda-Spam-Flag", "X-Barracuda-Spam-Status", "X-DSPAM-Result", "X-Bogosity", "X-Spam-Result", "X-SpamInfo-Result"])
            if (headers.Value(name) is { } value && (Starts(value, "yes") || Starts(value, "spam") || Starts(value, "true"))) return MailEvidence.Of(name, value);
        if (headers.Value("X-Rspamd-Action") is { } action && (Starts(action, "reject") || Starts(action, "add header") || Starts(action, "rewrite subject"))) return MailEvidence.Of("X-Rspamd-Action", action);
        if (headers.Value("X-MS-Exchange-Organization-SCL") is { } scl && Level(scl) >= 5) return MailEvidence.Of("X-MS-Exchange-Organization-SCL", scl);
        if (headers.Value("X-Forefront-Antispam-Report") is { } report && (report.Contains("SFV:SPM", StringComparison.OrdinalIgnoreCase) || After(report, "SCL:") >= 5)) return MailEvidence.Of("X-Forefront-Antispam-Report", report);
        if (headers.Value("X-Microsoft-Antispam") is { } antispam && After(antispam, "BCL:") >= 8) return MailEvidence.Of("X-Microsoft-Antispam", antispam);
        foreach (var mark in (ReadOnlySpan<string>)["[SPAM]", "***SPAM***", "*****SPAM*****", "{Spam?}", "[垃圾邮件]", "【垃圾邮件】", "[疑似垃圾邮件]", "[可疑垃圾邮件]", "[廣告信]"])
            if (headers.Subject.StartsWith(mark, StringComparison.OrdinalIgnoreCase)) return MailEvidence.Of("Subject", headers.Subject);
        return null;
    }

    private static bool Starts(string value, string word) => value.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    private static int After(string value, string key) => value.IndexOf(key, StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? Level(value[(at + key.Length)..]) : -1;

    private static int Level(string value)
    {
        var digits = value.AsSpan().TrimStart();
        var end = 0;
        while (end < digits.Length && char.IsAsciiDigit(digits[end])) end++;
        return int.TryParse(digits[..end], CultureInfo.InvariantCulture, out var level) ? level : -1;
    }
}
