using System.Text;

namespace Solodesk.Mail.Writing;

/// <summary>How the bytes of a body travel (RFC 2045 §6).</summary>
internal enum TransferEncoding
{
    SevenBit,
    EightBit,
    QuotedPrintable,
    Base64,
}

/// <summary>A text body made ready: UTF-8, CRLF, in the encoding that is shortest and safe.</summary>
internal sealed record TransferText(TransferEncoding Encoding, byte[] Body)
{
    private const int MaxLine = 998; // RFC 5322 §2.1.1

    /// <summary>The name in <c>Content-Transfer-Encoding</c>.</summary>
    public static string NameOf(TransferEncoding encoding) => encoding switch
    {
        TransferEncoding.SevenBit => "7bit",
        TransferEncoding.EightBit => "8bit",
        TransferEncoding.QuotedPrintable => "quoted-printable",
        TransferEncoding.Base64 => "base64",
    };

    public static TransferText From(string text, bool eightBit)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(CrLf(text));
        var facts = Facts.Of(bytes);
        if (facts.Plain && (facts.NonAscii == 0 || eightBit))
        {
            return new(facts.NonAscii == 0 ? TransferEncoding.SevenBit : TransferEncoding.EightBit, bytes);
        }

        // Quoted-printable costs 3 bytes for each such byte, base64 a third of everything.
        return (facts.NonAscii + facts.Controls) * 6 < bytes.Length
            ? new(TransferEncoding.QuotedPrintable, QuotedPrintable(bytes))
            : new(TransferEncoding.Base64, Base64(bytes));
    }

    /// <summary>Every line break, of any kind, as CRLF.</summary>
    public static string CrLf(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r')
            {
                result.Append("\r\n");
                i += i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
            }
            else
            {
                _ = text[i] == '\n' ? result.Append("\r\n") : result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    /// <summary>Quoted-printable (RFC 2045 §6.7), lines of at most 76, no UTF-8 character across a soft break.</summary>
    internal static byte[] QuotedPrintable(ReadOnlySpan<byte> bytes)
    {
        var output = new MemoryStream(bytes.Length * 2);
        var column = 0;
        for (var i = 0; i < bytes.Length;)
        {
            if (bytes[i] == '\r' && i + 1 < bytes.Length && bytes[i + 1] == '\n')
            {
                output.Write("\r\n"u8);
                column = 0;
                i += 2;
                continue;
            }

            var length = CharacterLength(bytes[i..]);
            var lineEnds = i + length >= bytes.Length || bytes[i + length] == '\r';
            var literal = length == 1 && IsLiteral(bytes[i], lineEnds, column);
            var width = literal ? 1 : 3 * length;
            if (column + width > (lineEnds ? 76 : 75))
            {
                output.Write("=\r\n"u8);
                column = 0;
                literal = length == 1 && IsLiteral(bytes[i], lineEnds, column);
                width = literal ? 1 : 3 * length;
            }

            if (literal)
            {
                output.WriteByte(bytes[i]);
            }
            else
            {
                WriteEscaped(output, bytes.Slice(i, length));
            }

            column += width;
            i += length;
        }

        return output.ToArray();
    }

    private static bool IsLiteral(byte b, bool lineEnds, int column) => b switch
    {
        (byte)' ' or (byte)'\t' => !lineEnds,
        (byte)'=' => false,
        (byte)'.' or (byte)'F' => column > 0, // a lone dot and "From " at the start of a line are mangled on the way
        > 32 and < 127 => true,
        _ => false,
    };

    private static int CharacterLength(ReadOnlySpan<byte> bytes) =>
        Rune.DecodeFromUtf8(bytes, out _, out var length) == System.Buffers.OperationStatus.Done ? length : 1;

    private static void WriteEscaped(MemoryStream output, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            output.WriteByte((byte)'=');
            output.WriteByte("0123456789ABCDEF"u8[b >> 4]);
            output.WriteByte("0123456789ABCDEF"u8[b & 15]);
        }
    }

    private static byte[] Base64(byte[] bytes) =>
        System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks));

    /// <summary>What a body holds that some way of sending cannot carry.</summary>
    private readonly record struct Facts(int NonAscii, int Controls, bool Plain)
    {
        public static Facts Of(ReadOnlySpan<byte> bytes)
        {
            var (nonAscii, controls, line, plain) = (0, 0, 0, true);
            for (var i = 0; i < bytes.Length; i++)
            {
                var b = bytes[i];
                if (b == '\n')
                {
                    // White space at the end of a line does not survive every relay.
                    plain &= line <= 1 || bytes[i - 2] is not ((byte)' ' or (byte)'\t');
                    line = 0;
                    continue;
                }

                plain &= !(line == 0 && bytes[i..].StartsWith("From "u8));
                nonAscii += b > 126 ? 1 : 0;
                controls += b < 32 && b is not ((byte)'\t' or (byte)'\r') ? 1 : 0;
                line++;
                plain &= line <= MaxLine + 1; // the CR is counted
            }

            plain &= bytes.IsEmpty || bytes[^1] is not ((byte)' ' or (byte)'\t');
            return new(nonAscii, controls, plain && controls == 0);
        }
    }
}
