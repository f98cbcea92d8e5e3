using System.Buffers;
using System.Text;
using Solodesk.Mail.Mime.Charsets;
using Solodesk.Mail.Mime.Transfer;

namespace Solodesk.Mail.Mime.Headers;

/// <summary>
/// Encoded words (RFC 2047, with the language of RFC 2231 §5), read leniently: inside quotes, without white space between them,
/// with spaces or stray characters inside, split in the middle of a character or of a base64 group, and without their end.
/// </summary>
internal static class EncodedWords
{
    private static readonly SearchValues<char> NotInCharset = SearchValues.Create(" \t<>\"(),");

    private readonly ref struct Word
    {
        public required ReadOnlySpan<char> Charset { get; init; }
        public required bool Base64 { get; init; }
        public required ReadOnlySpan<char> Payload { get; init; }
        public required int Length { get; init; }
    }

    /// <summary>Decodes every encoded word; the rest stays. White space between two encoded words disappears (RFC 2047 §6.2).</summary>
    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal)) return text;
        var result = new StringBuilder(text.Length);
        var run = new Run(result);
        var at = 0;
        while (at < text.Length)
        {
            var start = text.IndexOf("=?", at, StringComparison.Ordinal);
            if (start < 0) break;
            if (!TryRead(text.AsSpan(start), out var word))
            {
                run.Close();
                result.Append(text, at, start + 2 - at);
                at = start + 2;
                continue;
            }
            var between = text.AsSpan(at, start - at);
            if (!run.Open || !between.IsWhiteSpace())
            {
                run.Close();
                result.Append(between);
            }
            run.Add(word.Charset, word.Base64, word.Payload);
            at = start + word.Length;
        }
        run.Close();
        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The length of the encoded word that begins <paramref name="text"/>; 0 when there is none.</summary>
    public static int LengthAt(ReadOnlySpan<char> text) => text.StartsWith("=?") && TryRead(text, out var word) ? word.Length : 0;

    private static bool TryRead(ReadOnlySpan<char> text, out Word word)
    {
        word = default;
        var body = text[2..];
        var mark = body.IndexOf('?');
        if (mark is <= 0 or > 60 || mark + 2 >= body.Length || body[mark + 2] != '?') return false;
        var encoding = body[mark + 1];
        if (encoding is not ('B' or 'b' or 'Q' or 'q')) return false;
        var charset = body[..mark].TrimEnd(' ');
        if (charset.Length == 0) return false;
        if (charset.IndexOfAny(NotInCharset) >= 0) return false;
        if (charset.IndexOf('*') is var star and > 0) charset = charset[..star];

        var payload = body[(mark + 3)..];
        var base64 = encoding is 'B' or 'b';
        var end = EndOf(payload, base64, out var closed);
        word = new Word { Charset = charset, Base64 = base64, Payload = payload[..end], Length = 2 + mark + 3 + end + closed };
        return true;
    }

    private static int EndOf(ReadOnlySpan<char> payload, bool base64, out int closed)
    {
        closed = 2;
        var next = payload.IndexOf("=?");
        // "=?=" is the last "=" of base64 before the end, not a new word.
        while (next >= 0 && (next + 2 >= payload.Length || payload[next + 2] is '=' || !StartsWord(payload[next..])))
        {
            var more = payload[(next + 2)..].IndexOf("=?");
            next = more < 0 ? -1 : next + 2 + more;
        }
        var from = 0;
        while (true)
        {
            // Never past the next word: a thousand words without an end must not be searched to the end a thousand times.
            var end = (next >= 0 ? payload[from..(next + 1)] : payload[from..]).IndexOf("?=");
            if (end < 0) break;
            end += from;
            // A bare question mark before "=3D" in Q text is not the end.
            if (!base64 && end + 3 < payload.Length && QuotedPrintableDecoder.Hex(payload[end + 2]) >= 0 && QuotedPrintableDecoder.Hex(payload[end + 3]) >= 0
                && payload[(end + 4)..].IndexOf("?=") is var later and >= 0 && payload.Slice(end + 2, later + 2).IndexOfAny(' ', '\t') < 0)
            {
                from = end + 2;
                continue;
            }
            return end;
        }
        // No end: up to the next word, or the next white space, or all of it.
        closed = 0;
        var limit = next >= 0 ? payload[..next].TrimEnd().Length : payload.Length;
        var space = payload[..limit].IndexOfAny(" \t<>\"");
        if (space >= 0) limit = space;
        if (limit > 0 && payload[limit - 1] == '?')
        {
            closed = 1;
            limit--;
        }
        return limit;
    }

    private static bool StartsWord(ReadOnlySpan<char> text)
    {
        var mark = text[2..Math.Min(text.Length, 66)].IndexOf('?');
        return mark is > 0 and < 60 && mark + 4 < text.Length && text[mark + 4] == '?' && text[mark + 3] is 'B' or 'b' or 'Q' or 'q';
    }

    /// <summary>Neighbouring words of one charset, decoded together because characters may be split between them.</summary>
    private ref struct Run(StringBuilder result)
    {
        private readonly List<byte> _bytes = [];
        private readonly StringBuilder _base64 = new();
        private readonly List<int> _ends = [];
        private string? _charset;

        public bool Open { get; private set; }

        public void Add(ReadOnlySpan<char> charset, bool base64, ReadOnlySpan<char> payload)
        {
            if (_charset is not null && !charset.Equals(_charset, StringComparison.OrdinalIgnoreCase)) Flush();
            _charset ??= charset.ToString();
            Open = true;
            if (!base64)
            {
                FlushBase64();
                AddQ(payload);
                return;
            }
            // A group of four that goes on in the next word is joined before it is decoded.
            _base64.Append(payload);
            _ends.Add(_base64.Length);
            if (payload.Contains('=') || _base64.Length > 4096 || Significant(_base64) % 4 == 0) FlushBase64();
        }

        public void Close()
        {
            Flush();
            Open = false;
        }

        private void Flush()
        {
            FlushBase64();
            if (_bytes.Count > 0) result.Append(Clean(TextDecoding.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes), _charset).Text));
            _bytes.Clear();
            _charset = null;
        }

        private void FlushBase64()
        {
            if (_base64.Length == 0) return;
            var source = Encoding.Latin1.GetBytes(_base64.ToString());
            var joined = Base64(source);
            // Or each word was whole, and only its padding was left out.
            if (_ends.Count > 1 && Apart(source) is { } apart && Bad(apart) < Bad(joined)) joined = apart;
            _base64.Clear();
            _ends.Clear();
            _bytes.AddRange(joined);
        }

        private static byte[] Base64(ReadOnlyMemory<byte> source) => TransferDecoder.DecodeAll(source, TransferEncoding.Base64, int.MaxValue, out _).ToArray();

        private readonly byte[] Apart(byte[] source)
        {
            var bytes = new List<byte>(source.Length);
            var start = 0;
            foreach (var end in _ends)
            {
                bytes.AddRange(Base64(source.AsMemory(start, end - start)));
                start = end;
            }
            return [.. bytes];
        }

        private readonly int Bad(byte[] bytes)
        {
            var encoding = Charset.For(Charset.CodePage(_charset) is var page and > 0 ? page : Charset.Utf8) ?? Encoding.UTF8;
            return encoding.GetString(bytes).Count(c => c == '\uFFFD');
        }

        private readonly void AddQ(ReadOnlySpan<char> payload)
        {
            for (var i = 0; i < payload.Length; i++)
            {
                var c = payload[i];
                if (c == '_') _bytes.Add((byte)' ');
                else if (c == '=' && i + 2 < payload.Length && QuotedPrintableDecoder.Hex(payload[i + 1]) is var high and >= 0 && QuotedPrintableDecoder.Hex(payload[i + 2]) is var low and >= 0)
                {
                    _bytes.Add((byte)((high << 4) | low));
                    i += 2;
                }
                else if (c < 0x80) _bytes.Add((byte)c);
                else AddRaw(payload, ref i);
            }
        }

        /// <summary>Raw characters inside an encoded word were bytes of the charset that the word names.</summary>
        private readonly void AddRaw(ReadOnlySpan<char> payload, ref int i)
        {
            var length = char.IsHighSurrogate(payload[i]) && i + 1 < payload.Length ? 2 : 1;
            var encoding = Charset.For(Charset.CodePage(_charset) is var page and > 0 && page != Charset.Utf7 ? page : Charset.Utf8) ?? Encoding.UTF8;
            _bytes.AddRange(encoding.GetBytes(payload.Slice(i, length).ToArray()));
            i += length - 1;
        }

        private static int Significant(StringBuilder base64)
        {
            var count = 0;
            foreach (var chunk in base64.GetChunks())
                foreach (var c in chunk.Span) if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/') count++;
            return count;
        }

        /// <summary>Line ends, tabs and NULs smuggled in by an encoded word do not reach a header's value.</summary>
        private static string Clean(string text)
        {
            if (text.AsSpan().IndexOfAny("\r\n\t\0") < 0) return text;
            return text.Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' ').Replace("\0", "", StringComparison.Ordinal);
        }
    }
}
