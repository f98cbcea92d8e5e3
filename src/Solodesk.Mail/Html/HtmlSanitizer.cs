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
        var cut = html.Length > options.Limits.MaxChars;
        if (cut) html = html[..options.Limits.MaxChars];
        using var document = BoundedTree.Parse(html, options.Limits);
        if (document is null) return Plain(html);
        if (document.Body is not { } body) return new("", [], cut);
        var writer = new SanitizedWriter(options);
        return writer.Write(body) ? new(writer.Html, writer.Blocked, cut) : Plain(html);
    }

    private static SanitizedHtml Plain(string html) => new("<div style=\"white-space:pre-wrap\">" + WebUtility.HtmlEncode(HtmlText.ToPlainText(html)) + "</div>", [], Simplified: true);
}
