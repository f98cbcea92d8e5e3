using System.Text;

namespace Solodesk.Mail.Mime;

/// <summary>Joins the lines of <c>format=flowed</c> text (RFC 3676), quoted lines with their own depth.</summary>
internal static class FlowedText
{
    /// <summary>
    /// Unwraps text with "\n" line ends; with <paramref name="deleteSpace"/> (the DelSp parameter) the trailing space only served
    /// to break a line inside a word, as Chinese and Japanese need.
    /// </summary>
    public static string Unwrap(string text, bool deleteSpace)
    {
        var result = new StringBuilder(text.Length);
        var open = -1;
        var first = true;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            var depth = 0;
            while (depth < line.Length && line[depth] == '>') depth++;
            line = line[depth..];
            if (line.StartsWith(' ')) line = line[1..];
            var signature = line.SequenceEqual("-- ");
            var flowed = line.EndsWith(' ') && !signature;

            if (open != depth || signature || open < 0)
            {
                if (!first) result.Append('\n');
                result.Append('>', depth);
                if (depth > 0 && line.Length > 0) result.Append(' ');
            }
            first = false;
            result.Append(flowed && deleteSpace ? line[..^1] : line);
            open = flowed ? depth : -1;
        }
        return result.ToString();
    }
}
