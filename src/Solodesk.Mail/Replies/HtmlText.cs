using System.Globalization;
using System.Text;
using AngleSharp.Dom;

namespace Solodesk.Mail.Replies;

/// <summary>
/// Renders an HTML body into lines as a reader sees them, and remembers which node each stretch of text came from and what the markup
/// says of it.
/// </summary>
internal sealed class HtmlText
{
    /// <summary>Stands for a picture in the rendered text, so that a line that holds only a picture is not blank.</summary>
    public const char Picture = '\uFFFC';

    private readonly StringBuilder _text = new();
    private readonly List<Run> _runs = [];
    private readonly List<(int Start, ReplySpanKind? Kind)> _marks = [];
    private readonly Stack<Visit> _visits = new();
    private readonly Dictionary<IElement, int> _items = [];
    private bool _lineHasContent;
    private bool _wantsSpace;
    private bool _wantsBlankLine;
    private ReplySpanKind? _rest;
    private string? _bullet;

    /// <summary>A stretch of the rendered text and the node it shows; length zero for a line break.</summary>
    public readonly record struct Run(INode Node, int Start, int Length);

    private readonly record struct Visit(INode Node, ReplySpanKind? Kind, int Depth, bool IsExit, bool IsPreformatted);

    private HtmlText()
    {
    }

    public string Text => _text.ToString();

    public IReadOnlyList<Run> Runs => _runs;

    /// <summary>How deep the elements nest.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether the markup itself set anything apart.</summary>
    public bool HasMarks => _marks.Exists(mark => mark.Kind is not null);

    public static HtmlText Of(INode body)
    {
        var html = new HtmlText();
        html.Render(body);
        return html;
    }

    /// <summary>The lines of the text; with <paramref name="marked"/>, what the markup says of them.</summary>
    public List<BodyLine> Lines(string text, bool marked)
    {
        var lines = BodyLines.Of(text);
        if (!marked)
        {
            return lines;
        }

        var mark = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            while (mark + 1 < _marks.Count && _marks[mark + 1].Start <= lines[i].Start)
            {
                mark++;
            }

            if (_marks.Count > 0 && _marks[mark].Start <= lines[i].Start && _marks[mark].Kind is { } kind)
            {
                lines[i] = new BodyLine(lines[i].Start, lines[i].Length, lines[i].Raw, kind);
            }
        }

        return lines;
    }

    // An explicit stack: hostile mail nests deeper than the call stack reaches.
    private void Render(INode body)
    {
        var marks = new QuoteMarks();
        _visits.Push(new Visit(body, null, 0, false, false));
        while (_visits.TryPop(out var visit))
        {
            Depth = Math.Max(Depth, visit.Depth);
            switch (visit.Node)
            {
                case IElement element when visit.IsExit:
                    Leave(element, visit.Kind);
                    break;
                case IElement element:
                    Enter(element, visit, marks);
                    break;
                case IText text:
                    WriteText(text, visit.IsPreformatted);
                    break;
            }
        }
    }

    private void Enter(IElement element, Visit visit, QuoteMarks marks)
    {
        if (HtmlElements.IsUnseen(element))
        {
            return;
        }

        var mark = visit.Kind is null ? marks.Of(element) : null;
        if (mark is { ToEnd: true } rest)
        {
            _rest ??= rest.Kind;
        }

        var kind = visit.Kind ?? mark?.Kind;
        if (mark is not null || HtmlElements.IsBlock(element))
        {
            EndLine();
            _wantsBlankLine |= HtmlElements.HasMargin(element);
        }

        Remember(kind);
        if (WriteVoid(element))
        {
            return;
        }

        var preformatted = visit.IsPreformatted || HtmlElements.IsPreformatted(element);
        _visits.Push(new Visit(element, visit.Kind, visit.Depth, true, preformatted));
        // By number: asking a node for its sibling searches the parent from its beginning.
        for (var i = element.ChildNodes.Length - 1; i >= 0; i--)
        {
            _visits.Push(new Visit(element.ChildNodes[i], kind, visit.Depth + 1, false, preformatted));
        }
    }

    private void Leave(IElement element, ReplySpanKind? outer)
    {
        if (HtmlElements.IsCell(element))
        {
            _wantsSpace = _lineHasContent;
        }

        if (element.LocalName == "li")
        {
            _bullet = null;
        }

        if (HtmlElements.IsBlock(element) || CurrentMark != (outer ?? _rest))
        {
            EndLine();
            _wantsBlankLine |= HtmlElements.HasMargin(element);
        }

        Remember(outer);
    }

    private ReplySpanKind? CurrentMark => _marks.Count == 0 ? null : _marks[^1].Kind;

    private void Remember(ReplySpanKind? kind)
    {
        kind ??= _rest;
        if (CurrentMark != kind)
        {
            _marks.Add((_text.Length, kind));
        }
    }

    private bool WriteVoid(IElement element)
    {
        switch (element.LocalName)
        {
            case "br":
                _runs.Add(new Run(element, _text.Length, 0));
                BreakLine();
                return true;
            case "hr":
                EndLine();
                _runs.Add(new Run(element, _text.Length, 0));
                if (HtmlElements.IsSignatureRule(element))
                {
                    _text.Append("-- \n");
                }

                return true;
            case "img":
                if (!HtmlElements.IsTracker(element))
                {
                    BeginContent();
                    _runs.Add(new Run(element, _text.Length, 1));
                    _text.Append(Picture);
                }

                return true;
            case "li":
                _bullet = Bullet(element);
                return false;
            default:
                return false;
        }
    }

    // Counted as they come: an item that looked for its place among its siblings would cost the square of the list's length.
    private string Bullet(IElement item)
    {
        if (item.ParentElement is not { LocalName: "ol" } list)
        {
            return "- ";
        }

        var number = _items.GetValueOrDefault(list) + 1;
        _items[list] = number;
        return string.Create(CultureInfo.InvariantCulture, $"{number}. ");
    }

    private void WriteText(IText node, bool preformatted)
    {
        var start = -1;
        foreach (var c in node.Data)
        {
            if (preformatted && c == '\n')
            {
                Close();
                BreakLine();
            }
            else if (c is ' ' or '\t' or '\r' or '\n' or '\f' && !preformatted)
            {
                _wantsSpace |= _lineHasContent;
            }
            else if (c != '\r')
            {
                BeginContent();
                start = start < 0 ? _text.Length : start;
                _text.Append(c == '\u00A0' ? ' ' : c);
            }
        }

        Close();

        void Close()
        {
            if (start >= 0)
            {
                _runs.Add(new Run(node, start, _text.Length - start));
                start = -1;
            }
        }
    }

    private void BeginContent()
    {
        if (_wantsBlankLine && !_lineHasContent && _text.Length > 0 && !(_text.Length > 1 && _text[^1] == '\n' && _text[^2] == '\n'))
        {
            _text.Append('\n');
        }

        _wantsBlankLine = false;
        if (_wantsSpace && _lineHasContent)
        {
            _text.Append(' ');
        }

        _text.Append(_bullet);
        _bullet = null;
        _wantsSpace = false;
        _lineHasContent = true;
    }

    private void BreakLine()
    {
        _text.Append('\n');
        _lineHasContent = _wantsSpace = false;
    }

    private void EndLine()
    {
        if (_lineHasContent)
        {
            BreakLine();
        }

        _wantsSpace = false;
    }
}
