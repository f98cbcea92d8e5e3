using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Solodesk.Common;

namespace Solodesk.Chat.Protocol;

/// <summary>
/// Our Markdown as a tree of a few allowed elements: <c>"text"</c> or <c>["element", children, href]</c>. The widget builds nodes from it and
/// never parses HTML, so nothing written can become markup on somebody else's page.
/// </summary>
internal static class ChatMarkup
{
    private static readonly FrozenSet<string> Allowed = FrozenSet.ToFrozenSet(
        ["p", "br", "strong", "em", "del", "code", "pre", "ul", "ol", "li", "blockquote", "a", "h3", "hr", "table", "thead", "tbody", "tr", "th", "td"], StringComparer.Ordinal);

    private const int Deepest = 12;

    public static IReadOnlyList<object> Of(string markdown)
        => Children(new HtmlParser().ParseDocument(Markdown.ToHtml(markdown)).Body!, 0);

    /// <summary>Whether an address leads to the web, to mail or to a telephone, and nowhere else.</summary>
    public static bool IsWeb(string? address)
        => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "mailto" or "tel");

    private static List<object> Children(INode node, int depth)
    {
        var children = new List<object>();
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText text when text.Data.Length > 0 && !(text.Data.Trim().Length == 0 && text.Data.Contains('\n', StringComparison.Ordinal)):
                    children.Add(text.Data);
                    break;
                case IElement element when depth < Deepest:
                    Add(children, element, depth);
                    break;
                default:
                    break;
            }
        }

        return children;
    }

    private static void Add(List<object> children, IElement element, int depth)
    {
        var name = element.LocalName is "h1" or "h2" or "h4" or "h5" or "h6" ? "h3" : element.LocalName;
        var inner = Children(element, depth + 1);
        if (!Allowed.Contains(name))
        {
            // An image by its words, anything else by what it holds.
            children.AddRange(name == "img" ? [element.GetAttribute("alt") ?? ""] : inner);
        }
        else if (name == "a")
        {
            var href = element.GetAttribute("href");
            children.Add(IsWeb(href) ? new object[] { name, inner, href! } : new object[] { "span", inner });
        }
        else
        {
            children.Add(new object[] { name, inner });
        }
    }
}
