using System.Globalization;
using Solodesk.Mail.Net;

namespace Solodesk.Mail.Imap;

/// <summary>One line of a response and the literal that it announces at its end, if any.</summary>
internal readonly record struct ImapSegment(byte[] Line, ImapLiteral? Literal);

/// <summary>Collects whole responses from the wire: lines and literals, each within its limit.</summary>
internal sealed class ImapResponseReader(MailTransport transport, ImapOptions options)
{
    private const int MaxSegments = 10_000;
    private const long MaxSkipped = 4L * 1024 * 1024 * 1024;

    public async Task<ImapResponse> ReadAsync(CancellationToken ct)
    {
        var segments = new List<ImapSegment>(1);
        var kept = 0L;
        while (true)
        {
            var line = (await transport.ReadLineAsync(options.MaxLineLength, options.CommandTimeout, ct)).ToArray();
            transport.TraceReceived(line);
            if (segments.Count == 0 && ImapParser.IsText(line))
            {
                return Parse([new(line, null)]);
            }

            if (!TryLiteral(line, out var length))
            {
                segments.Add(new(line, null));
                return Parse(segments);
            }

            if (length > MaxSkipped || segments.Count >= MaxSegments)
            {
                throw transport.Failure(MailConnectionReason.Protocol, $"The server announced {length} octets.");
            }

            kept += length;
            segments.Add(new(line, await LiteralAsync(length, keep: kept <= options.MaxMessageSize, ct)));
        }
    }

    /// <summary>The <c>{123}</c>, <c>{123+}</c> or <c>~{123}</c> at the end of a line.</summary>
    internal static bool TryLiteral(ReadOnlySpan<byte> line, out long length)
    {
        length = 0;
        if (line.Length < 3 || line[^1] != '}')
        {
            return false;
        }

        var open = line.LastIndexOf((byte)'{');
        if (open < 0)
        {
            return false;
        }

        var digits = line[(open + 1)..^1];
        if (digits.Length > 0 && digits[^1] == '+')
        {
            digits = digits[..^1];
        }

        return digits.Length is > 0 and <= 18 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out length);
    }

    private ImapResponse Parse(List<ImapSegment> segments)
    {
        try
        {
            return ImapParser.Parse(segments);
        }
        catch (FormatException e)
        {
            segments.ForEach(segment => segment.Literal?.Content?.Dispose());
            throw transport.Failure(MailConnectionReason.Protocol, e.Message, e);
        }
    }

    private async Task<ImapLiteral> LiteralAsync(long length, bool keep, CancellationToken ct)
    {
        transport.Note($"{length} octets");
        if (!keep)
        {
            await transport.ReadIntoAsync(Stream.Null, length, options.CommandTimeout, ct);
            return new(length, null);
        }

        if (length <= options.SpoolThreshold)
        {
            // The announced size is not trusted with memory before the octets are there.
            using var bytes = new MemoryStream((int)Math.Min(length, 64 * 1024));
            await transport.ReadIntoAsync(bytes, length, options.CommandTimeout, ct);
            return new(length, ImapContent.InMemory(bytes.ToArray()));
        }

        var file = ImapContent.NewFile();
        try
        {
            await transport.ReadIntoAsync(file, length, options.CommandTimeout, ct);
            await file.FlushAsync(ct);
            return new(length, ImapContent.InFile(file));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
