using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Solodesk.Mail.Replies;

/// <summary>
/// Finds HTML that nests as no mail program's does, and reads it without a tree: building one would cost the square of its depth.
/// </summary>
internal static class FlatHtml
{
    private const int DeepestTree = 1500;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" />\t\r\n");

    // Elements that are left open in honest HTML, and those that have no end.
    private static readonly FrozenSet<string> Uncounted = FrozenSet.ToFrozenSet(
        ["p", "br", "hr", "img", "li", "td", "tr", "th", "dd", "dt", "option", "input", "meta", "link", "col", "base", "area", "wbr", "tbody", "thead", "o:p", "!doctype", "!--", "param", "embed", "source", "basefont"], StringComparer.OrdinalIgnoreCase);

    public static bool NestsTooDeep(string html)
    {
        var uncounted = Uncounted.GetAlternateLookup<ReadOnlySpan<char>>();
        var depth = 0;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            var closes = html[at + 1] == '/';
            if (!closes && !char.IsAsciiLetter(html[at + 1]))
            {
                continue;
            }

            var name = html.AsSpan(at + (closes ? 2 : 1));
            var end = name[..Math.Min(name.Length, 16)].IndexOfAny(NameEnds);
            if (end <= 0 || uncounted.Contains(name[..end]))
            {
                continue;
            }

            depth = Math.Max(0, depth + (closes ? -1 : 1));
            if (depth > DeepestTree)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text between the tags; every tag that is not closed inside a line starts a new one.</summary>
    public static string TextOf(string html)
    {
        var text = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var open = html.IndexOf('<', at);
            var end = open < 0 ? html.Length : open;
            text.Append(WebUtility.HtmlDecode(html[at..end]));
            var close = open < 0 ? -1 : html.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }

            if (text.Length > 0 && text[^1] != '\n')
            {
                text.Append('\n');
            }

            at = close + 1;
        }

        return text.ToString();
    }

    /// <summary>Text as HTML.</summary>
    public static string Encode(ReadOnlySpan<char> text) => "<p>" + WebUtility.HtmlEncode(text.Trim().ToString()).ReplaceLineEndings("<br>") + "</p>";
}
