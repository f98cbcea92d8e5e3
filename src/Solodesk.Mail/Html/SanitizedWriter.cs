using System.Text;
using AngleSharp.Dom;

namespace Solodesk.Mail.Html;

/// <summary>Writes the allowed part of a tree, without recursion.</summary>
internal sealed class SanitizedWriter(HtmlSanitizerOptions options)
{
    private const int MaxBlocked = 500;

    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary", "sup",
        "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
    };

    /// <summary>Elements whose text nobody was meant to read.</summary>
    private static readonly HashSet<string> Dropped = new(StringComparer.Ordinal)
    {
        "script", "style", "title", "head", "template", "iframe", "frame", "frameset", "noframes", "noembed", "object", "embed", "applet", "svg", "math", "audio", "video", "canvas", "select", "textarea", "link", "meta", "base", "param", "source", "track", "xml", "datalist",
    };

    private static readonly HashSet<string> Voids = new(StringComparer.Ordinal) { "br", "img", "hr", "col", "wbr" };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "color", "cols", "colspan", "datetime", "dir", "face", "height", "hspace", "lang", "noshade", "nowrap", "open", "reversed", "rowspan", "rules", "scope", "size", "span",
        "start", "summary", "title", "type", "valign", "vspace", "width", "value",
    };

    private readonly StringBuilder _html = new();
    private readonly List<string> _blocked = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public string Html => _html.ToString();
    public IReadOnlyList<string> Blocked => _blocked;

    /// <summary>False when the tree is deeper than allowed.</summary>
    public bool Write(IElement root)
    {
        // Children are taken by their number: asking a node for its next sibling searches the parent from its beginning.
        var open = new Stack<(INode Node, int Next)>();
        open.Push((root, 0));
        while (open.TryPop(out var visit))
        {
            var (parent, next) = visit;
            if (next == parent.ChildNodes.Length)
            {
                if (parent != root) Leave((IElement)parent);
                continue;
            }
            open.Push((parent, next + 1));
            var node = parent.ChildNodes[next];
            if (node is IText text) Escape(text.Data, attribute: false);
            else if (node is IElement element && Enter(element))
            {
                // The tree builder may nest deeper than the tags did (formatting elements are opened again).
                if (open.Count > options.Limits.MaxDepth * 4 && element.HasChildNodes) return false;
                open.Push((element, 0));
            }
        }
        return true;
    }

    /// <summary>Writes the start tag where it is allowed; true when the children are to be visited.</summary>
    private bool Enter(IElement element)
    {
        var name = element.LocalName;
        if (Dropped.Contains(name) || element.NamespaceUri is not (null or "http://www.w3.org/1999/xhtml")) return false;
        if (!Elements.Contains(name)) return true;
        _html.Append('<').Append(name);
        foreach (var attribute in element.Attributes) Attribute(name, attribute.LocalName, attribute.Value);
        if (name == "a") _html.Append(" target=\"_blank\" rel=\"noopener noreferrer nofollow\"");
        _html.Append('>');
        return !Voids.Contains(name);
    }

    private void Leave(IElement element)
    {
        if (Elements.Contains(element.LocalName) && !Voids.Contains(element.LocalName)) _html.Append("</").Append(element.LocalName).Append('>');
    }

    private void Attribute(string element, string name, string value)
    {
        switch (name)
        {
            case "href" when element == "a":
                if (Address(value, images: false) is { } link) Put("href", link);
                break;
            case "cite":
                if (Address(value, images: false) is { } source) Put("cite", source);
                break;
            case "src" when element == "img":
                Source(value);
                break;
            case "background":
                if (IsRemote(value)) Block(value);
                break;
            case "style":
                var style = StyleFilter.Filter(value, Block);
                if (style.Length > 0) Put("style", style);
                break;
            case "class" when options.KeepClasses:
                Put("class", value);
                break;
            default:
                if (Attributes.Contains(name)) Put(name, value);
                break;
        }
    }

    private void Source(string value)
    {
        var address = value.Trim();
        if (address.StartsWith("cid:", StringComparison.OrdinalIgnoreCase))
        {
            var id = Uri.UnescapeDataString(address[4..]);
            if (options.ResolveContentId is null) Put("src", address);
            else if (options.ResolveContentId(id) is { } resolved) Put("src", resolved);
            return;
        }
        if (IsRemote(address))
        {
            if (options.AllowRemoteImages)
            {
                Put("src", address);
                return;
            }
            Block(address);
            Put("data-blocked-src", address);
            return;
        }
        if (Address(address, images: true) is { } local) Put("src", local);
    }

    private void Block(string address)
    {
        address = address.Trim();
        if (_blocked.Count < MaxBlocked && _seen.Add(address)) _blocked.Add(address);
    }

    private static bool IsRemote(string address)
    {
        var clean = Squeeze(address);
        return clean.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || clean.StartsWith("https:", StringComparison.OrdinalIgnoreCase) || clean.StartsWith("//", StringComparison.Ordinal) || clean.StartsWith("ftp:", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An address whose scheme is on the list; null for every other (javascript:, data: pages, file: …).</summary>
    private static string? Address(string value, bool images)
    {
        // Browsers drop control characters and white space inside schemes; so must whoever judges them.
        var clean = Squeeze(value);
        if (clean.Length == 0) return null;
        if (images)
        {
            foreach (var type in (ReadOnlySpan<string>)["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/jpg;base64,", "data:image/gif;base64,", "data:image/webp;base64,", "data:image/bmp;base64,"])
                if (clean.StartsWith(type, StringComparison.OrdinalIgnoreCase)) return clean;
            return null;
        }
        if (clean[0] == '#') return null;
        foreach (var scheme in (ReadOnlySpan<string>)["http:", "https:", "mailto:", "tel:", "sms:", "ftp:", "weixin:"])
            if (clean.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return value.Trim();
        if (clean.StartsWith("//", StringComparison.Ordinal)) return "https:" + clean;
        // "www.example.cn" without a scheme is meant for the web; anything else relative leads nowhere from a mail.
        return clean.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "https://" + clean : null;
    }

    private static string Squeeze(string value) => string.Concat(value.Where(c => c > ' ' && c != '\u007F' && c != '\u00A0'));

    private void Put(string name, string value)
    {
        _html.Append(' ').Append(name).Append("=\"");
        Escape(value, attribute: true);
        _html.Append('"');
    }

    private void Escape(string text, bool attribute)
    {
        foreach (var c in text)
        {
            switch (c)
            {
                case '&': _html.Append("&amp;"); break;
                case '<': _html.Append("&lt;"); break;
                case '>': _html.Append("&gt;"); break;
                case '"' when attribute: _html.Append("&quot;"); break;
                case '\0': break;
                default: _html.Append(c); break;
            }
        }
    }
}
