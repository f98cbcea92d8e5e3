using System.Text;
using System.Text.Unicode;

namespace Solodesk.Mail.Mime.Charsets;

/// <summary>Bytes to text when the label may lie: the label is believed as long as the bytes agree with it.</summary>
internal static class TextDecoding
{
    /// <summary>Text, the code page that made it, and whether that was against (or without) the label.</summary>
    public readonly record struct Outcome(string Text, int CodePage, bool Guessed);

    /// <summary>Decodes <paramref name="bytes"/>; <paramref name="hint"/> is a charset named elsewhere in the same mail.</summary>
    public static Outcome Decode(ReadOnlySpan<byte> bytes, string? label, string? hint = null)
    {
        var page = Charset.CodePage(label);
        if (page is 1200 or 1201 or 12000 or 12001) return DecodeWide(bytes, page);
        if (bytes.StartsWith("\uFEFF"u8) && Utf8.IsValid(bytes)) return new(Encoding.UTF8.GetString(bytes[3..]), Charset.Utf8, page is not (Charset.Utf8 or 0));
        if (bytes.Length >= 4 && bytes.Length % 2 == 0 && page <= 0 && (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))) return DecodeWide(bytes, bytes[0] == 0xFF ? 1200 : 1201);

        if (Ascii.IsValid(bytes)) return DecodeSevenBit(bytes, page);
        var valid = Utf8.IsValid(bytes);
        if (page == Charset.Utf8 && valid) return new(Encoding.UTF8.GetString(bytes), Charset.Utf8, false);
        if (page is Charset.Iso2022Jp or 50225 or 52936 or Charset.Utf7)
        {
            // A seven-bit charset with eight-bit bytes: usually its own eight-bit sibling.
            if (valid) return new(Encoding.UTF8.GetString(bytes), Charset.Utf8, true);
            return bytes.Contains((byte)0x1B) && page == Charset.Iso2022Jp ? With(bytes, page, false) : Guess(bytes, page == Charset.Iso2022Jp ? "shift_jis" : hint);
        }
        if (page <= 0) return valid ? new(Encoding.UTF8.GetString(bytes), Charset.Utf8, true) : Guess(bytes, hint);
        if (valid && (page != Charset.Utf8) && Utf8BeatsLabel(bytes, page)) return new(Encoding.UTF8.GetString(bytes), Charset.Utf8, true);
        if (page == Charset.Utf8) return DecodeBrokenUtf8(bytes, hint);
        if (Charset.IsLatin(page)) return Latin(bytes, page);
        if (Charset.IsSingleByte(page)) return With(bytes, WindowsTwin(bytes, page), false);

        var labelled = With(bytes, page, false);
        if (!labelled.Text.Contains('\uFFFD')) return labelled;
        var found = CharsetDetector.Detect(bytes);
        if (found.CodePage == page || found.Confidence < CharsetDetector.Sure) return labelled;
        var other = With(bytes, found.CodePage, true);
        return Bad(other.Text) < Bad(labelled.Text) ? other : labelled;
    }

    private static Outcome DecodeSevenBit(ReadOnlySpan<byte> bytes, int page)
    {
        if (page is Charset.Iso2022Jp or 50225 or 52936 or Charset.Utf7) return With(bytes, page, false);
        if (bytes.IndexOf((byte)0x1B) is var escape and >= 0)
        {
            var rest = bytes[escape..];
            if (rest.StartsWith("\u001B$)C"u8)) return With(bytes, 50225, true);
            if (rest.Length > 2 && rest[1] is (byte)'$' or (byte)'(' && (rest.IndexOf("\u001B$B"u8) >= 0 || rest.IndexOf("\u001B$@"u8) >= 0 || rest.IndexOf("\u001B(I"u8) >= 0 || rest.StartsWith("\u001B$A"u8) || rest.StartsWith("\u001B$)A"u8))) return With(bytes, Charset.Iso2022Jp, true);
        }
        return new(Encoding.Latin1.GetString(bytes), page <= 0 ? 20127 : page, false);
    }

    private static Outcome DecodeWide(ReadOnlySpan<byte> bytes, int page)
    {
        // Mail cannot carry UTF-16 in lines, so a label without NULs in the bytes is a slip of the sender's.
        if (!bytes.Contains((byte)0) && Utf8.IsValid(bytes)) return new(Encoding.UTF8.GetString(bytes), Charset.Utf8, true);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) page = 1201;
        return new(Charset.For(page)!.GetString(bytes).TrimStart('\uFEFF'), page, false);
    }

    /// <summary>Where ISO 8859 has control characters that no mail holds, Windows' table of the same script has its quotes and letters.</summary>
    private static int WindowsTwin(ReadOnlySpan<byte> bytes, int page)
    {
        var twin = page switch { 28592 => 1250, 28597 => 1253, 28598 => 1255, 28603 => 1257, _ => page };
        // NEL is a line end in some ISO texts.
        return twin != page && (bytes.IndexOfAnyInRange((byte)0x80, (byte)0x84) >= 0 || bytes.IndexOfAnyInRange((byte)0x86, (byte)0x9F) >= 0) ? twin : page;
    }

    /// <summary>Text of more than a few characters is not valid UTF-8 by chance.</summary>
    private static bool Utf8BeatsLabel(ReadOnlySpan<byte> bytes, int page)
    {
        if (Charset.IsSingleByte(page) || page == Charset.Windows1252) return true;
        var high = 0;
        foreach (var b in bytes[..Math.Min(bytes.Length, 512)]) if (b >= 0x80) high++;
        if (high >= 12) return true;
        return CharsetDetector.Score(bytes, page) < 0.5;
    }

    private static Outcome DecodeBrokenUtf8(ReadOnlySpan<byte> bytes, string? hint)
    {
        var text = Encoding.UTF8.GetString(bytes);
        int broken = 0, good = 0;
        foreach (var c in text)
        {
            if (c == '\uFFFD') broken++;
            else if (c >= 0x80) good++;
        }
        // Cut or slightly damaged UTF-8 remains UTF-8.
        return good > broken ? new(text, Charset.Utf8, false) : Guess(bytes, hint);
    }

    private static Outcome Latin(ReadOnlySpan<byte> bytes, int page)
    {
        var found = CharsetDetector.DetectMultiByte(bytes);
        if (found.Confidence >= CharsetDetector.VerySure) return With(bytes, found.CodePage, true);
        return ScriptDetector.Contradicts(bytes) is { } script ? With(bytes, script, true) : With(bytes, page, false);
    }

    private static Outcome Guess(ReadOnlySpan<byte> bytes, string? hint)
    {
        var hinted = Charset.CodePage(hint);
        if (hinted > 0 && hinted != Charset.Utf8 && !Charset.IsLatin(hinted) && hinted is < 50000 or Charset.Gb18030 or Charset.EucJp)
        {
            var text = With(bytes, hinted, true);
            if (!text.Text.Contains('\uFFFD')) return text;
        }
        var found = CharsetDetector.Detect(bytes);
        return With(bytes, found.CodePage, true);
    }

    private static Outcome With(ReadOnlySpan<byte> bytes, int page, bool guessed)
    {
        var encoding = Charset.For(page) ?? Charset.For(Charset.Windows1252)!;
        var text = page switch
        {
            Charset.Iso2022Jp => Iso2022Text.Decode(bytes),
            Charset.EucJp when bytes.Contains((byte)0x8F) => SupplementaryKanji.Decode(bytes),
            _ => encoding.GetString(bytes),
        };
        if (page is Charset.ShiftJis or Charset.Gb18030 && text.Contains('\uFFFD') && VendorBytes.Mend(bytes, page) is { } mended) text = encoding.GetString(mended);
        if (page == Charset.Big5) text = HongKong.Mend(text);
        return new(text, page, guessed);
    }

    private static int Bad(string text)
    {
        var bad = 0;
        foreach (var c in text) if (c == '\uFFFD') bad++;
        return bad;
    }
}
