namespace Solodesk.Mail.Mime.Transfer;

/// <summary>Undoes one content transfer encoding (RFC 2045 §6) step by step; it sees the whole remaining source on each call.</summary>
internal abstract class TransferDecoder
{
    /// <summary>The smallest target a call accepts: one uuencoded line.</summary>
    public const int MinimumTarget = 64;

    /// <summary>Decodes from <paramref name="source"/> until it is used up or <paramref name="target"/> is full.</summary>
    /// <returns>How many bytes were read and written; nothing read and nothing written means the end.</returns>
    public abstract (int Read, int Written) Decode(ReadOnlySpan<byte> source, Span<byte> target);

    /// <summary>A decoder for the encoding; null where bytes stand as they are (7bit, 8bit, binary, unknown).</summary>
    public static TransferDecoder? For(TransferEncoding encoding) => encoding switch
    {
        TransferEncoding.Base64 => new Base64Decoder(),
        TransferEncoding.QuotedPrintable => new QuotedPrintableDecoder(),
        TransferEncoding.Uuencode => new UuDecoder(),
        _ => null,
    };

    /// <summary>Decodes all of it, at most <paramref name="limit"/> bytes; says whether the limit cut it short.</summary>
    public static ReadOnlyMemory<byte> DecodeAll(ReadOnlyMemory<byte> source, TransferEncoding encoding, int limit, out bool cut)
    {
        var decoder = For(encoding);
        if (decoder is null)
        {
            cut = source.Length > limit;
            return cut ? source[..limit] : source;
        }

        // Decoded bytes are never more than encoded ones.
        var target = new byte[Math.Max(MinimumTarget, Math.Min(source.Length, limit))];
        var filled = 0;
        var position = 0;
        cut = false;
        while (position < source.Length)
        {
            var room = target.AsSpan(filled);
            if (room.Length < MinimumTarget)
            {
                if (target.Length >= limit)
                {
                    cut = true;
                    break;
                }
                Array.Resize(ref target, target.Length + MinimumTarget);
                room = target.AsSpan(filled);
            }
            var (read, written) = decoder.Decode(source.Span[position..], room);
            if (read == 0 && written == 0) break;
            position += read;
            filled += written;
        }
        return target.AsMemory(0, filled);
    }

    /// <summary>How many bytes decoding gives, found without keeping them.</summary>
    public static long CountDecoded(ReadOnlySpan<byte> source, TransferEncoding encoding)
    {
        var decoder = For(encoding);
        if (decoder is null) return source.Length;
        Span<byte> scratch = stackalloc byte[4096];
        long total = 0;
        while (source.Length > 0)
        {
            var (read, written) = decoder.Decode(source, scratch);
            if (read == 0 && written == 0) break;
            source = source[read..];
            total += written;
        }
        return total;
    }
}
