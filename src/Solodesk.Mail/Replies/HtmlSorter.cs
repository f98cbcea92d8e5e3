using System.Text;
using AngleSharp.Dom;

namespace Solodesk.Mail.Replies;

/// <summary>Makes HTML of only the written, or only the folded, nodes of a body.</summary>
internal sealed class HtmlSorter
{
    // The tree is copied by recursion; what nests deeper was not made by a mail program and is shown as text.
    private const int DeepestTree = 200;

    private readonly IDocument _document;
    private readonly HtmlText _rendered;
    private readonly ExtractedReply _reply;
    private readonly Dictionary<INode, List<HtmlText.Run>> _runs = [];
    private int _lastKept = -1;
    private bool _breakBefore;

    public HtmlSorter(IDocument document, HtmlText rendered, ExtractedReply reply)
    {
        _document = document;
        _rendered = rendered;
        _reply = reply;
        foreach (var run in rendered.Runs)
        {
            if (_runs.TryGetValue(run.Node, out var runs))
            {
                runs.Add(run);
            }
            else
            {
                _runs.Add(run.Node, [run]);
            }
        }
    }

    /// <summary>Whether the body can only be shown as its text.</summary>
    public bool IsTooDeep => _rendered.Depth > DeepestTree;

    public string Html(IElement body, bool written)
    {
        if (IsTooDeep)
        {
            return AsText(_reply, written);
        }

        (_lastKept, _breakBefore) = (-1, false);
        var copy = new KeptNode(null);
        foreach (var child in body.ChildNodes)
        {
            if (Copy(child, written) is { } kept)
            {
                Append(copy, kept);
            }
        }

        return copy.Html().Trim();
    }

    private KeptNode? Copy(INode node, bool written)
    {
        if (node is IText text)
        {
            return CopyText(text, written) is { } kept ? new KeptNode(kept) : null;
        }

        if (node is not IElement element || HtmlElements.IsUnseen(element))
        {
            return null;
        }

        if (_runs.TryGetValue(element, out var runs))
        {
            return IsWritten(runs[0].Start) == written ? new KeptNode(element) : null;
        }

        KeptNode? copy = null;
        foreach (var child in element.ChildNodes)
        {
            if (Copy(child, written) is { } kept)
            {
                copy ??= new KeptNode(element);
                Append(copy, kept);
            }
        }

        _breakBefore |= copy is null && HtmlElements.IsBlock(element);
        return copy;
    }

    // What was left out between two kept stretches may have held the line break between them.
    private void Append(KeptNode parent, KeptNode kept)
    {
        var afterInline = parent.Last is { IsBlock: false };
        if (_breakBefore && afterInline && !kept.IsBlock)
        {
            parent.Add(new KeptNode(_document.CreateElement("br")));
        }

        _breakBefore &= parent.Last is null;
        parent.Add(kept);
    }

    private IText? CopyText(IText text, bool written)
    {
        if (!_runs.TryGetValue(text, out var runs))
        {
            return null;
        }

        var whole = true;
        var pieces = new StringBuilder();
        foreach (var run in runs)
        {
            var end = run.Start + run.Length;
            foreach (var span in SpansFrom(run.Start))
            {
                if (span.Start >= end)
                {
                    break;
                }

                if ((span.Kind == ReplySpanKind.Written) == written)
                {
                    pieces.Append(pieces.Length > 0 && run.Start >= span.Start ? "\n" : "")
                        .Append(_reply.Text, Math.Max(span.Start, run.Start), Math.Min(span.End, end) - Math.Max(span.Start, run.Start));
                }
                else
                {
                    whole = false;
                }
            }
        }

        if (pieces.Length == 0)
        {
            return null;
        }

        // Preformatted text may begin with the line break that parts it from what stands before it.
        var lead = text.Data.StartsWith('\n') || text.Data.StartsWith("\r\n", StringComparison.Ordinal) ? "\n" : "";
        var copy = _document.CreateTextNode(whole ? text.Data : lead + pieces);
        var first = SpanIndexAt(runs[0].Start);
        if (_lastKept >= 0 && first - _lastKept > 1)
        {
            _breakBefore = true;
        }

        _lastKept = SpanIndexAt(runs[^1].Start + runs[^1].Length - 1);
        return copy;
    }

    public static string AsText(ExtractedReply reply, bool written)
    {
        var text = new StringBuilder();
        foreach (var span in reply.Spans)
        {
            if ((span.Kind == ReplySpanKind.Written) == written)
            {
                text.Append(FlatHtml.Encode(reply.Text.AsSpan(span.Start, span.Length)));
            }
        }

        return text.ToString();
    }

    private bool IsWritten(int position) => SpansFrom(position).FirstOrDefault().Kind == ReplySpanKind.Written;

    private IEnumerable<ReplySpan> SpansFrom(int position) => _reply.Spans.Skip(SpanIndexAt(position));

    private int SpanIndexAt(int position)
    {
        var (low, high) = (0, _reply.Spans.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_reply.Spans[middle].End <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
