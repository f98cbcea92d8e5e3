using System.Net;

namespace Solodesk.Mail.Html;

/// <summary>
/// Makes incoming HTML safe to show. The tree is AngleSharp's, built as a browser builds it; only listed elements, attributes,
/// address schemes and style properties are written out again, everything freshly escaped. Scripts, frames, forms, style sheets,
/// SVG and MathML do not come through; their readable text does, where a person would have seen it.
/// </summary>
public static class HtmlSanitizer
{
    /// <summary>Sanitises a body; never throws for what it holds.</summary>
    public static SanitizedHtml Sanitize(string html, HtmlSanitizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(html);
        options ??= HtmlSanitizerOptions.Default;
        var cut = html.Length > options.MaxChars;
        if (cut) html = html[..options.MaxChars];
        // The tree builder's stack must not depend on a stranger's nesting.
        if (HtmlDepth.Exceeds(html, options.MaxDepth)) return Plain(html);
        using var document = BoundedTree.Parse(html);
        if (document is null) return Plain(html);
        if (document.Body is not { } body) return new("", [], cut);
        var writer = new SanitizedWriter(options);
        return writer.Write(body) ? new(writer.Html, writer.Blocked, cut) : Plain(html);
    }

    private static SanitizedHtml Plain(string html) => new("<div style=\"white-space:pre-wrap\">" + WebUtility.HtmlEncode(HtmlText.ToPlainText(html)) + "</div>", [], Simplified: true);
}

/// <summary>Counts how deep tags nest before a tree is built of them.</summary>
internal static class HtmlDepth
{
    private const int MaxTags = 100_000;
    private const int MaxNames = 256;

    public static bool Exceeds(string html, int limit)
    {
        var scanner = new TagScanner(html);
        // By name: "</p>" does not close the hundred thousand "<b>" around it.
        var open = new Dictionary<int, int>();
        int depth = 0, tags = 0;
        while (true)
        {
            scanner.Text();
            if (!scanner.Tag(out var name, out _, out var closing)) return false;
            if (++tags > MaxTags) return true;
            if (name.Length == 0) continue;
            if (IsVoid(name)) continue;
            var key = string.GetHashCode(name, StringComparison.OrdinalIgnoreCase);
            var count = open.GetValueOrDefault(key);
            if (closing)
            {
                if (count == 0) continue;
                open[key] = count - 1;
                depth--;
            }
            else
            {
                if (++depth > limit || (count == 0 && open.Count >= MaxNames)) return true;
                open[key] = count + 1;
            }
        }
    }

    /// <summary>Elements that never nest by themselves: void ones, and those whose end tag is often left out.</summary>
    private static bool IsVoid(ReadOnlySpan<char> name)
    {
        if (name.Length > 8) return false;
        Span<char> lower = stackalloc char[8];
        var count = name.ToLowerInvariant(lower);
        return lower[..count] is "br" or "img" or "hr" or "input" or "meta" or "link" or "col" or "area" or "base" or "wbr" or "source" or "embed" or "param" or "p" or "li" or "td" or "tr" or "th" or "option" or "dt" or "dd";
    }
}
