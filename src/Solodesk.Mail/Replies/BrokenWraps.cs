namespace Solodesk.Mail.Replies;

/// <summary>
/// Finds the ends of quoted lines that a mail program wrapped without repeating the quote mark: a line directly between quoted
/// lines whose first word would not have fitted on the line above.
/// </summary>
internal static class BrokenWraps
{
    private const int WrapColumn = 68;

    public static bool Mend(List<BodyLine> lines)
    {
        var changed = false;
        for (var i = 1; i + 1 < lines.Count; i++)
        {
            var (before, line, after) = (lines[i - 1], lines[i], lines[i + 1]);
            if (before.Depth > 0 && line.IsOpen && line.Kind == ReplySpanKind.Written && after.Depth > 0 && (Continues(before.Flat, line.Flat) || BreaksInLink(before.Flat, line.Flat)))
            {
                line.Kind = ReplySpanKind.Quote;
                changed = true;
            }
        }

        return changed;
    }

    private static bool Continues(string before, string line)
    {
        if (before[^1] is '.' or '?' or '!' or ':' or '。' or '？' or '！' or '：' || !StartsInMidSentence(line))
        {
            return false;
        }

        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var firstWord = space < 0 ? line.Length : space;
        return line.Length < 40 && before.Length + 1 + firstWord > WrapColumn;
    }

    // "View the ticket (https://…" and its rest, or a link that stands alone in brackets.
    private static bool BreaksInLink(string before, string line)
    {
        var open = before.LastIndexOf("(http", StringComparison.OrdinalIgnoreCase);
        return line.StartsWith("(http", StringComparison.OrdinalIgnoreCase)
            || (open > 0 && before.IndexOf(')', open) < 0 && line.Contains(')', StringComparison.Ordinal) && !line.Contains(' ', StringComparison.Ordinal));
    }

    private static bool StartsInMidSentence(string line) =>
        char.IsLower(line[0]) || line[0] is '<' or '(' || line.StartsWith("http", StringComparison.OrdinalIgnoreCase);
}
