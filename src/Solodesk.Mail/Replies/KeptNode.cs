using AngleSharp.Dom;
using AngleSharp.Html;

namespace Solodesk.Mail.Replies;

/// <summary>
/// A node of a body and those of its children that are kept, to be written as HTML. It stands beside the tree: putting a node into a
/// tree makes the tree search all the children that are there.
/// </summary>
/// <param name="node">The node whose tags, or whose text, is written; null for a root without tags.</param>
internal sealed class KeptNode(INode? node)
{
    private readonly List<KeptNode> _children = [];

    public bool IsBlock => node is IElement element && HtmlElements.IsBlock(element);

    public KeptNode? Last => _children.Count == 0 ? null : _children[^1];

    public void Add(KeptNode child) => _children.Add(child);

    public string Html()
    {
        var html = new StringWriter();
        Write(html, literal: false);
        return html.ToString();
    }

    private string? Text => (node as IText)?.Data;

    // As deep as the tree it was made from, which is bounded before.
    private void Write(StringWriter html, bool literal)
    {
        var formatter = HtmlMarkupFormatter.Instance;
        if (node is IText text)
        {
            html.Write(literal ? formatter.LiteralText(text) : formatter.Text(text));
            return;
        }

        var element = node as IElement;
        var closesItself = element?.Flags.HasFlag(NodeFlags.SelfClosing) ?? false;
        html.Write(element is null ? "" : formatter.OpenTag(element, closesItself));
        if (!closesItself)
        {
            // The first line break in <pre> is not shown; one that was kept needs another before it.
            if (element is { LocalName: "pre" or "textarea" or "listing" } && _children.Count > 0 && _children[0].Text is { Length: > 0 } first && first.StartsWith('\n'))
            {
                html.Write('\n');
            }

            foreach (var child in _children)
            {
                child.Write(html, element?.Flags.HasFlag(NodeFlags.LiteralText) ?? false);
            }
        }

        html.Write(element is null ? "" : formatter.CloseTag(element, closesItself));
    }
}
