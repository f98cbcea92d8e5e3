namespace Solodesk.Mail.Html;

/// <summary>Cuts HTML into text, tags and comments as a browser's tokenizer would, without a tree.</summary>
internal ref struct TagScanner(ReadOnlySpan<char> html)
{
    private readonly ReadOnlySpan<char> _html = html;
    private bool _noCommentEnd;
    private long _inVain;

    public int Position { get; set; }

    /// <summary>The text before the next tag; empty where a tag begins at once.</summary>
    public ReadOnlySpan<char> Text()
    {
        var start = Position;
        var from = start;
        while (true)
        {
            var open = _html[from..].IndexOf('<');
            if (open < 0)
            {
                Position = _html.Length;
                return _html[start..];
            }
            from += open;
            // "a < b" is text.
            if (from + 1 < _html.Length && (char.IsAsciiLetter(_html[from + 1]) || _html[from + 1] is '/' or '!' or '?'))
            {
                Position = from;
                return _html[start..from];
            }
            from++;
        }
    }

    /// <summary>Reads the tag at the position; false at the end. A comment or declaration gives an empty name.</summary>
    public bool Tag(out ReadOnlySpan<char> name, out ReadOnlySpan<char> attributes, out bool closing)
    {
        name = attributes = default;
        closing = false;
        if (Position >= _html.Length) return false;
        var rest = _html[Position..];
        if (rest.StartsWith("<!--"))
        {
            var end = _noCommentEnd ? -1 : rest[4..].IndexOf("-->");
            // A hundred thousand comments without an end are searched once.
            _noCommentEnd = end < 0;
            // "<!-->" and a comment that never ends: only its opening is dropped, the text after it is kept.
            Position += rest.StartsWith("<!-->") ? 5 : end < 0 ? 4 : end + 7;
            return true;
        }
        if (rest[1] is '!' or '?')
        {
            var end = rest.IndexOf('>');
            Position = end < 0 ? _html.Length : Position + end + 1;
            return true;
        }
        closing = rest[1] == '/';
        var start = closing ? 2 : 1;
        var at = start;
        while (at < rest.Length && !char.IsWhiteSpace(rest[at]) && rest[at] is not ('>' or '/')) at++;
        name = rest[start..at];
        var close = End(rest, at);
        attributes = rest[at..close];
        Position += Math.Min(close + 1, rest.Length);
        return true;
    }

    /// <summary>The end of the tag, quotes respected; a quote that never closes does not swallow the mail.</summary>
    private int End(ReadOnlySpan<char> rest, int at)
    {
        var plain = rest[at..].IndexOf('>');
        if (plain < 0) return rest.Length;
        // Quotes that run to the end of the mail again and again are not read for every tag.
        if (_inVain > 4L * _html.Length) return at + plain;
        var i = at;
        while (i < rest.Length)
        {
            var next = rest[i..].IndexOfAny('>', '"', '\'');
            if (next < 0) break;
            i += next;
            if (rest[i] == '>') return i;
            var window = rest.Slice(i + 1, Math.Min(rest.Length - i - 1, 100_000));
            var quote = window.IndexOf(rest[i]);
            if (quote < 0 || !AfterEquals(rest, i)) i++;
            else i += quote + 2;
        }
        _inVain += rest.Length - at;
        return at + plain;
    }

    private static bool AfterEquals(ReadOnlySpan<char> rest, int at) => rest[..at].TrimEnd() is { Length: > 0 } before && before[^1] == '=';

    /// <summary>Skips to behind the end tag of a raw text element (style, script, title …).</summary>
    public void SkipRaw(scoped ReadOnlySpan<char> name)
    {
        var from = Position;
        while (true)
        {
            var end = _html[from..].IndexOf("</");
            if (end < 0)
            {
                Position = _html.Length;
                return;
            }
            from += end + 2;
            if (!_html[from..].StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            var close = _html[from..].IndexOf('>');
            Position = close < 0 ? _html.Length : from + close + 1;
            return;
        }
    }

    /// <summary>Skips an element whose start tag was just read; false (and no move) when its end tag is missing.</summary>
    public bool SkipElement(scoped ReadOnlySpan<char> name)
    {
        var depth = 1;
        var from = Position;
        while (true)
        {
            var open = _html[from..].IndexOf('<');
            if (open < 0) return false;
            from += open + 1;
            var closing = from < _html.Length && _html[from] == '/';
            if (closing) from++;
            if (!_html[from..].StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            if (from + name.Length < _html.Length && char.IsAsciiLetterOrDigit(_html[from + name.Length])) continue;
            depth += closing ? -1 : 1;
            if (depth > 0) continue;
            var end = _html[from..].IndexOf('>');
            Position = end < 0 ? _html.Length : from + end + 1;
            return true;
        }
    }
}
