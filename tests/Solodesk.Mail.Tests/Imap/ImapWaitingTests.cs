using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Tests.Servers;
using static Solodesk.Mail.Tests.Imap.ScriptedImap;

namespace Solodesk.Mail.Tests.Imap;

public sealed class ImapWaitingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IDLE_that_is_refused_falls_back_to_asking()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("* OK [CAPABILITY IMAP4rev1 IDLE] ready");
            await peer.AnswerTaggedAsync("LOGIN", "$ OK [CAPABILITY IMAP4rev1 IDLE] in");
            await peer.AnswerTaggedAsync("SELECT", "* 1 EXISTS", "$ OK");
            await peer.AnswerTaggedAsync("IDLE", "$ BAD unknown");
            await peer.AnswerTaggedAsync("NOOP", "$ OK");
            await peer.AnswerTaggedAsync("NOOP", "* 2 EXISTS", "$ OK");
        });
        await using var imap = await OpenAsync(server, o => o with { PollInterval = TimeSpan.FromMilliseconds(20) });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        Assert.Equal(ImapChanges.NewMessages, await imap.IdleAsync(Ct));
    }

    [Fact]
    public async Task A_server_that_ends_IDLE_by_itself_is_asked_again()
    {
        await using var server = new ScriptedServer(async peer =>
        {
            await peer.SayAsync("* OK [CAPABILITY IMAP4rev1 IDLE] ready");
            await peer.AnswerTaggedAsync("LOGIN", "$ OK [CAPABILITY IMAP4rev1 IDLE] in");
            await peer.AnswerTaggedAsync("SELECT", "* 1 EXISTS", "$ OK");
            await peer.AnswerTaggedAsync("IDLE", "+ idling", "* OK Still here", "$ OK timeout");
            var tag = await peer.AnswerTaggedAsync("IDLE", "+ idling", "* 1 EXPUNGE");
            await peer.AnswerAsync("DONE", $"{tag} OK");
        });
        await using var imap = await OpenAsync(server);
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        Assert.Equal(ImapChanges.Removed, await imap.IdleAsync(Ct));
        Assert.Equal(0u, imap.Exists);
    }

    [Fact]
    public async Task A_server_dead_during_IDLE_is_found_out_at_the_renewal_and_leaving_it_takes_no_longer()
    {
        async Task DeadAsync(ScriptedPeer peer)
        {
            await peer.SayAsync("* OK [CAPABILITY IMAP4rev1 IDLE] ready");
            await peer.AnswerTaggedAsync("LOGIN", "$ OK [CAPABILITY IMAP4rev1 IDLE] in");
            await peer.AnswerTaggedAsync("SELECT", "* 1 EXISTS", "$ OK");
            await peer.AnswerTaggedAsync("IDLE", "+ idling");
            await peer.StaySilentAsync();
        }

        await using var server = new ScriptedServer(DeadAsync);
        await using var imap = await OpenAsync(server, o => o with { IdleRenewal = TimeSpan.FromMilliseconds(100), CommandTimeout = TimeSpan.FromSeconds(2) });
        await imap.SelectAsync("INBOX", readOnly: false, Ct);

        var failure = await Assert.ThrowsAsync<MailConnectionException>(() => imap.IdleAsync(Ct).WaitAsync(TimeSpan.FromSeconds(10), Ct));

        Assert.Equal(MailConnectionReason.TimedOut, failure.Reason);
    }

    [Fact]
    public async Task A_session_comes_back_with_growing_waits_and_ends_with_its_work()
    {
        await using var server = new ScriptedServer(
            peer => Task.Run(peer.Cut, Ct),
            async peer => await peer.SayAsync("* BYE busy, try again"),
            async peer =>
            {
                await peer.SayAsync("* OK [CAPABILITY IMAP4rev1] ready");
                await peer.AnswerTaggedAsync("LOGIN", "$ NO [AUTHENTICATIONFAILED] wrong");
            },
            async peer =>
            {
                await LoginAsync(peer);
                await peer.AnswerTaggedAsync("NOOP", "$ OK");
            });
        var failures = new List<(MailConnectionReason Reason, TimeSpan Delay)>();
        var session = new ImapSession(new()
        {
            Server = Options(server),
            FirstDelay = TimeSpan.FromMilliseconds(20),
            PersonDelay = TimeSpan.FromMilliseconds(400),
            OnFailure = (e, delay) => failures.Add((e.Reason, delay)),
            Jitter = new Random(1),
        });

        await session.RunAsync((imap, ct) => imap.NoopAsync(ct), Ct);

        Assert.Equal([MailConnectionReason.ConnectionLost, MailConnectionReason.ServerBusy, MailConnectionReason.WrongCredentials], failures.Select(f => f.Reason));
        Assert.InRange(failures[0].Delay.TotalMilliseconds, 10, 20);
        Assert.InRange(failures[1].Delay.TotalMilliseconds, 20, 40);
        Assert.InRange(failures[2].Delay.TotalMilliseconds, 200, 400);
    }
}
