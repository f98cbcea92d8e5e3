using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Imap;

/// <summary>What the tests against a real Dovecot share: letters, options and ways to open a mailbox.</summary>
public abstract class AgainstDovecot(DovecotFixture fixture) : IClassFixture<DovecotFixture>
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected DovecotServer Server => fixture.Server;

    private protected static string Mail(string subject, string body) => $"From: Customer <customer@example.org>\nTo: desk@example.com\nSubject: {subject}\n\n{body}\n";

    private protected ImapOptions Options(string user, ConnectionSecurity security = ConnectionSecurity.ImplicitTls) => new()
    {
        Host = "localhost",
        Port = security == ConnectionSecurity.ImplicitTls ? Server.ImapsPort : Server.ImapPort,
        Security = security,
        TrustedCertificates = [Server.Authority],
        Credentials = MailCredentials.Password(user, DovecotServer.Password),
        CommandTimeout = TimeSpan.FromSeconds(20),
    };

    private protected async Task<ImapConnection> OpenAsync(
        string user, ConnectionSecurity security = ConnectionSecurity.ImplicitTls, Func<ImapOptions, ImapOptions>? options = null)
    {
        var chosen = Options(user, security);
        var imap = await ImapConnection.ConnectAsync(options is null ? chosen : options(chosen), Ct);
        await imap.AuthenticateAsync(Ct);
        return imap;
    }

    private protected static async Task<List<(ImapMessage Info, byte[] Bytes)>> AllAsync(ImapConnection imap, uint first)
    {
        var all = new List<(ImapMessage, byte[])>();
        await foreach (var message in imap.FetchAsync(first, null, Ct))
        {
            using (message)
            {
                all.Add((message, await message.Content!.ToArrayAsync(Ct)));
            }
        }

        return all;
    }
}
