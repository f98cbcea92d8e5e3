namespace Solodesk.Mail.Tests.Servers;

/// <summary>One Dovecot for the tests of a class; each test takes a user of its own.</summary>
public sealed class DovecotFixture : IAsyncLifetime
{
    private DovecotServer? _server;

    /// <summary>The server; the test is skipped by name where Dovecot is not installed.</summary>
    internal DovecotServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, "Dovecot is not installed (Debian: dovecot-imapd and dovecot-lmtpd).");
            return _server;
        }
    }

    public async ValueTask InitializeAsync() =>
        _server = DovecotServer.IsInstalled ? await DovecotServer.StartAsync(TestContext.Current.CancellationToken) : null;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;
}

/// <summary>Starts SMTP servers for tests.</summary>
internal static class SmtpServers
{
    public static async Task<AiosmtpdServer> StartAsync(AiosmtpdOptions? options = null)
    {
        Assert.SkipUnless(AiosmtpdServer.IsInstalled, "aiosmtpd is not installed (Debian: python3-aiosmtpd).");
        return await AiosmtpdServer.StartAsync(options ?? new(), TestContext.Current.CancellationToken);
    }
}
