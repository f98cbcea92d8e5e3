namespace Solodesk.Mail.Mime.Transfer;

/// <summary>Uuencode as POSIX describes it: from <c>begin</c> to <c>end</c>; either line may be missing.</summary>
internal sealed class UuDecoder : TransferDecoder
{
    private bool _started;
    private bool _ended;

    public override (int Read, int Written) Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var read = 0;
        var written = 0;
        if (!_started)
        {
            _started = true;
            read = AfterBegin(source);
        }
        while (read < source.Length && !_ended && target.Length - written >= 48)
        {
            var line = Line(source[read..], out var next);
            if (line.StartsWith("end"u8) && line.Length <= 4) _ended = true;
            else if (line.Length > 0)
            {
                // A line that claims nothing is the last one before "end".
                if (Value(line[0]) == 0 && line.Length <= 2) _ended = !source[(read + next)..].StartsWith("end"u8);
                else written += DecodeLine(line, target[written..]);
            }
            read += next;
        }
        return _ended ? (source.Length, written) : (read, written);
    }

    /// <summary>Decodes one line into at most 45 bytes (the length byte can claim 63: what is not there counts as zero only within its group).</summary>
    public static int DecodeLine(ReadOnlySpan<byte> line, Span<byte> target)
    {
        var claimed = Math.Min(Value(line[0]), 45);
        var groups = line[1..];
        var written = 0;
        for (var i = 0; written < claimed && i < groups.Length; i += 4)
        {
            var a = Value(groups[i]);
            var b = i + 1 < groups.Length ? Value(groups[i + 1]) : 0;
            var c = i + 2 < groups.Length ? Value(groups[i + 2]) : 0;
            var d = i + 3 < groups.Length ? Value(groups[i + 3]) : 0;
            target[written++] = (byte)((a << 2) | (b >> 4));
            if (written < claimed) target[written++] = (byte)((b << 4) | (c >> 2));
            if (written < claimed) target[written++] = (byte)((c << 6) | d);
        }
        return written;
    }

    /// <summary>The next line without its end, and how far the line after it lies.</summary>
    public static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> source, out int next)
    {
        var end = source.IndexOf((byte)'\n');
        next = end < 0 ? source.Length : end + 1;
        return (end < 0 ? source : source[..end]).TrimEnd((byte)'\r');
    }

    private static int AfterBegin(ReadOnlySpan<byte> source)
    {
        for (var position = 0; position < source.Length;)
        {
            var line = Line(source[position..], out var next);
            position += next;
            if (line.StartsWith("begin "u8)) return position;
        }
        return 0;
    }

    private static int Value(byte c) => (c - 32) & 63;
}
