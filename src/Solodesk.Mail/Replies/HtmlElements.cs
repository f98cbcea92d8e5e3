using System.Collections.Frozen;
using AngleSharp.Dom;

namespace Solodesk.Mail.Replies;

/// <summary>How elements show: what starts a line, what leaves a gap, what is not seen at all.</summary>
internal static class HtmlElements
{
    private static readonly FrozenSet<string> Blocks = FrozenSet.ToFrozenSet(
    [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
        "ol", "p", "pre", "section", "table", "tbody", "thead", "tfoot", "tr", "ul", "includetail",
    ]);

    private static readonly FrozenSet<string> Unseen = FrozenSet.ToFrozenSet(["head", "script", "style", "title", "meta", "link", "template", "noscript", "object", "svg"]);

    public static bool IsBlock(IElement element) => Blocks.Contains(element.LocalName);

    public static bool IsCell(IElement element) => element.LocalName is "td" or "th";

    public static bool IsUnseen(IElement element) => Unseen.Contains(element.LocalName) || StyleHas(element, "display:none") || StyleHas(element, "mso-hide:all");

    public static bool IsPreformatted(IElement element) => element.LocalName is "pre" or "textarea" || StyleHas(element, "white-space:pre");

    /// <summary>Paragraphs stand apart, except Word's and those that say they have no margin.</summary>
    public static bool HasMargin(IElement element) => element.LocalName is "p" or "ul" or "ol" or "h1" or "h2" or "h3" or "h4" && element.ParentElement?.LocalName != "li"
        && !(element.ClassName?.Contains("Mso", StringComparison.Ordinal) ?? false) && !StyleHas(element, "margin:0") && !StyleHas(element, "margin-top:0");

    public static bool IsTracker(IElement image) => image.GetAttribute("width") is "0" or "1" || image.GetAttribute("height") is "0" or "1" || string.IsNullOrEmpty(image.GetAttribute("src"));

    /// <summary>Foxmail and QQ Mail draw a short rule above the signature.</summary>
    public static bool IsSignatureRule(IElement rule) => StyleHas(rule, "width:210px") || StyleHas(rule, "width:50px") || rule.GetAttribute("width") is "210" or "210px";

    /// <summary>Whether one of the element's classes is on a list. AngleSharp's own list of them takes the square of their number.</summary>
    public static bool HasClass(IElement element, IReadOnlySet<string> names)
    {
        var classes = element.ClassName.AsSpan();
        foreach (var range in classes.SplitAny(" \t\n\f\r"))
        {
            // No name on a list is longer; a stranger's may be a megabyte.
            if (range.End.Value - range.Start.Value is > 0 and <= 64 && names.Contains(classes[range].ToString()))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the inline style holds a declaration, spaces and case aside.</summary>
    public static bool StyleHas(IElement element, string declaration) =>
        element.GetAttribute("style") is { Length: > 0 and < 4000 } style && style.Replace(" ", "", StringComparison.Ordinal).Contains(declaration, StringComparison.OrdinalIgnoreCase);
}
