namespace Solodesk.Mail.Replies;

/// <summary>Cuts a text into lines, whatever ends them.</summary>
internal static class BodyLines
{
    public static List<BodyLine> Of(string text)
    {
        var lines = new List<BodyLine>();
        var start = 0;
        while (start < text.Length)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : start + length;
            var next = end;
            if (next < text.Length)
            {
                next += text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1;
            }

            lines.Add(new BodyLine(start, next - start, text[start..end]));
            start = next;
        }

        ForgetClosingBrackets(lines);
        return lines;
    }

    // "<https://very.long/link" wrapped before its ">" leaves a line that only looks quoted.
    private static void ForgetClosingBrackets(List<BodyLine> lines)
    {
        for (var i = 1; i < lines.Count; i++)
        {
            var before = lines[i - 1];
            if (lines[i].Depth == 1 && before.Depth == 0 && before.Flat.LastIndexOf('<') > before.Flat.LastIndexOf('>')
                && before.Flat.AsSpan(before.Flat.LastIndexOf('<') + 1).StartsWith("http", StringComparison.OrdinalIgnoreCase))
            {
                lines[i].ForgetMarks();
            }
        }
    }
}
