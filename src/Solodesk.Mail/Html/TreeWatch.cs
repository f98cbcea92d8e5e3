using AngleSharp.Dom;

namespace Solodesk.Mail.Html;

/// <summary>Counts what one tree costs while it is built, and stops the builder when it is too much.</summary>
internal sealed class TreeWatch(HtmlLimits limits)
{
    // The document, its root and the body do not count.
    private const int Outside = -3;
    private const int CostOfElement = 4;
    private const int CharactersOfOne = 16;

    private readonly Dictionary<INode, int> _depths = [];
    private readonly List<INode> _path = [];
    private readonly Stack<INode> _moved = new();
    private IElement? _last;
    private IElement? _unexplained;
    private int _written;
    private int _elements;
    private long _levels;
    private long _copied;

    /// <summary>An element was made, for a tag or as a copy of one that is opened again.</summary>
    public void Made(IElement element)
    {
        ChargeCopy();
        _unexplained = element;
        Count();
    }

    /// <summary>An element was made for a tag, with its attributes.</summary>
    public void Created(IElement element)
    {
        if (_unexplained == element)
        {
            _unexplained = null;
        }
        else
        {
            // SVG and MathML come from elsewhere.
            ChargeCopy();
            Count();
        }

        _written++;
        ChargeDepth();
        _last = element;
    }

    /// <summary>Nothing more will be made.</summary>
    public void Done()
    {
        ChargeCopy();
        ChargeDepth();
    }

    // An element has its place when the next one is made.
    private void ChargeDepth()
    {
        if (_last is null)
        {
            return;
        }

        var depth = DepthOf(_last, noted: true);
        // A wrong end tag may have lifted an ancestor since its depth was noted: what seems too deep is counted anew.
        if (depth > limits.MaxDepth && DepthOf(_last, noted: false) > limits.MaxDepth)
        {
            throw Stopped();
        }

        _levels += Math.Max(depth, 0);
        StopAbove(_levels, limits.MaxLevels);
    }

    // The attributes of a copy, and the nodes that move into it, are there when the next element is made.
    private void ChargeCopy()
    {
        if (_unexplained is not { } copy)
        {
            return;
        }

        long characters = 0;
        var attributes = copy.Attributes;
        for (var i = 0; i < attributes.Length; i++)
        {
            characters += attributes[i]!.Name.Length + attributes[i]!.Value.Length;
        }

        _copied += CostOfElement + attributes.Length + (characters / CharactersOfOne);
        _unexplained = null;
        ChargeMoved(copy, Math.Min(limits.MaxCopied, limits.MaxCopiedAtFirst + ((long)limits.MaxCopiedPerTag * _written)));
    }

    // A wrong end tag moves all that stands in a copy, and the builder visits every node that moves.
    private void ChargeMoved(IElement copy, long limit)
    {
        StopAbove(_copied, limit);
        _moved.Push(copy);
        while (_moved.TryPop(out var node))
        {
            _copied += node.ChildNodes.Length;
            StopAbove(_copied, limit);
            for (var i = 0; i < node.ChildNodes.Length; i++)
            {
                _moved.Push(node.ChildNodes[i]);
            }
        }
    }

    private void Count() => StopAbove(++_elements, limits.MaxElements);

    private static void StopAbove(long count, long limit)
    {
        if (count > limit)
        {
            throw Stopped();
        }
    }

    // The builder knows no other way to be stopped.
    private static InsufficientExecutionStackException Stopped() => new();

    // What the builder opens again has no depth of its own here; as ancestors of what comes next those are met.
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
