using System.Collections.Concurrent;
using System.Text;

namespace Solodesk.Mail.Mime.Charsets;

/// <summary>Finds the decoder for a charset name as mails write it (RFC 2046 §4.1.2, IANA names, and the names that nobody registered).</summary>
internal static class Charset
{
    public const int Gb18030 = 54936, Big5 = 950, ShiftJis = 932, EucJp = 51932, Iso2022Jp = 50221, Korean = 949, Utf8 = 65001, Utf7 = 65000, Windows1252 = 1252;
    public const int Latin6 = 28600, Latin8 = 28604, Latin10 = 28606, Viscii = 28690;

    private static readonly DecoderReplacementFallback Replacement = new("\uFFFD");
    private static readonly ConcurrentDictionary<int, Encoding?> Encodings = new();
    private static readonly ConcurrentDictionary<string, int> Known = new(StringComparer.OrdinalIgnoreCase);

    static Charset() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The code page for a name; 0 where nothing usable is said (empty, us-ascii, unknown-8bit), -1 for a name that nobody knows.</summary>
    public static int CodePage(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return 0;
        if (name.Length > 64) return -1;
        if (Known.TryGetValue(name, out var known)) return known;
        var page = Resolve(name.Trim(' ', '\t', '"', '\'', ';', ',', '<', '>').ToLowerInvariant());
        // Names come from strangers: the table must not grow without end.
        if (Known.Count < 500) Known[name] = page;
        return page;
    }

    /// <summary>The decoder of a code page; undecodable bytes become U+FFFD.</summary>
    public static Encoding? For(int codePage) => Encodings.GetOrAdd(codePage, static page =>
    {
        try
        {
            return page == Utf7 ? new Utf7Encoding() : TableEncoding.For(page) is { } table ? table : Encoding.GetEncoding(page, EncoderFallback.ReplacementFallback, Replacement);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    });

    public static bool IsSingleByte(int codePage) => codePage is >= 1250 and <= 1258 or >= 28591 and <= 28606 or Viscii or 20866 or 21866 or 874 or 437 or 850 or 852 or 866 or 10000;

    /// <summary>Names for which the bytes themselves are the better witness.</summary>
    public static bool IsLatin(int codePage) => codePage is Windows1252 or 28591 or 28605;

    private static int Resolve(string name)
    {
        switch (name)
        {
            case "": case "us-ascii": case "ascii": case "usascii": case "us": case "ansi_x3.4-1968": case "iso646-us": case "iso-ir-6": case "646":
            case "unknown-8bit": case "unknown": case "x-unknown": case "8bit": case "7bit": case "default": case "default_charset": case "_autodetect":
            case "_autodetect_all": case "binary": case "x-user-defined": case "none": case "null": case "iso-unknown": case "utf": case "user-defined":
            case "x-user": case "auto": case "ansi_x3.110-1983": case "undefined": case "iso":
                return 0;
            case "utf-8": case "utf8": case "unicode-1-1-utf-8": case "x-utf-8": case "utf_8": case "utf-8-mac": case "utf8mb4": case "al32utf8": case "cp65001": case "cesu-8": case "utf-8n":
                return Utf8;
            case "utf-7": case "utf7": case "unicode-1-1-utf-7": case "x-unicode-2-0-utf-7": case "csunicode11utf7":
                return Utf7;
            case "utf-16": case "utf-16le": case "utf16": case "utf16le": case "unicode": case "ucs-2": case "iso-10646-ucs-2":
                return 1200;
            case "utf-16be": case "utf16be": return 1201;
            case "utf-32": case "utf-32le": return 12000;
            case "utf-32be": return 12001;
            // GB 18030 reads all that GB 2312 and GBK can say, and mails that say "gb2312" seldom keep to it.
            case "gb2312": case "gbk": case "gb18030": case "gb-2312": case "gb_2312": case "gb_2312-80": case "gb2312-80": case "gb231280": case "x-gbk": case "gb": case "gbk2312":
            case "cp936": case "ms936": case "windows-936": case "936": case "euc-cn": case "euccn": case "x-euc-cn": case "cn-gb": case "csgb2312": case "chinese": case "gb-18030": case "gb18030-2000":
            case "iso-ir-58": case "csiso58gb231280": case "x-mac-chinesesimp": case "gb2312_charset": case "gb2312.1980": case "zh_cn": case "zh-cn": case "gb2312-1980": case "hz-gb18030": case "x-gb18030":
                return Gb18030;
            case "hz-gb-2312": case "hz": case "hz-gb2312": return 52936;
            case "big5": case "big-5": case "big5-hkscs": case "cn-big5": case "csbig5": case "x-x-big5": case "cp950": case "ms950": case "windows-950": case "950": case "big5hkscs": case "zh-tw":
            case "big5-eten": case "x-mac-chinesetrad": case "chinesebig5": case "x-big5": case "zh_tw":
                return Big5;
            case "shift_jis": case "shift-jis": case "sjis": case "x-sjis": case "ms_kanji": case "csshiftjis": case "windows-31j": case "cp932": case "ms932": case "cswindows31j": case "shiftjis": case "windows-932":
            case "932": case "x-ms-cp932": case "sjis-win": case "mskanji": case "x-mac-japanese": case "shift_jisx0213":
                return ShiftJis;
            case "euc-jp": case "eucjp": case "x-euc-jp": case "x-euc": case "ujis": case "cseucpkdfmtjapanese": case "eucjp-win": case "euc_jp": case "eucjp-ms": case "extended_unix_code_packed_format_for_japanese":
                return EucJp;
            case "iso-2022-jp": case "iso2022jp": case "csiso2022jp": case "iso-2022-jp-1": case "iso-2022-jp-2": case "iso-2022-jp-3": case "iso-2022-jp-ms": case "cp50220": case "cp50221": case "cp50222": case "jis":
            case "iso_2022_jp": case "iso-2022jp": case "iso-2022-jp-2004": case "x-iso-2022-jp": case "iso-2022-cn": case "iso-2022-cn-ext": case "x-iso-2022-cn-gb":
                return Iso2022Jp;
            case "euc-kr": case "euckr": case "ks_c_5601-1987": case "ks_c_5601": case "ks_c_5601-1989": case "ksc5601": case "ksc_5601": case "ks-c-5601-1987": case "cp949": case "ms949": case "windows-949": case "949": case "uhc":
            case "korean": case "cseuckr": case "csksc56011987": case "iso-ir-149": case "ksc5601-1987": case "x-windows-949": case "ks_c-5601-1987": case "kr": case "ksc-5601": case "x-mac-korean": case "ks_c_5601_1987":
                return Korean;
            case "iso-2022-kr": case "csiso2022kr": return 50225;
            // What calls itself Latin-1 holds Windows' quotes and dashes more often than control characters (as the WHATWG has it).
            case "iso-8859-1": case "iso8859-1": case "iso88591": case "iso_8859-1": case "iso_8859_1": case "latin1": case "latin-1": case "l1": case "cp819": case "ibm819": case "iso-ir-100": case "8859-1": case "iso8859_1": case "iso-8859":
            case "iso-8859-8859-1": case "x-ansi": case "ansi": case "windows-1252": case "cp1252": case "cp-1252": case "win-1252": case "windows1252": case "1252": case "western": case "iso-latin-1": case "windows-28591": case "iso-1":
            case "windows": case "win1252": case "ms-ansi": case "iso8859": case "iso-88591": case "x-cp1252":
                return Windows1252;
            // Thai and Turkish are in the same place: Windows' table is the larger one.
            case "iso-8859-9": case "latin5": case "iso_8859-9": case "l5": case "iso8859-9": return 1254;
            case "tis-620": case "tis620": case "iso-8859-11": case "windows-874": case "cp874": case "dos-874": return 874;
            case "iso-8859-8-i": case "iso-8859-8-e": case "visual": case "logical": case "hebrew": return 28598;
            case "iso-8859-6-i": case "iso-8859-6-e": case "arabic": case "asmo-708": return 28596;
            case "koi8-r": case "koi8": case "koi": case "koi8_r": case "cskoi8r": case "koi8r": return 20866;
            case "koi8-u": case "koi8-ru": case "koi8u": return 21866;
            case "macintosh": case "x-mac-roman": case "mac": case "x-macroman": case "macroman": case "mac-roman": return 10000;
            case "x-mac-cyrillic": case "x-mac-ukrainian": return 10007;
            case "x-mac-ce": return 10029;
            case "latin2": case "l2": case "latin-2": return 28592;
            case "latin3": return 28593;
            case "latin4": return 28594;
            case "cyrillic": return 28595;
            case "greek": case "greek8": case "ecma-118": return 28597;
            case "latin9": case "latin-9": case "l9": return 28605;
            case "latin6": case "l6": return Latin6;
            case "latin8": case "l8": case "iso-celtic": return Latin8;
            case "latin10": case "l10": return Latin10;
            case "viscii": case "csviscii": case "viscii1.1-1": return Viscii;
        }
        return Numbered(name) is var page and > 0 ? page : Named(name);
    }

    /// <summary>windows-1251, cp1251, win1251, x-cp1251, iso8859-2, iso-8859_2, ibm850, 8859-2 …</summary>
    private static int Numbered(string name)
    {
        Span<char> digits = stackalloc char[8];
        var count = 0;
        foreach (var c in name)
        {
            if (!char.IsAsciiDigit(c)) continue;
            if (count == digits.Length) return 0;
            digits[count++] = c;
        }
        if (!int.TryParse(digits[..count], out var number)) return 0;
        if (name.Contains("8859", StringComparison.Ordinal))
        {
            var part = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var at = part.IndexOf("8859", StringComparison.Ordinal);
            return int.TryParse(part.AsSpan(at + 4), out var set) && set is >= 1 and <= 16 && set is not 12 ? 28590 + set : 0;
        }
        if (number is >= 1250 and <= 1258 or 437 or 850 or 852 or 855 or 857 or 858 or 860 or 861 or 862 or 863 or 864 or 865 or 866 or 869 or 874 or 737 or 775) return number;
        return 0;
    }

    private static int Named(string name)
    {
        try
        {
            return Encoding.GetEncoding(name).CodePage;
        }
        catch (ArgumentException)
        {
            return -1;
        }
    }
}
