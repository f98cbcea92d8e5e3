using System.Net;
using System.Text;

namespace Solodesk.Mail.Replies;

/// <summary>
/// Reads HTML that nests as no mail program's does without a tree: building one would cost the square of its depth.
/// </summary>
internal static class FlatHtml
{
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
