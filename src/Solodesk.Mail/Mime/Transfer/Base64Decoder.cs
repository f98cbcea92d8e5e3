using System.Buffers;
using System.Buffers.Text;

namespace Solodesk.Mail.Mime.Transfer;

/// <summary>Base64 (RFC 2045 §6.8) that skips what is not of its alphabet and survives padding in the middle.</summary>
internal sealed class Base64Decoder : TransferDecoder
{
    private const sbyte Skip = -1;
    private const int Window = 4096;
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);
    private static readonly sbyte[] Sextets = BuildSextets();
    private int _bits;
    private int _count;
    private bool _ended;

    public override (int Read, int Written) Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var read = 0;
        var written = 0;
        while (read < source.Length && !_ended && target.Length - written >= 3)
        {
            if (_count == 0)
            {
                read += SkipWhiteSpace(source[read..]);
                if (read >= source.Length) break;
                // The framework's vectorised decoder gets stretches without white space: with it, what it says it has read is not
                // always what it has decoded.
                var window = source.Slice(read, Math.Min(source.Length - read, Window));
                var end = window.IndexOfAny(WhiteSpace);
                Base64.DecodeFromUtf8(end < 0 ? window : window[..end], target[written..], out var taken, out var made, isFinalBlock: false);
                read += taken;
                written += made;
                if (taken > 0 && taken == end) continue;
                if (read >= source.Length || target.Length - written < 3) break;
            }
            (var stepRead, var stepWritten) = DecodeSlowly(source[read..], target[written..]);
            read += stepRead;
            written += stepWritten;
        }
        if (_ended) return (source.Length, written);
        if (read == source.Length && target.Length - written >= 2) written += Flush(target[written..]);
        return (read, written);
    }

    private static int SkipWhiteSpace(ReadOnlySpan<byte> source)
    {
        var count = source.IndexOfAnyExcept(WhiteSpace);
        return count < 0 ? source.Length : count;
    }

    /// <summary>Decodes until one group of four is whole, so that the quick way can take over again.</summary>
    private (int Read, int Written) DecodeSlowly(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var value = source[i];
            if (value == '=')
            {
                if (_count < 2) continue;
                var made = Flush(target);
                _ended = !MoreFollows(source[(i + 1)..]);
                return (i + 1, made);
            }
            var sextet = Sextets[value];
            if (value == '_' && source[i..].StartsWith("________"u8))
            {
                // The rule above a mailing list's footer.
                _ended = true;
                return (i, Flush(target));
            }
            if (sextet == Skip) continue;
            _bits = (_bits << 6) | (byte)sextet;
            if (++_count < 4) continue;
            target[0] = (byte)(_bits >> 16);
            target[1] = (byte)(_bits >> 8);
            target[2] = (byte)_bits;
            _bits = _count = 0;
            return (i + 1, 3);
        }
        return (source.Length, 0);
    }

    private int Flush(Span<byte> target)
    {
        var (count, bits) = (_count, _bits);
        _count = _bits = 0;
        if (count == 2)
        {
            target[0] = (byte)(bits >> 4);
            return 1;
        }
        if (count != 3) return 0;
        target[0] = (byte)(bits >> 10);
        target[1] = (byte)(bits >> 2);
        return 2;
    }

    /// <summary>After padding only a clean line of base64 goes on (encoders that pad in pieces); a list's footer does not.</summary>
    private static bool MoreFollows(ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart("=\r\n\t "u8);
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        var line = (end < 0 ? rest : rest[..end]).TrimEnd("\t "u8);
        if (line.Length == 0 || line.Length % 4 != 0) return false;
        return !line.TrimEnd((byte)'=').ContainsAnyExcept(Alphabet);
    }

    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    private static sbyte[] BuildSextets()
    {
        var table = new sbyte[256];
        Array.Fill(table, Skip);
        for (var i = 0; i < 26; i++)
        {
            table['A' + i] = (sbyte)i;
            table['a' + i] = (sbyte)(26 + i);
        }
        for (var i = 0; i < 10; i++) table['0' + i] = (sbyte)(52 + i);
        table['+'] = 62;
        table['/'] = 63;
        return table;
    }
}
