using Solodesk.Mail.Net;

namespace Solodesk.Mail.Imap;

/// <summary>
/// A connection to an IMAP server (RFC 3501, RFC 9051). One command at a time. What the server refuses and what breaks both come as
/// <see cref="MailConnectionException"/>; <see cref="IsUsable"/> tells whether the connection can be used further.
/// Cancelling a command breaks the connection, cancelling <see cref="IdleAsync"/> does not.
/// </summary>
public sealed partial class ImapConnection : IAsyncDisposable
{
    private static readonly string[] Extensions = ["UTF8=ACCEPT", "QRESYNC", "CONDSTORE"];

    private readonly ImapOptions _options;
    private readonly MailTransport _transport;
    private readonly ImapDialogue _dialogue;
    private readonly HashSet<string> _enabled = new(StringComparer.OrdinalIgnoreCase);
    private bool _capabilitiesKnown;
    private ImapChanges _changes;
    private uint _exists;
    private readonly List<string> _alerts = [];

    private ImapConnection(ImapOptions options, MailTransport transport)
    {
        _options = options;
        _transport = transport;
        _dialogue = new(transport, options, TakeNews);
    }

    /// <summary>What the server can at this stage.</summary>
    public ImapCapabilities Capabilities => _dialogue.Capabilities;

    /// <summary>True after a login, or when the server knew us already (PREAUTH).</summary>
    public bool IsAuthenticated { get; private set; }

    /// <summary>True when the connection is encrypted.</summary>
    public bool IsEncrypted => _transport.IsEncrypted;

    /// <summary>False once the connection is lost or closed.</summary>
    public bool IsUsable => !_transport.IsBroken;

    /// <summary>The mailbox that is open, as it was when it was opened.</summary>
    public ImapSelected? Selected { get; private set; }

    /// <summary>How many messages the open mailbox holds now, as far as the server told.</summary>
    public uint Exists => _exists;

    /// <summary>What the server wants the owner to read (RFC 9051 §7.1, ALERT), newest last.</summary>
    public IReadOnlyList<string> Alerts => _alerts;

    /// <summary>Connects and agrees on TLS as the options say. <see cref="AuthenticateAsync"/> comes next.</summary>
    /// <exception cref="MailConnectionException">The server cannot be used; the reason says why.</exception>
    public static async Task<ImapConnection> ConnectAsync(ImapOptions options, CancellationToken ct)
    {
        var connection = new ImapConnection(options, await MailTransport.ConnectAsync(options, ct));
        try
        {
            await connection.GreetAsync(ct);
            return connection;
        }
        catch
        {
            await connection._transport.DisposeAsync();
            throw;
        }
    }

    /// <summary>Signs in with the credentials of the options, says who we are (ID) and switches on what both sides know (ENABLE).</summary>
    /// <exception cref="MailConnectionException">The login was refused; the connection is still usable for another try unless the server closed it.</exception>
    public async Task AuthenticateAsync(CancellationToken ct)
    {
        if (!IsAuthenticated)
        {
            var credentials = _options.Credentials ?? throw new InvalidOperationException("The options hold no credentials.");
            await SignInAsync(credentials, ct);
            IsAuthenticated = true;
            if (!_capabilitiesKnown)
            {
                await AskCapabilitiesAsync(ct);
            }
        }

        await IdentifyAsync(ct);
        await EnableAsync(ct);
    }

    /// <summary>Gives the server an occasion for news, and finds out whether it is still there.</summary>
    public async Task<ImapChanges> NoopAsync(CancellationToken ct)
    {
        await OkAsync(new("NOOP"), null, ct);
        return TakeChanges();
    }

    /// <summary>Takes leave. The connection is then closed.</summary>
    public async Task LogoutAsync(CancellationToken ct)
    {
        try
        {
            await _dialogue.RunAsync(new("LOGOUT"), response => response.Name == "BYE", ct);
        }
        catch (MailConnectionException e) when (e.Reason == MailConnectionReason.ConnectionLost)
        {
            _transport.Note("The server closed before it answered LOGOUT."); // which is what was wanted
        }

        await _transport.DisposeAsync();
    }

    /// <summary>Closes at once.</summary>
    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    /// <summary>Acts as if the server had not offered something: a real server then shows how we fare without it.</summary>
    internal void Forget(params string[] capabilities) => _dialogue.Capabilities = new(Capabilities.Names.Except(capabilities, StringComparer.OrdinalIgnoreCase));

    private async Task GreetAsync(CancellationToken ct)
    {
        var greeting = await _dialogue.ReadAsync(ct);
        if (greeting.Kind != ImapResponseKind.Untagged || greeting.Name is not ("OK" or "PREAUTH" or "BYE"))
        {
            throw _transport.Failure(MailConnectionReason.Protocol, "The server's greeting is not IMAP.", words: greeting.Words);
        }

        if (greeting.Name == "BYE")
        {
            throw ImapRefusal.Bye(_transport, greeting);
        }

        TakeCode(greeting);
        IsAuthenticated = greeting.Name == "PREAUTH";
        if (!_capabilitiesKnown)
        {
            await AskCapabilitiesAsync(ct);
        }

        if (!IsEncrypted && _options.Security is ConnectionSecurity.StartTlsAuto or ConnectionSecurity.StartTlsRequired)
        {
            await StartTlsAsync(ct);
        }
    }

    private async Task StartTlsAsync(CancellationToken ct)
    {
        // A server that knows us before TLS cannot be asked for TLS any more: an attacker may have said so (RFC 9051 §11.1).
        if (IsAuthenticated || !Capabilities.Has("STARTTLS"))
        {
            if (_options.Security == ConnectionSecurity.StartTlsRequired)
            {
                throw _transport.Failure(MailConnectionReason.TlsRequired, "The server does not offer STARTTLS.");
            }

            _transport.RefusePlaintext();
            return;
        }

        var response = await _dialogue.RunAsync(new("STARTTLS"), null, ct);
        if (!response.IsOk)
        {
            throw _transport.Failure(MailConnectionReason.TlsRequired, $"The server refused STARTTLS: {response.Words}", words: response.Words);
        }

        await _transport.StartTlsAsync(ct);
        await AskCapabilitiesAsync(ct); // what was said before TLS counts no more (RFC 9051 §6.2.1)
    }

    private async Task AskCapabilitiesAsync(CancellationToken ct)
    {
        _dialogue.Capabilities = new([]);
        await OkAsync(new("CAPABILITY"), null, ct);
    }

    private async Task IdentifyAsync(CancellationToken ct)
    {
        if (!Capabilities.Has("ID") || _options.Identification.Count == 0)
        {
            return;
        }

        var command = new ImapCommand("ID (");
        for (var i = 0; i < _options.Identification.Count; i++)
        {
            var (field, value) = _options.Identification[i];
            command.Add(i == 0 ? "" : " ").Add(Quoted(field)).Add(" ").Add(Quoted(value));
        }

        await _dialogue.RunAsync(command.Add(")"), null, ct); // refusing it is the server's affair
    }

    private async Task EnableAsync(CancellationToken ct)
    {
        string[] wanted = [.. Extensions.Where(Capabilities.Has)];
        if (!Capabilities.Has("ENABLE") || wanted.Length == 0)
        {
            return;
        }

        await _dialogue.RunAsync(new($"ENABLE {string.Join(' ', wanted)}"), response =>
        {
            if (response.Name != "ENABLED")
            {
                return false;
            }

            _enabled.UnionWith(response.Values.Select(value => value.AsText()).OfType<string>());
            return true;
        }, ct);
    }

    private static string Quoted(string text) =>
        $"\"{new string([.. text.Where(c => c is >= ' ' and <= '~')]).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Runs a command that must succeed.</summary>
    private async Task<ImapResponse> OkAsync(ImapCommand command, Func<ImapResponse, bool>? take, CancellationToken ct)
    {
        var response = await _dialogue.RunAsync(command, take, ct);
        TakeCode(response);
        return response.IsOk ? response : throw ImapRefusal.Command(_transport, response);
    }

    /// <summary>News that comes with any command.</summary>
    private void TakeNews(ImapResponse response)
    {
        switch (response.Name)
        {
            case "CAPABILITY":
                TakeCapabilities(response.Values.Select(value => value.AsText()).OfType<string>());
                break;
            case "EXISTS":
                _changes |= response.Number > _exists ? ImapChanges.NewMessages : ImapChanges.None;
                _exists = response.Number;
                break;
            case "EXPUNGE":
                _changes |= ImapChanges.Removed;
                _exists -= _exists > 0 ? 1u : 0;
                break;
            case "VANISHED":
                TakeVanished(response);
                break;
            case "FETCH":
                _changes |= ImapChanges.Flags;
                break;
            case "OK" or "NO" or "BAD":
                TakeCode(response);
                break;
        }
    }

    /// <summary>With QRESYNC enabled this takes the place of EXPUNGE (RFC 7162 §3.2.10).</summary>
    private void TakeVanished(ImapResponse response)
    {
        if (response.Values is [{ } set] && set.AsText() is { } uids)
        {
            var gone = (uint)ReadSet(uids).Count;
            _changes |= ImapChanges.Removed;
            _exists -= Math.Min(gone, _exists);
        }
    }

    private void TakeCode(ImapResponse response)
    {
        if (response.Code == "CAPABILITY")
        {
            TakeCapabilities(response.CodeText.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }
        else if (response.Code == "ALERT" && _alerts.Count < 100)
        {
            _alerts.Add(response.Words);
        }
    }

    private void TakeCapabilities(IEnumerable<string> names)
    {
        _dialogue.Capabilities = new(names);
        _capabilitiesKnown = true;
    }

    private ImapChanges TakeChanges()
    {
        var changes = _changes;
        _changes = ImapChanges.None;
        return changes;
    }

    private List<uint> ReadSet(string set)
    {
        try
        {
            return UidSet.Read(set);
        }
        catch (FormatException e)
        {
            throw _transport.Failure(MailConnectionReason.Protocol, e.Message, e);
        }
    }
}
