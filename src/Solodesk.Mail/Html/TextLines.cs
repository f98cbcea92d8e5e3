using System.Text;

namespace Solodesk.Mail.Html;

/// <summary>Lines of plain text in the making: white space collapses, blocks keep their distance, quoted lines get their marks.</summary>
internal sealed class TextLines
{
    private const int MaxQuote = 50;
    private readonly StringBuilder _text = new();
    private int _quote;
    private int _lastQuote;
    private int _breaks;
    private bool _space;
    private bool _lineOpen;

    public int Length => _text.Length;

    public string Since(int start) => start >= _text.Length ? "" : _text.ToString(start, _text.Length - start);

    /// <summary>At least this many line ends before the next text.</summary>
    public void Block(int breaks)
    {
        _space = false;
        if (_lineOpen || _breaks > 0) _breaks = Math.Max(_breaks, breaks);
    }

    public void Break()
    {
        _space = false;
        _breaks = Math.Min(_breaks + 1, 3);
    }

    public void Cell()
    {
        if (_lineOpen && _breaks == 0) _space = true;
    }

    public void Rule()
    {
        Block(1);
        Append("---", true);
        Block(1);
    }

    public void Quote(int change) => _quote = Math.Clamp(_quote + change, 0, MaxQuote);

    public void Text(string text, bool verbatim) => Append(text, verbatim);

    private void Append(ReadOnlySpan<char> text, bool verbatim)
    {
        foreach (var c in text)
        {
            if (c is '\r' or '\u200B' or '\uFEFF' or '\u00AD' or '\u034F' or '\0') continue;
            if (verbatim && c == '\n')
            {
                Break();
                continue;
            }
            if (c is ' ' or '\t' or '\n' or '\f')
            {
                if (verbatim) Put(c == '\t' ? '\t' : ' ');
                else if (_lineOpen && _breaks == 0) _space = true;
                continue;
            }
            if (c == '\u00A0' && (!_lineOpen || _breaks > 0) && !verbatim)
            {
                // Non-breaking spaces alone on a line only keep it open.
                continue;
            }
            Put(c == '\u00A0' ? ' ' : c);
        }
    }

    private void Put(char c)
    {
        if (_breaks > 0 || !_lineOpen) NewLine();
        if (_space && _text.Length > 0 && _text[^1] != ' ') _text.Append(' ');
        _space = false;
        _text.Append(c);
    }

    private void NewLine()
    {
        if (_lineOpen)
        {
            for (var i = 0; i < Math.Max(1, _breaks); i++)
            {
                while (_text.Length > 0 && _text[^1] == ' ') _text.Length--;
                _text.Append('\n');
                if (i + 1 < _breaks && Math.Min(_quote, _lastQuote) is var both and > 0) _text.Append('>', both);
            }
        }
        _breaks = 0;
        _space = false;
        _lineOpen = true;
        _lastQuote = _quote;
        if (_quote > 0) _text.Append('>', _quote).Append(' ');
    }

    public override string ToString() => _text.ToString().TrimEnd();
}
