using System.Globalization;
using System.Text;
using Solodesk.Mail.Net;

namespace Solodesk.Mail.Smtp;

/// <summary>Commands and replies over a transport.</summary>
internal sealed class SmtpDialogue(MailTransport transport, SmtpOptions options)
{
    private const int MaxLine = 8 * 1024; // RFC 5321 §4.5.3.1.5 says 512; servers that explain themselves say more
    private const int MaxLines = 200;

    public MailTransport Transport => transport;

    public async Task<SmtpReply> CommandAsync(string command, CancellationToken ct, string? shown = null)
    {
        transport.Queue(command, shown);
        await transport.FlushAsync(ct);
        return await ReadReplyAsync(options.CommandTimeout, ct);
    }

    public async Task<SmtpReply> ReadReplyAsync(TimeSpan timeout, CancellationToken ct)
    {
        var lines = new List<string>();
        EnhancedStatus? enhanced = null;
        while (true)
        {
            var bytes = await transport.ReadLineAsync(MaxLine, timeout, ct);
            transport.TraceReceived(bytes.Span);
            var line = Encoding.UTF8.GetString(bytes.Span);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 200 or > 599
                || (line.Length > 3 && line[3] is not (' ' or '-')) || lines.Count >= MaxLines)
            {
                throw transport.Failure(MailConnectionReason.Protocol, "The server's answer is not SMTP.", words: line.Length > 200 ? line[..200] : line);
            }

            var text = line.Length > 4 ? line[4..] : "";
            if (EnhancedStatus.TryParse(text, out var status, out var length) && status.Class == code / 100)
            {
                enhanced ??= status;
                text = text[length..].TrimStart();
            }

            lines.Add(text);
            if (line.Length == 3 || line[3] == ' ')
            {
                return new(code, lines) { Enhanced = enhanced };
            }
        }
    }

    /// <summary>An error that ends the connection, from a reply that makes going on pointless.</summary>
    public MailConnectionException Refusal(SmtpReply reply, MailConnectionReason reason) =>
        transport.Failure(reason, reply.ToString(), words: reply.Text);
}
