using System.Text;

namespace Solodesk.Mail.Mime.Charsets;

/// <summary>The characters of JIS X 0212: three bytes in EUC-JP, two of their own in ISO-2022-JP-1. The framework's EUC-JP does not know them, its code page 20932 does.</summary>
internal static class SupplementaryKanji
{
    private const int CodePage = 20932;

    /// <summary>EUC-JP text with such characters in it.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var plain = Charset.For(Charset.EucJp)!;
        var text = new StringBuilder(bytes.Length);
        while (bytes.IndexOf((byte)0x8F) is var at and >= 0)
        {
            text.Append(plain.GetString(bytes[..at]));
            var isWhole = bytes.Length > at + 2 && bytes[at + 1] >= 0xA1 && bytes[at + 2] >= 0xA1;
            text.Append(isWhole ? Character(bytes[at + 1], bytes[at + 2]) : "\uFFFD");
            bytes = bytes[(at + (isWhole ? 3 : 1))..];
        }
        return text.Append(plain.GetString(bytes)).ToString();
    }

    /// <summary>One character by its row and cell, each with or without the high bit.</summary>
    public static string Character(byte row, byte cell) => Charset.For(CodePage) is { } encoding ? encoding.GetString([(byte)(row | 0x80), (byte)(cell & 0x7F)]) : "\uFFFD";
}
