using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Solodesk.Mail.Html;

/// <summary>
/// Builds the tree of a body unless it nests too deep. A look at the tags beforehand can be led astray (a quote, a comment, a wrong end tag that
/// the tree builder reads otherwise), and a tree costs the square of its depth: so the builder itself is watched, and stopped.
/// </summary>
internal static class BoundedTree
{
    /// <summary>Levels of elements inside the body. AngleSharp ends its trees a little above 500, but goes on opening elements, and those cost.</summary>
    public const int Deepest = 400;

    /// <summary>The document, to be disposed; null when its elements nest deeper than <see cref="Deepest"/>.</summary>
    public static IHtmlDocument? Parse(string html)
    {
        var watch = new Watch();
        try
        {
            return new HtmlParser(new HtmlParserOptions { IsScripting = false, OnCreated = (element, _) => watch.Created(element) }).ParseDocument(html);
        }
        catch (InsufficientExecutionStackException)
        {
            return null;
        }
    }

    private sealed class Watch
    {
        // The document, its root and the body do not count.
        private const int Outside = -3;

        private readonly Dictionary<INode, int> _depths = [];
        private readonly List<INode> _path = [];
        private IElement? _last;

        // An element has its place when the next one is made.
        public void Created(IElement element)
        {
            // A wrong end tag may have lifted an ancestor since its depth was noted: what seems too deep is counted anew.
            if (_last is not null && DepthOf(_last, noted: true) > Deepest && DepthOf(_last, noted: false) > Deepest)
            {
                throw new InsufficientExecutionStackException();
            }

            _last = element;
        }

        // The builder does not tell of the formatting elements that it opens again; as ancestors of what comes next they are met here.
        private int DepthOf(IElement element, bool noted)
        {
            _path.Clear();
            var depth = Outside;
            for (INode? at = element; at is not null; at = at.Parent)
            {
                if (noted && _depths.TryGetValue(at, out var known))
                {
                    depth = known;
                    break;
                }

                _path.Add(at);
            }

            for (var i = _path.Count - 1; i >= 0; i--)
            {
                _depths[_path[i]] = ++depth;
            }

            return depth;
        }
    }
}
