using System.Buffers;
using System.Text;

namespace Solodesk.Mail.Html;

/// <summary>Keeps the harmless declarations of a style attribute: how text looks, nothing that fetches, covers or moves.</summary>
internal static class StyleFilter
{
    private const int MaxLength = 20_000;

    private static readonly SearchValues<char> Suspect = SearchValues.Create("<>{}@\\\0\"");
    private static readonly SearchValues<char> SuspectInFont = SearchValues.Create("<>{}@\\\0");

    private static readonly HashSet<string> Properties = new(StringComparer.OrdinalIgnoreCase)
    {
        "color", "background", "background-color", "font", "font-family", "font-size", "font-style", "font-weight", "font-variant", "line-height", "letter-spacing", "word-spacing", "text-align", "text-decoration", "text-indent", "text-transform", "vertical-align",
        "white-space", "word-break", "word-wrap", "overflow-wrap", "direction", "list-style-type", "list-style-position", "width", "max-width", "min-width", "height", "max-height", "min-height", "margin", "margin-top", "margin-right", "margin-bottom", "margin-left",
        "padding", "padding-top", "padding-right", "padding-bottom", "padding-left", "border", "border-top", "border-right", "border-bottom", "border-left", "border-color", "border-style", "border-width", "border-collapse", "border-spacing", "border-radius",
        "border-top-color", "border-bottom-color", "border-left-color", "border-right-color", "border-top-style", "border-bottom-style", "border-left-style", "border-right-style", "border-top-width", "border-bottom-width", "border-left-width", "border-right-width",
        "display", "float", "clear", "table-layout", "caption-side", "empty-cells", "text-decoration-line", "text-decoration-color", "tab-size", "box-sizing",
    };

    /// <summary>The kept declarations; remote addresses in the dropped ones are handed to <paramref name="blocked"/>.</summary>
    public static string Filter(string style, Action<string> blocked)
    {
        if (style.Length > MaxLength) return "";
        var kept = new StringBuilder();
        foreach (var declaration in Split(Unescape(style)))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) continue;
            var name = declaration[..colon].Trim();
            var value = declaration[(colon + 1)..].Trim();
            if (value.Contains("url", StringComparison.OrdinalIgnoreCase)) ReportAddress(value, blocked);
            if (!Properties.Contains(name) || !IsHarmless(name, value)) continue;
            if (kept.Length > 0) kept.Append(';');
            kept.Append(name.ToLowerInvariant()).Append(':').Append(value);
        }
        return kept.ToString();
    }

    private static bool IsHarmless(string name, string value)
    {
        if (value.Length is 0 or > 500) return false;
        foreach (var word in (ReadOnlySpan<string>)["url", "expression", "javascript", "vbscript", "behavior", "binding", "import", "image", "attr(", "var(", "env(", "position"])
            if (value.Contains(word, StringComparison.OrdinalIgnoreCase)) return false;
        if (value.AsSpan().IndexOfAny(Suspect) >= 0 && !IsFontName(name, value)) return false;
        // Negative margins pull a mail over the page around it.
        if (name.StartsWith("margin", StringComparison.OrdinalIgnoreCase) && value.Contains('-')) return false;
        return !name.Equals("display", StringComparison.OrdinalIgnoreCase) || value.Split(' ')[0].ToLowerInvariant() is "none" or "block" or "inline" or "inline-block" or "table" or "table-cell" or "table-row" or "list-item";
    }

    private static bool IsFontName(string name, string value) => name.StartsWith("font", StringComparison.OrdinalIgnoreCase) && value.AsSpan().IndexOfAny(SuspectInFont) < 0;

    private static void ReportAddress(string value, Action<string> blocked)
    {
        var at = 0;
        while ((at = value.IndexOf("url(", at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            var end = value.IndexOf(')', at);
            if (end < 0) end = value.Length;
            var address = value[(at + 4)..end].Trim(' ', '"', '\'');
            if (address.StartsWith("http", StringComparison.OrdinalIgnoreCase) || address.StartsWith("//", StringComparison.Ordinal)) blocked(address);
            at = end;
        }
    }

    /// <summary>CSS escapes and comments hide names from whoever reads them too simply.</summary>
    private static string Unescape(string style)
    {
        if (!style.Contains('\\') && !style.Contains("/*", StringComparison.Ordinal)) return style;
        var text = new StringBuilder(style.Length);
        for (var i = 0; i < style.Length; i++)
        {
            if (style[i] == '/' && i + 1 < style.Length && style[i + 1] == '*')
            {
                var end = style.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? style.Length : end + 1;
                continue;
            }
            if (style[i] != '\\')
            {
                text.Append(style[i]);
                continue;
            }
            var digits = 0;
            var value = 0;
            while (digits < 6 && i + 1 < style.Length && char.IsAsciiHexDigit(style[i + 1]))
            {
                value = (value * 16) + Convert.ToInt32(style[++i].ToString(), 16);
                digits++;
            }
            if (digits == 0 && i + 1 < style.Length) text.Append(style[++i]);
            else if (value is > 0 and < 0xD800) text.Append((char)value);
            if (digits > 0 && i + 1 < style.Length && style[i + 1] == ' ') i++;
        }
        return text.ToString();
    }

    private static IEnumerable<string> Split(string style)
    {
        var start = 0;
        var quote = '\0';
        var depth = 0;
        for (var i = 0; i < style.Length; i++)
        {
            var c = style[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'') quote = c;
            else if (c == '(') depth++;
            else if (c == ')') depth = Math.Max(0, depth - 1);
            else if (c == ';' && depth == 0)
            {
                yield return style[start..i];
                start = i + 1;
            }
        }
        yield return style[start..];
    }
}
