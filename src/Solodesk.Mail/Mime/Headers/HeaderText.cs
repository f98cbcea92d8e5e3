using System.Buffers;
using System.Text;
using Solodesk.Mail.Mime.Charsets;

namespace Solodesk.Mail.Mime.Headers;

/// <summary>Header bytes to text: unfolding (RFC 5322 §2.2.3) and raw 8-bit bytes (RFC 6532, and what came before it).</summary>
internal static class HeaderText
{
    private static readonly SearchValues<byte> Odd = SearchValues.Create("\r\n\0"u8);

    public static string Unfold(ReadOnlySpan<byte> raw, string? charset)
    {
        raw = raw.Trim(" \t\r\n"u8);
        if (raw.Length == 0) return "";
        if (raw.IndexOfAny(Odd) < 0) return Decode(raw, charset);

        var buffer = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            return Decode(buffer.AsSpan(0, Join(raw, buffer)), charset);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Each line end with the white space around its fold becomes one space; NULs are dropped.</summary>
    private static int Join(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (c == 0) continue;
            if (c is not ((byte)'\r' or (byte)'\n'))
            {
                target[length++] = c;
                continue;
            }
            while (i + 1 < raw.Length && raw[i + 1] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t') i++;
            while (length > 0 && target[length - 1] is (byte)' ' or (byte)'\t') length--;
            if (i + 1 < raw.Length) target[length++] = (byte)' ';
        }
        return length;
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (Ascii.IsValid(bytes) && !bytes.Contains((byte)0x1B)) return Encoding.Latin1.GetString(bytes);
        return TextDecoding.Decode(bytes, null, charset).Text;
    }
}
