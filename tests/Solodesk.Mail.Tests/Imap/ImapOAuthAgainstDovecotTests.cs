using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Imap;

/// <summary>OAuth access tokens at a real Dovecot that asks a local server about each of them.</summary>
public sealed class ImapOAuthAgainstDovecotTests : IAsyncLifetime
{
    private OAuthServer? _oauth;
    private DovecotServer? _dovecot;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (DovecotServer.IsInstalled)
        {
            _oauth = new OAuthServer();
            _dovecot = await DovecotServer.StartAsync(Ct, new Uri(_oauth.Address, "introspect"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_dovecot is not null)
        {
            await _dovecot.DisposeAsync();
            await _oauth!.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_token_that_holds_signs_in()
    {
        await using var imap = await ImapConnection.ConnectAsync(Options(), Ct);
        Assert.True(imap.Capabilities.Has("AUTH=XOAUTH2"));
        Assert.True(imap.Capabilities.Has("AUTH=OAUTHBEARER"));
        await imap.AuthenticateAsync(Ct);
        Assert.Equal(0u, (await imap.SelectAsync("INBOX", readOnly: true, Ct)).Exists);
        await imap.LogoutAsync(Ct);
    }

    [Fact]
    public async Task A_token_that_does_not_hold_says_that_the_permission_ran_out()
    {
        await using var imap = await ImapConnection.ConnectAsync(Options(token: "expired"), Ct);
        var e = await Assert.ThrowsAsync<MailConnectionException>(() => imap.AuthenticateAsync(Ct));
        Assert.Equal(MailConnectionReason.OAuthExpired, e.Reason);
    }

    private ImapOptions Options(string? token = null)
    {
        Assert.SkipWhen(_dovecot is null, "Dovecot is not installed (Debian: dovecot-imapd and dovecot-lmtpd).");
        return new ImapOptions
        {
            Host = "127.0.0.1",
            Port = _dovecot.ImapPort,
            Security = ConnectionSecurity.None,
            Credentials = MailCredentials.Bearer("desk", token ?? _oauth!.Deal()),
        };
    }
}
