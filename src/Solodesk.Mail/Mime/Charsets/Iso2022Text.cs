using System.Text;

namespace Solodesk.Mail.Mime.Charsets;

/// <summary>
/// The ISO 2022 family of mail (RFC 1468, 1554, 1922): what plain ISO-2022-JP holds is left to the framework, a run at a time; the
/// sets that its followers added (JIS X 0212, GB 2312, KS C 5601, Latin-1) are read here. Every line begins anew in ASCII, also where
/// the sender forgot to say so.
/// </summary>
internal static class Iso2022Text
{
    private const byte Escape = 0x1B, ShiftOut = 0x0E, ShiftIn = 0x0F;

    private enum Set
    {
        Ascii,
        Japanese,
        FirstPlane,
        SupplementaryKanji,
        Chinese,
        Korean,
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        var japanese = Charset.For(Charset.Iso2022Jp)!;
        var set = Set.Ascii;
        var shifted = Set.Ascii;
        ReadOnlySpan<byte> designation = [];
        while (bytes.Length > 0)
        {
            if (bytes[0] == Escape && Designation(bytes, out var next, out var isShifted) is var length and > 0)
            {
                if (isShifted) shifted = next;
                else
                {
                    set = next;
                    designation = bytes[..length];
                }
                bytes = bytes[length..];
                continue;
            }
            if (bytes.StartsWith("\u001BN"u8) && bytes.Length > 2)
            {
                // One character of Latin-1's upper half.
                text.Append((char)(bytes[2] | 0x80));
                bytes = bytes[3..];
                continue;
            }
            if (shifted != Set.Ascii && bytes[0] is ShiftOut or ShiftIn)
            {
                set = bytes[0] == ShiftOut ? shifted : Set.Ascii;
                designation = [];
                bytes = bytes[1..];
                continue;
            }
            if (bytes[0] is (byte)'\r' or (byte)'\n')
            {
                set = Set.Ascii;
                designation = [];
                text.Append((char)bytes[0]);
                bytes = bytes[1..];
                continue;
            }
            var end = bytes[1..].IndexOfAny([Escape, ShiftOut, ShiftIn, (byte)'\r', (byte)'\n']);
            var run = end < 0 ? bytes : bytes[..(end + 1)];
            bytes = bytes[run.Length..];
            switch (set)
            {
                case Set.Chinese:
                    text.Append(Charset.For(Charset.Gb18030)!.GetString(High(run)));
                    break;
                case Set.Korean:
                    text.Append(Charset.For(Charset.Korean)!.GetString(High(run)));
                    break;
                case Set.FirstPlane:
                    // JIS X 0213 keeps JIS X 0208 in its places, and nearly all of what NEC had put into the gaps.
                    text.Append(japanese.GetString([.. "\u001B$B"u8, .. run]));
                    break;
                case Set.SupplementaryKanji:
                    for (var i = 0; i + 1 < run.Length; i += 2) text.Append(SupplementaryKanji.Character(run[i], run[i + 1]));
                    break;
                default:
                    text.Append(japanese.GetString([.. designation, .. run]));
                    break;
            }
        }
        return text.ToString();
    }

    private static byte[] High(ReadOnlySpan<byte> run)
    {
        var high = run.ToArray();
        for (var i = 0; i < high.Length; i++) if (high[i] > 0x20) high[i] |= 0x80;
        return high;
    }

    /// <summary>The length of a designation of a set; 0 where the escape begins none.</summary>
    private static int Designation(ReadOnlySpan<byte> bytes, out Set set, out bool isShifted)
    {
        isShifted = false;
        (set, var length) = bytes switch
        {
            [_, (byte)'$', (byte)'(', (byte)'D', ..] => (Set.SupplementaryKanji, 4),
            [_, (byte)'$', (byte)'(', (byte)'C', ..] => (Set.Korean, 4),
            [_, (byte)'$', (byte)'A', ..] => (Set.Chinese, 3),
            [_, (byte)'$', (byte)'(', (byte)'A', ..] => (Set.Chinese, 4),
            [_, (byte)'$', (byte)')', (byte)'A', ..] => (Set.Chinese, -4),
            [_, (byte)'$', (byte)')', (byte)'C', ..] => (Set.Korean, -4),
            [_, (byte)'$', (byte)'(', (byte)'B' or (byte)'@', ..] => (Set.Japanese, 4),
            [_, (byte)'$', (byte)'(', (byte)'O' or (byte)'Q', ..] => (Set.FirstPlane, 4),
            [_, (byte)'$', (byte)'B' or (byte)'@', ..] => (Set.Japanese, 3),
            [_, (byte)'(', (byte)'B', ..] => (Set.Ascii, 3),
            [_, (byte)'(', (byte)'J' or (byte)'I' or (byte)'H', ..] => (Set.Japanese, 3),
            [_, (byte)'.', (byte)'A', ..] => (Set.Ascii, -3),
            _ => (Set.Ascii, 0),
        };
        if (length >= 0) return length;
        // ESC . A names the set for single characters; it shifts nothing by itself.
        isShifted = true;
        return -length;
    }
}
