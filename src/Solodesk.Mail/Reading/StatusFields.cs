using Solodesk.Mail.Mime;
using Solodesk.Mail.Mime.Headers;

namespace Solodesk.Mail.Reading;

/// <summary>Groups of fields divided by empty lines: the form of delivery-status (RFC 3464 §2.1) and disposition-notification bodies.</summary>
internal static class StatusFields
{
    /// <summary>The groups of a part; those beyond <see cref="MailReaderOptions.MaxReportRecipients"/> (and the one about the message) are left out.</summary>
    public static List<HeaderBlock> Read(MimePart part, MimeContext mail)
    {
        var most = mail.Options.MaxReportRecipients + 1;
        var groups = Read(part, mail, most, out var cut);
        if (cut) mail.Warn("report-cut", $"A delivery report has more than {mail.Options.MaxReportRecipients} recipients or is too long; the rest was left out.");
        return groups;
    }

    /// <summary>The first group of a part.</summary>
    public static HeaderBlock? First(MimePart part, MimeContext mail) => Read(part, mail, 1, out _) is [var first, ..] ? first : null;

    private static List<HeaderBlock> Read(MimePart part, MimeContext mail, int most, out bool cut)
    {
        // What is odd about the fields of a report is no news about the mail.
        var context = new MimeContext(mail.Options);
        var bytes = part.Decode(mail.Options.MaxTextBytes, out cut);
        var groups = new List<HeaderBlock>();
        var position = 0;
        while (position < bytes.Length && groups.Count < most)
        {
            var block = new HeaderScanner(bytes, context).Read(position, bytes.Length, isMessage: false, out var next);
            if (block.Fields.Count > 0) groups.Add(block);
            // A line that is no field is stepped over, so that every round moves on.
            if (next <= position) HeaderScanner.Line(bytes.Span, position, out next);
            position = next;
        }
        cut |= bytes.Span[Math.Min(position, bytes.Length)..].Trim(" \t\r\n"u8).Length > 0;
        return groups;
    }

    /// <summary>"rfc822; user@example.org" without the type.</summary>
    public static string? Address(string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return null;
        var text = value[(value.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>', '"').Trim();
        return text.Length == 0 ? null : text;
    }

    public static MimePart? Find(MimePart part, Func<MimePart, bool> wanted)
    {
        if (wanted(part)) return part;
        foreach (var child in part.Children) if (Find(child, wanted) is { } found) return found;
        return null;
    }
}
