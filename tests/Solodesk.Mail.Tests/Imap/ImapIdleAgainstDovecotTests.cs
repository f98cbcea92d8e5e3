using System.Text;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Tests.Servers;

namespace Solodesk.Mail.Tests.Imap;

public sealed class ImapIdleAgainstDovecotTests(DovecotFixture fixture) : AgainstDovecot(fixture)
{
    [Fact]
    public async Task New_mail_is_pushed_within_a_moment_and_only_new_mail_is_fetched()
    {
        await Server.DeliverAsync("push", Mail("old", "x"), Ct);
        await using var imap = await OpenAsync("push");
        var inbox = await imap.SelectAsync("INBOX", readOnly: false, Ct);

        var waiting = imap.IdleAsync(Ct);
        await Server.DeliverAsync("push", Mail("new", "x"), Ct);
        var changes = await waiting.WaitAsync(TimeSpan.FromSeconds(20), Ct);

        Assert.True(changes.HasFlag(ImapChanges.NewMessages));
        var message = Assert.Single(await AllAsync(imap, inbox.UidNext));
        Assert.Contains("Subject: new", Encoding.UTF8.GetString(message.Bytes), StringComparison.Ordinal);
        Assert.Equal(2u, imap.Exists);
    }

    [Fact]
    public async Task Leaving_IDLE_keeps_the_connection_and_renewing_it_goes_unnoticed()
    {
        var trace = new List<string>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using var imap = await OpenAsync("leave", options: o => o with { IdleRenewal = TimeSpan.FromMilliseconds(100), Trace = Watch });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => imap.IdleAsync(enough.Token));

        Assert.True(imap.IsUsable);
        Assert.Equal(ImapChanges.None, await imap.NoopAsync(Ct));
        Assert.DoesNotContain(trace, line => line.Contains(DovecotServer.Password, StringComparison.Ordinal));

        // Left after the second renewal, however long a busy machine takes for it.
        void Watch(string line)
        {
            trace.Add(line);
            if (trace.Count(said => said.EndsWith(" IDLE", StringComparison.Ordinal)) == 3)
            {
                enough.CancelAfter(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    [Fact]
    public async Task News_that_came_before_IDLE_is_not_lost()
    {
        await using var imap = await OpenAsync("before");
        await imap.SelectAsync("INBOX", readOnly: false, Ct);
        await Server.DeliverAsync("before", Mail("x", "x"), Ct);
        await imap.SearchUidsAsync(1, Ct); // the server tells EXISTS along with this

        Assert.True((await imap.IdleAsync(Ct).WaitAsync(TimeSpan.FromSeconds(20), Ct)).HasFlag(ImapChanges.NewMessages));
    }

    [Fact]
    public async Task Without_IDLE_the_mailbox_is_polled()
    {
        await using var imap = await OpenAsync("poll", options: o => o with { PollInterval = TimeSpan.FromMilliseconds(50) });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);
        imap.Forget("IDLE");

        var waiting = imap.IdleAsync(Ct);
        await Server.DeliverAsync("poll", Mail("x", "x"), Ct);

        Assert.True((await waiting.WaitAsync(TimeSpan.FromSeconds(20), Ct)).HasFlag(ImapChanges.NewMessages));
    }
}
