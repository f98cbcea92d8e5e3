using System.Text;

namespace Solodesk.Mail.Mime;

/// <summary>Messages whose line ends, or whose very characters, are not those of mail.</summary>
internal static class LineEnds
{
    /// <summary>Turns UTF-16 files into UTF-8, and old Mac files (carriage returns only) into lines; everything else stays untouched.</summary>
    public static ReadOnlyMemory<byte> Normalise(ReadOnlyMemory<byte> raw, MimeContext context)
    {
        var span = raw.Span;
        if (span.Length > 64 && span.Length <= context.Options.MaxContainerBytes && (span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])))
        {
            context.Warn("utf16-message", "The message was stored as UTF-16; it was turned into UTF-8.");
            var encoding = span[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            return Encoding.UTF8.GetBytes(encoding.GetString(span[2..]));
        }
        if (span.Contains((byte)'\n') || !span.Contains((byte)'\r') || span.Length > context.Options.MaxContainerBytes) return raw;
        context.Warn("bare-cr", "The lines of the message end in bare carriage returns.");
        var copy = span.ToArray();
        copy.AsSpan().Replace((byte)'\r', (byte)'\n');
        return copy;
    }
}
