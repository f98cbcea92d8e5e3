using System.Text;

namespace Solodesk.Mail.Reading;

/// <summary>text/enriched (RFC 1896) and text/richtext (RFC 1341) without their commands.</summary>
internal static class EnrichedText
{
    public static string ToPlainText(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '<')
            {
                if (i + 1 < text.Length && text[i + 1] == '<')
                {
                    result.Append('<');
                    i++;
                    continue;
                }
                var end = text.IndexOf('>', i);
                if (end < 0 || end - i > 62)
                {
                    result.Append(c);
                    continue;
                }
                var command = text.AsSpan(i + 1, end - i - 1);
                i = end;
                if (command.Equals("nl", StringComparison.OrdinalIgnoreCase) || command.Equals("paragraph", StringComparison.OrdinalIgnoreCase)) result.Append('\n');
                else if (command.Equals("param", StringComparison.OrdinalIgnoreCase) && text.IndexOf("</param>", i, StringComparison.OrdinalIgnoreCase) is var close and > 0) i = close + 7;
            }
            else if (c == '\n')
            {
                // One line end is a space, n of them are n-1 line ends.
                var count = 1;
                while (i + 1 < text.Length && text[i + 1] == '\n')
                {
                    count++;
                    i++;
                }
                if (count == 1) result.Append(' ');
                else result.Append('\n', count - 1);
            }
            else result.Append(c);
        }
        return result.ToString();
    }
}
