using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Solodesk.Mail.Html;

/// <summary>
/// Builds the tree of a body unless it costs more than its limits allow. A look at the tags beforehand can be led astray (a quote, a comment,
/// a wrong end tag that the tree builder reads otherwise), and knows nothing of what the builder adds: so the builder itself is watched, and stopped.
/// </summary>
internal static class BoundedTree
{
    /// <summary>The document, to be disposed; null when it would pass its limits.</summary>
    public static IHtmlDocument? Parse(string html, HtmlLimits limits)
    {
        // An end tag that fits nothing makes no element, and is looked up through all that are open.
        if (html.Length > limits.MaxChars || html.AsSpan().Count("</") > limits.MaxElements)
        {
            return null;
        }

        var watch = new TreeWatch(limits);
        var options = new HtmlParserOptions { IsScripting = false, SkipComments = true, OnCreated = (element, _) => watch.Created(element) };
        var context = BrowsingContext.New(Configuration.Default.WithOnly<IElementFactory<Document, HtmlElement>>(new CountedElements(watch)));
        try
        {
            var document = new HtmlParser(options, context).ParseDocument(html);
            watch.Done();
            return document;
        }
        catch (InsufficientExecutionStackException)
        {
            return null;
        }
    }

    // Every HTML element comes from here, those that the builder opens again too; of those it tells nobody.
    private sealed class CountedElements(TreeWatch watch) : IElementFactory<Document, HtmlElement>
    {
        private static readonly IElementFactory<Document, HtmlElement> Elements =
            BrowsingContext.New(Configuration.Default).GetService<IElementFactory<Document, HtmlElement>>()!;

        public HtmlElement Create(Document document, string localName, string? prefix, NodeFlags flags)
        {
            var element = Elements.Create(document, localName, prefix, flags);
            watch.Made(element);
            return element;
        }
    }
}
