namespace Solodesk.Mail.Mime.Transfer;

/// <summary>Quoted-printable (RFC 2045 §6.7); what is not an escape stays as it was written.</summary>
internal sealed class QuotedPrintableDecoder : TransferDecoder
{
    public override (int Read, int Written) Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var read = 0;
        var written = 0;
        while (read < source.Length && target.Length - written >= 3)
        {
            // Only as far as there is room: a body without line ends is not searched again and again.
            var window = source.Slice(read, Math.Min(source.Length - read, target.Length - written));
            var stop = window.IndexOfAny((byte)'=', (byte)'\n', (byte)'\r');
            var run = stop < 0 ? window : window[..stop];
            if (run.Length > 0)
            {
                var end = read + run.Length;
                var kept = run;
                if (stop < 0 && end < source.Length)
                {
                    // Cut by the room left: spaces at the cut wait until it is known what follows them.
                    if (run.TrimEnd(" \t"u8) is { Length: > 0 } sure) kept = run = sure;
                }
                else if (end >= source.Length || source[end] != '=') kept = run.TrimEnd(" \t"u8);
                kept.CopyTo(target[written..]);
                written += kept.Length;
                read += run.Length;
                continue;
            }
            if (window[0] != '=')
            {
                target[written++] = window[0];
                read++;
                continue;
            }
            read += DecodeEscape(source[read..], target, ref written);
        }
        return (read, written);
    }

    private static int DecodeEscape(ReadOnlySpan<byte> at, Span<byte> target, ref int written)
    {
        if (at.Length >= 3 && Hex(at[1]) is var high and >= 0 && Hex(at[2]) is var low and >= 0)
        {
            target[written++] = (byte)((high << 4) | low);
            return 3;
        }
        var i = 1;
        while (i < at.Length && at[i] is (byte)' ' or (byte)'\t') i++;
        if (i >= at.Length) return at.Length;
        if (at[i] == '\r')
        {
            // "=\r\r\n" is a soft break that passed through a careless relay.
            while (i < at.Length && at[i] == '\r') i++;
            return i < at.Length && at[i] == '\n' ? i + 1 : i;
        }
        if (at[i] == '\n') return i + 1;
        target[written++] = (byte)'=';
        return 1;
    }

    internal static int Hex(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'F' => c - 'A' + 10,
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };
}
