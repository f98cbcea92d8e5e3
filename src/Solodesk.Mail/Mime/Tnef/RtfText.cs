using System.Text;
using Solodesk.Mail.Mime.Charsets;

namespace Solodesk.Mail.Mime.Tnef;

/// <summary>RTF to text, and to HTML where the RTF only wraps a page (MS-OXRTFEX: <c>\fromhtml1</c>).</summary>
internal sealed class RtfText
{
    /// <summary>Plain text, or the page that was wrapped.</summary>
    public readonly record struct Outcome(string? Text, string? Html);

    private struct Group
    {
        public bool Skip;
        public bool HtmlRtf;
        public int UnicodeSkip;
        public int Font;
    }

    private const int MaxDepth = 500;

    private static readonly HashSet<string> Destinations =
    [
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "headerl", "headerr", "footerl", "footerr", "generator", "themedata", "colorschememapping", "latentstyles", "datastore", "listtable", "listoverridetable", "rsidtbl",
        "xmlnstbl", "mmathPr", "fldinst", "bkmkstart", "bkmkend", "footnote", "annotation", "shpinst", "nonshppict",
    ];

    private readonly byte[] _rtf;
    private readonly StringBuilder _out = new();
    private readonly List<byte> _pending = [];
    private readonly Stack<Group> _groups = new();
    private readonly Dictionary<int, int> _fontPages = [];
    private Group _group = new() { UnicodeSkip = 1 };
    private int _codePage = 1252;
    private int _skipChars;
    private bool _fromHtml;
    private bool _inFonts;

    private RtfText(byte[] rtf) => _rtf = rtf;

    public static Outcome Read(byte[] rtf)
    {
        var reader = new RtfText(rtf);
        reader.Run();
        var text = reader._out.ToString().Trim('\n', '\r', ' ');
        return reader._fromHtml ? new(null, text.Length == 0 ? null : text) : new(text.Length == 0 ? null : text, null);
    }

    private bool Shown => !_group.Skip && !_group.HtmlRtf;

    private void Run()
    {
        for (var i = 0; i < _rtf.Length;)
        {
            var c = _rtf[i];
            switch (c)
            {
                case (byte)'{':
                    if (_groups.Count < MaxDepth) _groups.Push(_group);
                    i++;
                    break;
                case (byte)'}':
                    Flush();
                    if (_groups.TryPop(out var outer)) _group = outer;
                    if (_groups.Count <= 1) _inFonts = false;
                    i++;
                    break;
                case (byte)'\\':
                    i = Control(i + 1);
                    break;
                case (byte)'\r' or (byte)'\n':
                    i++;
                    break;
                default:
                    Literal(c);
                    i++;
                    break;
            }
        }
        Flush();
    }

    private void Literal(byte c)
    {
        if (_skipChars > 0) _skipChars--;
        else if (Shown) _pending.Add(c);
    }

    private int Control(int at)
    {
        if (at >= _rtf.Length) return at;
        var c = _rtf[at];
        if (!char.IsAsciiLetter((char)c)) return Symbol(c, at);
        var start = at;
        while (at < _rtf.Length && char.IsAsciiLetter((char)_rtf[at]) && at - start < 32) at++;
        var word = Encoding.ASCII.GetString(_rtf, start, at - start);
        var negative = at < _rtf.Length && _rtf[at] == '-';
        if (negative) at++;
        var number = 0;
        var digits = 0;
        while (at < _rtf.Length && char.IsAsciiDigit((char)_rtf[at]) && digits < 9)
        {
            number = (number * 10) + _rtf[at++] - '0';
            digits++;
        }
        if (at < _rtf.Length && _rtf[at] == ' ') at++;
        Word(word, digits > 0 ? (negative ? -number : number) : null);
        return word == "bin" && number > 0 ? (int)Math.Min(_rtf.Length, (long)at + number) : at;
    }

    private int Symbol(byte c, int at)
    {
        switch (c)
        {
            case (byte)'\'' when at + 2 < _rtf.Length:
                var value = (Transfer.QuotedPrintableDecoder.Hex(_rtf[at + 1]) << 4) | Transfer.QuotedPrintableDecoder.Hex(_rtf[at + 2]);
                if (value >= 0) Literal((byte)value);
                return at + 3;
            case (byte)'*':
                // A destination that may be skipped: only the one that carries HTML tags is read.
                var rest = _rtf.AsSpan(at + 1).TrimStart(" \r\n"u8);
                _group.Skip |= !rest.StartsWith("\\htmltag"u8);
                return at + 1;
            case (byte)'~': Append(" "); break;
            case (byte)'_': Append("-"); break;
            case (byte)'\r' or (byte)'\n': Append("\n"); break;
            case (byte)'\\' or (byte)'{' or (byte)'}': Literal(c); break;
        }
        return at + 1;
    }

    private void Word(string word, int? number)
    {
        switch (word)
        {
            case "fromhtml": _fromHtml = true; break;
            case "ansicpg": _codePage = number ?? 1252; break;
            case "htmlrtf": Flush(); _group.HtmlRtf = number != 0; break;
            case "par" or "line" or "row" or "sect" or "page": Append("\n"); break;
            case "tab" or "cell": Append("\t"); break;
            case "lquote": Append("\u2018"); break;
            case "rquote": Append("\u2019"); break;
            case "ldblquote": Append("\u201C"); break;
            case "rdblquote": Append("\u201D"); break;
            case "emdash": Append("\u2014"); break;
            case "endash": Append("\u2013"); break;
            case "bullet": Append("\u2022"); break;
            case "uc": _group.UnicodeSkip = Math.Clamp(number ?? 1, 0, 16); break;
            case "u" when number is { } code:
                Append(((char)(code & 0xFFFF)).ToString());
                _skipChars = _group.UnicodeSkip;
                break;
            case "fonttbl": _inFonts = true; _group.Skip = true; break;
            case "f" when number is { } font: Flush(); _group.Font = font; break;
            case "fcharset" when _inFonts && number is { } set: if (_fontPages.Count < 1000) _fontPages[_group.Font] = PageOf(set); break;
            default:
                if (Destinations.Contains(word)) _group.Skip = true;
                break;
        }
    }

    private void Append(string text)
    {
        Flush();
        _skipChars = 0;
        if (Shown) _out.Append(text);
    }

    /// <summary>Bytes are gathered before they are decoded: a Chinese character is two of them.</summary>
    private void Flush()
    {
        if (_pending.Count == 0) return;
        var page = _fontPages.TryGetValue(_group.Font, out var font) && font > 0 ? font : _codePage;
        _out.Append(Charset.For(Tnef.Known(page))!.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pending)));
        _pending.Clear();
    }

    private static int PageOf(int charset) => charset switch
    {
        128 => 932, 129 => 949, 134 => 936, 136 => 950, 161 => 1253, 162 => 1254, 163 => 1258, 177 => 1255, 178 => 1256, 186 => 1257, 204 => 1251, 222 => 874, 238 => 1250, _ => 0,
    };
}
