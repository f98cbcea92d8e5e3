using System.Net;

namespace Solodesk.Mail.Html;

/// <summary>One reading of one HTML body into text lines.</summary>
internal sealed class HtmlTextReader(string html, HtmlTextOptions options)
{
    private const int MaxName = 20;
    private const int MaxSearched = 4000;
    private readonly TextLines _lines = new();
    private readonly Stack<int> _lists = new();
    private bool _hiddenUnclosed;
    private int _pre;
    private string? _link;
    private int _linkStart;

    public string Read()
    {
        var scanner = new TagScanner(html);
        Span<char> buffer = stackalloc char[MaxName];
        while (true)
        {
            var text = scanner.Text();
            if (text.Length > 0) _lines.Text(Decode(text), _pre > 0);
            if (!scanner.Tag(out var name, out var attributes, out var closing)) break;
            if (name.Length is 0 or > MaxName) continue;
            var lower = buffer[..name.ToLowerInvariant(buffer)];
            if (closing) Close(lower);
            else Open(ref scanner, lower, attributes);
        }
        return _lines.ToString();
    }

    private void Open(ref TagScanner scanner, scoped ReadOnlySpan<char> name, ReadOnlySpan<char> attributes)
    {
        if (name is "style" or "script" or "title" or "template" or "xml" or "noframes" or "iframe" or "textarea")
        {
            if (!attributes.EndsWith("/")) scanner.SkipRaw(name);
            return;
        }
        if (options.SkipHidden && !_hiddenUnclosed && name is "div" or "span" or "p" or "td" or "tr" or "table" or "font" or "a" or "center" or "section" && IsHidden(attributes))
        {
            if (scanner.SkipElement(name)) return;
            _hiddenUnclosed = true;
        }
        switch (name)
        {
            case "br": _lines.Break(); break;
            case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "dl": _lines.Block(2); break;
            case "div" or "tr" or "table" or "section" or "article" or "header" or "footer" or "center" or "address" or "form" or "dt" or "dd" or "caption" or "body" or "tbody" or "fieldset" or "main" or "nav" or "figure" or "o:p":
                if (name is not "o:p") _lines.Block(1);
                break;
            case "ul" or "ol":
                _lines.Block(1);
                if (_lists.Count < 100) _lists.Push(name is "ol" ? 1 : 0);
                break;
            case "li": Item(); break;
            case "td" or "th": _lines.Cell(); break;
            case "hr": _lines.Rule(); break;
            case "pre":
                _lines.Block(2);
                _pre++;
                break;
            case "blockquote":
                _lines.Block(1);
                if (options.MarkQuotes) _lines.Quote(1);
                break;
            case "a" when options.LinkTargets: StartLink(attributes); break;
        }
    }

    private void Close(ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "dl": _lines.Block(2); break;
            case "div" or "tr" or "table" or "section" or "article" or "header" or "footer" or "center" or "address" or "form" or "dt" or "dd" or "caption" or "li" or "fieldset" or "main" or "nav" or "figure": _lines.Block(1); break;
            case "ul" or "ol":
                _lists.TryPop(out _);
                _lines.Block(_lists.Count == 0 ? 2 : 1);
                break;
            case "pre":
                _lines.Block(2);
                if (_pre > 0) _pre--;
                break;
            case "blockquote":
                _lines.Block(1);
                if (options.MarkQuotes) _lines.Quote(-1);
                break;
            case "a" when _link is not null: EndLink(); break;
        }
    }

    private void Item()
    {
        _lines.Block(1);
        if (_lists.TryPop(out var number) && number > 0)
        {
            _lines.Text(number.ToString(System.Globalization.CultureInfo.InvariantCulture) + ". ", false);
            _lists.Push(number + 1);
            return;
        }
        _lists.Push(0);
        _lines.Text("- ", false);
    }

    private void StartLink(ReadOnlySpan<char> attributes)
    {
        _link = WebUtility.HtmlDecode(Attribute(attributes, "href").ToString()).Trim();
        _linkStart = _lines.Length;
        if (!_link.StartsWith("http", StringComparison.OrdinalIgnoreCase)) _link = null;
    }

    private void EndLink()
    {
        var shown = _lines.Since(_linkStart).Trim();
        var target = _link!.TrimEnd('/');
        // What is longer than any address is not searched for: text and link could be made to cost the product of their lengths.
        var isShown = target.Length <= MaxSearched && (shown.Contains(target, StringComparison.OrdinalIgnoreCase) || target.EndsWith(shown, StringComparison.OrdinalIgnoreCase));
        if (shown.Length > 0 && !isShown) _lines.Text($" <{_link}>", false);
        _link = null;
    }

    /// <summary>The value of one attribute; attributes are few, so they are searched, not collected.</summary>
    private static ReadOnlySpan<char> Attribute(ReadOnlySpan<char> attributes, string name)
    {
        var at = attributes.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return default;
        var rest = attributes[(at + name.Length)..].TrimStart();
        if (rest.Length == 0 || rest[0] != '=') return default;
        rest = rest[1..].TrimStart();
        if (rest.Length == 0) return default;
        if (rest[0] is '"' or '\'')
        {
            var end = rest[1..].IndexOf(rest[0]);
            return end < 0 ? rest[1..] : rest.Slice(1, end);
        }
        var space = rest.IndexOfAny(" \t\n>");
        return space < 0 ? rest : rest[..space];
    }

    private static bool IsHidden(ReadOnlySpan<char> attributes)
    {
        var style = Attribute(attributes, "style");
        var at = style.IndexOf("display", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return false;
        var rest = style[(at + 7)..].TrimStart();
        return rest.Length > 0 && rest[0] == ':' && rest[1..].TrimStart().StartsWith("none", StringComparison.OrdinalIgnoreCase);
    }

    private static string Decode(ReadOnlySpan<char> text)
    {
        var value = text.ToString();
        if (!value.Contains('&')) return value;
        value = WebUtility.HtmlDecode(value);
        // "&#146;" is Windows' apostrophe (as the WHATWG has it), not a control character.
        return value.AsSpan().IndexOfAnyInRange('\u0080', '\u009F') < 0 ? value : string.Create(value.Length, value, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = source[i] is >= '\u0080' and <= '\u009F' ? Windows[source[i] - 0x80] : source[i];
        });
    }

    private const string Windows = "\u20AC\uFFFD\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\uFFFD\u017D\uFFFD\uFFFD\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\uFFFD\u017E\u0178";
}
