using System.Buffers;
using System.Buffers.Text;

namespace Solodesk.Mail.Writing;

/// <summary>Copies file content into a message in bounded memory.</summary>
internal static class BodyContent
{
    private const int LineBytes = 57; // 76 characters of base64 (RFC 2045 §6.8)
    private const int Lines = 512;

    public static async Task WriteBase64Async(Stream content, Stream output, CancellationToken ct)
    {
        var input = ArrayPool<byte>.Shared.Rent(LineBytes * Lines);
        var lines = ArrayPool<byte>.Shared.Rent(78 * Lines);
        try
        {
            int read;
            while ((read = await content.ReadAtLeastAsync(input.AsMemory(0, LineBytes * Lines), LineBytes * Lines, throwOnEndOfStream: false, ct)) > 0)
            {
                await output.WriteAsync(lines.AsMemory(0, Encode(input.AsSpan(0, read), lines)), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input);
            ArrayPool<byte>.Shared.Return(lines);
        }
    }

    /// <summary>True for content of ASCII lines of at most 998 octets that all end with CRLF, the last one too.</summary>
    public static async Task<bool> IsSevenBitAsync(Func<CancellationToken, ValueTask<Stream>> open, CancellationToken ct)
    {
        await using var content = await open(ct);
        var buffer = new byte[16 * 1024];
        var (line, previous, read) = (0, (byte)0, 0);
        while ((read = await content.ReadAsync(buffer, ct)) > 0)
        {
            foreach (var b in buffer.AsSpan(0, read))
            {
                if (b is 0 or > 127 || (b == '\n') != (previous == '\r') || ++line > 1000)
                {
                    return false;
                }

                line = b == '\n' ? 0 : line;
                previous = b;
            }
        }

        return previous == '\n';
    }

    private static int Encode(ReadOnlySpan<byte> bytes, Span<byte> lines)
    {
        var length = 0;
        for (var i = 0; i < bytes.Length; i += LineBytes)
        {
            var chunk = bytes.Slice(i, Math.Min(LineBytes, bytes.Length - i));
            Base64.EncodeToUtf8(chunk, lines[length..], out _, out var encoded);
            length += encoded;
            lines[length++] = (byte)'\r';
            lines[length++] = (byte)'\n';
        }

        return length;
    }
}
