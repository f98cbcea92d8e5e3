using Solodesk.Mail.Mime;
using Solodesk.Mail.Mime.Headers;

namespace Solodesk.Mail.Reading;

/// <summary>Groups of fields divided by empty lines: the form of delivery-status (RFC 3464 §2.1) and disposition-notification bodies.</summary>
internal static class StatusFields
{
    private const int MaxGroups = 1000;

    public static List<HeaderBlock> Read(MimePart part)
    {
        var context = new MimeContext(MailReaderOptions.Default);
        var bytes = part.Decode(1024 * 1024, out _);
        var groups = new List<HeaderBlock>();
        var position = 0;
        while (position < bytes.Length && groups.Count < MaxGroups)
        {
            var block = new HeaderScanner(bytes, context).Read(position, bytes.Length, isMessage: false, out var next);
            if (block.Fields.Count > 0) groups.Add(block);
            // A line that is no field is stepped over, so that every round moves on.
            if (next <= position) HeaderScanner.Line(bytes.Span, position, out next);
            position = next;
        }
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
