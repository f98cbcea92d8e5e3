using System.Text;
using Solodesk.Mail.Reading;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Browser.Stage;

/// <summary>The world's mail: a real Dovecot with everybody's mailboxes, and a real SMTP server that delivers into them.</summary>
internal sealed class PostOffice : IAsyncDisposable
{
    public const string Password = DovecotServer.Password;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DovecotServer _dovecot;
    private readonly AiosmtpdServer _smtp;

    private PostOffice(DovecotServer dovecot, AiosmtpdServer smtp) => (_dovecot, _smtp) = (dovecot, smtp);

    public int ImapPort => _dovecot.ImapPort;

    public int SmtpPort => _smtp.Port;

    /// <summary>Opens a post office in which one account may send.</summary>
    public static async Task<PostOffice> OpenAsync(string sender, CancellationToken ct)
    {
        var dovecot = await DovecotServer.StartAsync(ct);
        return new(dovecot, await AiosmtpdServer.StartAsync(new(User: sender, LmtpPort: dovecot.LmtpPort), ct));
    }

    /// <summary>Takes every mail out of every mailbox, and forgets what was sent.</summary>
    public void Empty()
    {
        foreach (var file in _dovecot.Mails())
        {
            File.Delete(file);
        }

        _smtp.Forget();
    }

    /// <summary>A customer's mail arrives.</summary>
    public Task ArriveAsync(string mailbox, string mail, CancellationToken ct) => _dovecot.DeliverAsync(mailbox, mail, ct);

    /// <summary>Everything that the SMTP server took.</summary>
    public IReadOnlyList<AcceptedMail> Accepted() => _smtp.Accepted();

    public int AcceptedCount => _smtp.AcceptedCount;

    /// <summary>Waits until the SMTP server took so many.</summary>
    public async Task AcceptedAsync(int count, CancellationToken ct)
    {
        // Each is handed on before the next is taken: a tenth of a second for each is far more than it takes.
        var until = TimeProvider.System.GetUtcNow() + Patience + count * Glance;
        while (AcceptedCount < count)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, $"{AcceptedCount} of {count} mails were accepted.");
            await Task.Delay(Glance, TimeProvider.System, ct);
        }
    }

    /// <summary>Waits for a mail in somebody's mailbox.</summary>
    public async Task<ParsedMail> InMailboxOfAsync(string address, Func<ParsedMail, bool> wanted, CancellationToken ct)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        var seen = new StringBuilder();
        while (TimeProvider.System.GetUtcNow() < until)
        {
            seen.Clear();
            foreach (var file in Files(address))
            {
                var mail = MailReader.Read(await File.ReadAllBytesAsync(file, ct));
                if (wanted(mail))
                {
                    return mail;
                }

                seen.AppendLine(mail.Subject);
            }

            await Task.Delay(Glance, TimeProvider.System, ct);
        }

        throw new TimeoutException($"{address} did not get the mail; what lies in the mailbox: {seen}");
    }

    public async ValueTask DisposeAsync()
    {
        await _smtp.DisposeAsync();
        await _dovecot.DisposeAsync();
    }

    private IEnumerable<string> Files(string address)
        => new[] { "new", "cur" }.Select(box => Path.Combine(_dovecot.MailFolder(address), box)).Where(Directory.Exists).SelectMany(Directory.GetFiles);
}
