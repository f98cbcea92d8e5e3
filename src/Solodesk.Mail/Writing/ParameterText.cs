using System.Globalization;
using System.Text;

namespace Solodesk.Mail.Writing;

/// <summary>Parameters of <c>Content-Type</c> and <c>Content-Disposition</c> that hold a file name.</summary>
internal static class ParameterText
{
    private const int MaxPiece = 70;

    /// <summary>
    /// <c>name="…"</c> for Content-Type, with encoded-words inside the quotes where the name is not ASCII. RFC 2047 §5 forbids it, and it
    /// is what Gmail, QQ and 163 write, and what they and older Outlooks read.
    /// </summary>
    public static IEnumerable<string> Name(string fileName)
    {
        if (!EncodedWords.Needed(fileName, utf8Allowed: false) && fileName.Length <= MaxPiece)
        {
            return [$"name={AddressText.Quote(fileName)}"];
        }

        var words = EncodedWords.Encode(fileName, firstRoom: MaxPiece - "name=\"".Length, maxWord: MaxPiece);
        words[0] = "name=\"" + words[0];
        words[^1] += "\"";
        return words;
    }

    /// <summary><c>filename="…"</c> for Content-Disposition, or <c>filename*=</c> (RFC 2231 §4), in numbered pieces (§3) when it is long.</summary>
    public static IEnumerable<string> FileName(string fileName)
    {
        if (!EncodedWords.Needed(fileName, utf8Allowed: false) && fileName.Length <= MaxPiece - 10)
        {
            return [$"filename={AddressText.Quote(fileName)}"];
        }

        var pieces = new List<string>();
        var piece = new StringBuilder("UTF-8''");
        foreach (var rune in fileName.EnumerateRunes())
        {
            var encoded = Percent(rune);
            if (piece.Length + encoded.Length > MaxPiece - "filename*99*=;".Length)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }

            piece.Append(encoded);
        }

        pieces.Add(piece.ToString());
        return pieces.Count == 1
            ? [$"filename*={pieces[0]}"]
            : pieces.Select((text, i) => string.Create(CultureInfo.InvariantCulture, $"filename*{i}*={text}{(i < pieces.Count - 1 ? ";" : "")}"));
    }

    private static string Percent(Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var length = rune.EncodeToUtf8(utf8);
        if (length == 1 && (char.IsAsciiLetterOrDigit((char)utf8[0]) || utf8[0] is (byte)'-' or (byte)'.' or (byte)'_'))
        {
            return ((char)utf8[0]).ToString();
        }

        var text = new StringBuilder();
        foreach (var b in utf8[..length])
        {
            text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return text.ToString();
    }
}
