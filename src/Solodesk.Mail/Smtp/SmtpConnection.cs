using Solodesk.Mail.Net;

namespace Solodesk.Mail.Smtp;

/// <summary>
/// A connection to an SMTP server, greeted, encrypted and signed in, on which any number of messages can be sent one after the other.
/// Not for use by two callers at once. Refusals of a message or recipient are results; what breaks the connection is a
/// <see cref="MailConnectionException"/>, after which <see cref="IsUsable"/> is false.
/// </summary>
public sealed class SmtpConnection : IAsyncDisposable
{
    private readonly SmtpOptions _options;
    private readonly MailTransport _transport;
    private readonly SmtpDialogue _dialogue;
    private bool _needsReset;

    private SmtpConnection(SmtpOptions options, MailTransport transport)
    {
        _options = options;
        _transport = transport;
        _dialogue = new(transport, options);
    }

    /// <summary>What the server offers now.</summary>
    public SmtpCapabilities Capabilities { get; private set; } = new([]);

    /// <summary>The text of the greeting.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>True when the connection is encrypted.</summary>
    public bool IsEncrypted => _transport.IsEncrypted;

    /// <summary>False once the connection is lost or must not be used again.</summary>
    public bool IsUsable => !_transport.IsBroken;

    /// <summary>Connects, agrees on TLS as the options say, and signs in when they hold credentials.</summary>
    /// <exception cref="MailConnectionException">The server cannot be used; the reason says why.</exception>
    public static async Task<SmtpConnection> ConnectAsync(SmtpOptions options, CancellationToken ct)
    {
        var connection = new SmtpConnection(options, await MailTransport.ConnectAsync(options, ct));
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection._transport.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends one message.</summary>
    /// <param name="envelopeFrom">Where bounces go; empty for none, as automatic mail has it (RFC 5321 §4.5.5).</param>
    /// <param name="recipients">The recipients of the envelope, at least one.</param>
    /// <param name="message">The message from its present position to its end. One that cannot seek is first read into memory.</param>
    /// <param name="ct">Stops the transaction and with it the connection.</param>
    /// <returns>The result for each recipient. A refusal does not throw.</returns>
    /// <exception cref="MailConnectionException">The connection broke (see <see cref="MailConnectionException.MayHaveBeenSent"/>), or the server wants us to sign in first.</exception>
    /// <exception cref="ArgumentException">An address cannot stand in an envelope.</exception>
    public async Task<SmtpSendResult> SendAsync(string envelopeFrom, IReadOnlyList<string> recipients, Stream message, CancellationToken ct)
    {
        if (recipients.Count == 0)
        {
            throw new ArgumentException("A mail needs a recipient.", nameof(recipients));
        }

        if (_needsReset)
        {
            await ResetAsync(ct);
        }

        var transaction = new SmtpTransaction(_dialogue, Capabilities, _options, envelopeFrom, recipients);
        try
        {
            return await transaction.RunAsync(message, ct);
        }
        catch (OperationCanceledException)
        {
            _transport.Break();
            throw;
        }
        finally
        {
            // After a message was taken or refused as a whole the server is back at the start (RFC 5321 §4.1.1.4).
            _needsReset = transaction.HasBegun && !transaction.EndedWithData;
        }
    }

    /// <summary>Drops a transaction that was begun (RSET).</summary>
    public async Task ResetAsync(CancellationToken ct)
    {
        var reply = await GuardedAsync("RSET", ct);
        if (reply.Outcome != SmtpOutcome.Ok)
        {
            throw _dialogue.Refusal(reply, MailConnectionReason.Protocol);
        }

        _needsReset = false;
    }

    /// <summary>Asks whether the server is still there (NOOP).</summary>
    public async Task NoopAsync(CancellationToken ct)
    {
        var reply = await GuardedAsync("NOOP", ct);
        if (reply.Code == 421)
        {
            throw _dialogue.Refusal(reply, MailConnectionReason.ServerBusy);
        }
    }

    /// <summary>Takes leave and waits for the server to agree; the connection is then closed.</summary>
    public async Task QuitAsync(CancellationToken ct)
    {
        await GuardedAsync("QUIT", ct);
        await _transport.DisposeAsync();
    }

    /// <summary>Closes at once, after a word of leave that nobody waits for.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsUsable)
        {
            using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(1), _options.Clock);
            try
            {
                _transport.Queue("QUIT");
                await _transport.FlushAsync(brief.Token);
            }
            catch (Exception e) when (e is MailConnectionException or OperationCanceledException)
            {
                _transport.Note("The server was gone before QUIT.");
            }
        }

        await _transport.DisposeAsync();
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        var greeting = await _dialogue.ReadReplyAsync(_options.CommandTimeout, ct);
        if (greeting.Code != 220)
        {
            throw _dialogue.Refusal(greeting, greeting.Outcome switch
            {
                SmtpOutcome.RetryLater => MailConnectionReason.ServerBusy,
                SmtpOutcome.Permanent => MailConnectionReason.ClientRefused,
                SmtpOutcome.Ok => MailConnectionReason.Protocol,
            });
        }

        Greeting = greeting.Text;
        await HelloAsync(ct);
        if (!IsEncrypted && _options.Security is ConnectionSecurity.StartTlsAuto or ConnectionSecurity.StartTlsRequired)
        {
            await StartTlsAsync(ct);
        }

        if (_options.Credentials is { } credentials)
        {
            await SmtpAuthentication.RunAsync(_dialogue, Capabilities, _options, credentials, ct);
        }
    }

    private async Task HelloAsync(CancellationToken ct)
    {
        var name = _options.HelloName is { Length: > 0 } given ? HelloText(given) : _transport.LocalLiteral();
        var reply = await _dialogue.CommandAsync($"EHLO {name}", ct);
        if (reply.Code is 500 or 502 or 504 or 550)
        {
            reply = await _dialogue.CommandAsync($"HELO {name}", ct);
            Capabilities = new([]);
        }
        else
        {
            Capabilities = new(reply.Lines.Skip(1));
        }

        if (reply.Code != 250)
        {
            throw _dialogue.Refusal(reply, reply.Outcome == SmtpOutcome.RetryLater ? MailConnectionReason.ServerBusy : MailConnectionReason.ClientRefused);
        }
    }

    private async Task StartTlsAsync(CancellationToken ct)
    {
        if (!Capabilities.Has("STARTTLS"))
        {
            if (_options.Security == ConnectionSecurity.StartTlsRequired)
            {
                throw _transport.Failure(MailConnectionReason.TlsRequired, "The server does not offer STARTTLS.");
            }

            _transport.RefusePlaintext();
            return;
        }

        var reply = await _dialogue.CommandAsync("STARTTLS", ct);
        if (reply.Code != 220)
        {
            throw _dialogue.Refusal(reply, MailConnectionReason.TlsRequired);
        }

        await _transport.StartTlsAsync(ct);
        await HelloAsync(ct); // what was said before TLS counts no more (RFC 3207 §4.2)
    }

    private async Task<SmtpReply> GuardedAsync(string command, CancellationToken ct)
    {
        try
        {
            return await _dialogue.CommandAsync(command, ct);
        }
        catch (OperationCanceledException)
        {
            _transport.Break();
            throw;
        }
    }

    private static string HelloText(string name) =>
        name.Length < 250 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '[' or ']' or ':' or '_')
            ? name
            : throw new ArgumentException("The EHLO name is no host name.", nameof(name));
}
