using System.Text;

namespace Solodesk.Mail.Mime.Charsets;

/// <summary>UTF-7 (RFC 2152), for reading only: the framework's own is obsolete and reads what no mail means.</summary>
internal sealed class Utf7Encoding : Encoding
{
    public override string EncodingName => "utf-7";
    public override int CodePage => Charset.Utf7;
    public override string WebName => "utf-7";

    public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Decode(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(chars.AsSpan(charIndex));
        return text.Length;
    }

    public override string GetString(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count));

    public override int GetMaxCharCount(int byteCount) => byteCount + 1;
    public override int GetByteCount(char[] chars, int index, int count) => UTF8.GetByteCount(chars, index, count);
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => UTF8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);
    public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount);

    public static string Decode(ReadOnlySpan<byte> bytes, char shift = '+')
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != shift)
            {
                text.Append(bytes[i] < 0x80 ? (char)bytes[i] : '\uFFFD');
                continue;
            }
            if (i + 1 < bytes.Length && bytes[i + 1] == '-')
            {
                text.Append(shift);
                i++;
                continue;
            }
            i = DecodeShifted(bytes, i + 1, text);
        }
        return text.ToString();
    }

    private static int DecodeShifted(ReadOnlySpan<byte> bytes, int at, StringBuilder text)
    {
        int bits = 0, count = 0;
        for (; at < bytes.Length; at++)
        {
            var value = Sextet(bytes[at]);
            if (value < 0) break;
            bits = ((bits << 6) | value) & 0x3FFFFF;
            count += 6;
            if (count < 16) continue;
            count -= 16;
            text.Append((char)((bits >> count) & 0xFFFF));
        }
        return at < bytes.Length && bytes[at] == '-' ? at : at - 1;
    }

    private static int Sextet(byte c) => c switch
    {
        >= (byte)'A' and <= (byte)'Z' => c - 'A',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' or (byte)',' => 63,
        _ => -1,
    };
}
