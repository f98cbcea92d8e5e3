using System.Globalization;
using System.Text;

namespace Solodesk.Mail.Writing;

/// <summary>Encoded-words (RFC 2047) in UTF-8: at most 75 characters each, cut only between characters as people see them.</summary>
internal static class EncodedWords
{
    private const string Opening = "=?UTF-8?B?";
    private const int Overhead = 12; // "=?UTF-8?B?" and "?="
    private const int MaxWord = 75;

    /// <summary>True for text that must not stand as it is: not printable ASCII, or taken for an encoded-word.</summary>
    public static bool Needed(string text, bool utf8Allowed)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or '\u007f' || (c > '\u007e' && !utf8Allowed) || char.IsSurrogate(c) && !utf8Allowed)
            {
                return true;
            }
        }

        return text.Contains("=?", StringComparison.Ordinal) || (utf8Allowed && HasLoneSurrogate(text));
    }

    /// <summary>The words for a text, to be joined by a space or a fold.</summary>
    /// <param name="text">The text; lone surrogates come out as U+FFFD.</param>
    /// <param name="firstRoom">Characters left on the line for the first word.</param>
    /// <param name="maxWord">The longest word, where something else must stand on the line too.</param>
    public static List<string> Encode(string text, int firstRoom, int maxWord = MaxWord)
    {
        var base64 = CheaperInBase64(text);
        var words = new List<string>();
        var room = Math.Clamp(firstRoom, 0, maxWord) - Overhead;
        if (room < 16)
        {
            room = maxWord - Overhead; // the line is folded first
        }

        var word = new Word(base64);
        foreach (var piece in Pieces(text, room: maxWord - Overhead, base64))
        {
            if (word.Count > 0 && !word.Fits(piece, room))
            {
                words.Add(word.Take());
                room = maxWord - Overhead;
            }

            word.Add(piece);
        }

        if (word.Count > 0)
        {
            words.Add(word.Take());
        }

        return words;
    }

    /// <summary>Text elements, so that an emoji keeps its modifiers; one that is too long for a whole word comes in code points.</summary>
    private static IEnumerable<byte[]> Pieces(string text, int room, bool base64)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, i);
            var element = Encoding.UTF8.GetBytes(text, i, length);
            if (EncodedLength(element, base64) <= Math.Min(room, 40))
            {
                yield return element;
            }
            else
            {
                foreach (var rune in text.Substring(i, length).EnumerateRunes())
                {
                    yield return Encoding.UTF8.GetBytes(rune.ToString());
                }
            }

            i += length;
        }
    }

    private static bool CheaperInBase64(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return (bytes.Length + 2) / 3 * 4 <= EncodedLength(bytes, base64: false);
    }

    private static int EncodedLength(ReadOnlySpan<byte> bytes, bool base64)
    {
        if (base64)
        {
            return (bytes.Length + 2) / 3 * 4;
        }

        var length = 0;
        foreach (var b in bytes)
        {
            length += IsPlain(b) || b == ' ' ? 1 : 3;
        }

        return length;
    }

    /// <summary>The characters allowed bare in a phrase (RFC 2047 §5 (3)), the strictest place; used everywhere.</summary>
    private static bool IsPlain(byte b) => b is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9'
        or (byte)'!' or (byte)'*' or (byte)'+' or (byte)'-' or (byte)'/';

    private static bool HasLoneSurrogate(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Word(bool base64)
    {
        private readonly List<byte> _bytes = [];
        private int _quotedLength;

        public int Count => _bytes.Count;

        public bool Fits(byte[] piece, int room) => base64
            ? (_bytes.Count + piece.Length + 2) / 3 * 4 <= room
            : _quotedLength + EncodedLength(piece, base64: false) <= room;

        public void Add(byte[] piece)
        {
            _bytes.AddRange(piece);
            _quotedLength += EncodedLength(piece, base64: false);
        }

        public string Take()
        {
            var word = base64 ? $"{Opening}{Convert.ToBase64String([.. _bytes])}?=" : $"=?UTF-8?Q?{Quoted()}?=";
            _bytes.Clear();
            _quotedLength = 0;
            return word;
        }

        private string Quoted()
        {
            var text = new StringBuilder();
            foreach (var b in _bytes)
            {
                _ = b == ' ' ? text.Append('_')
                    : IsPlain(b) ? text.Append((char)b)
                    : text.Append(CultureInfo.InvariantCulture, $"={b:X2}");
            }

            return text.ToString();
        }
    }
}
