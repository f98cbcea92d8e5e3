using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Mail.Reading;
using Solodesk.Mail.Tests.Servers;
using Solodesk.Tests.Files;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>The channel as it runs: mail arrives at Dovecot, answers leave by a real SMTP server.</summary>
public sealed class RealServersTests(DovecotFixture dovecot) : IClassFixture<DovecotFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Now => TimeProvider.System.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_mail_becomes_a_ticket_and_the_answer_reaches_the_customer()
    {
        await using var smtp = await SmtpServers.StartAsync(new AiosmtpdOptions(User: "desk"));
        await using var desk = new DeskApp();
        await ConnectAsync(desk, "desk", smtp.Port);

        await dovecot.Server.DeliverAsync("desk", Mails.Of(date: Now), Ct);

        var ticket = await SoonAsync(() => desk.ReadAsync(db => db.Set<Ticket>().AsNoTracking().FirstOrDefaultAsync(Ct)));
        await desk.AnswerAsync(ticket.Id);
        var sent = await SoonAsync(() => Task.FromResult(smtp.Accepted() is { Count: 2 } both ? both : null));
        var answer = sent.Select(m => MailReader.Read(m.Content)).Single(m => m.Header("Auto-Submitted") is null);
        Assert.Equal(["first@example.com"], answer.InReplyTo);

        // The customer answers: same ticket, and a mail that is already seen is fetched all the same.
        await dovecot.Server.DeliverAsync("desk", Mails.Of(date: Now, subject: "Re: " + answer.Subject, body: "好了，谢谢！", id: "<2@example.com>", headers: $"In-Reply-To: <{answer.MessageId}>"), Ct);
        await SoonAsync(async () => (await desk.TicketAsync(ticket.Id)).InboundCount == 2 ? "" : null);
        await SoonAsync(() => desk.ReadAsync(db => db.Set<Message>().AsNoTracking().FirstOrDefaultAsync(m => m.Automatic && m.Delivery == DeliveryState.Sent, Ct)));
        Assert.Equal(1, await desk.TicketCountAsync());
        var mailbox = await desk.ReadAsync(db => db.Set<Mailbox>().AsNoTracking().SingleAsync(Ct));
        Assert.Null(mailbox.Problem);
        Assert.NotNull(mailbox.LastInAt);
        Assert.NotNull(mailbox.LastOutAt);
    }

    [Fact]
    public async Task Only_mail_that_arrives_after_connecting_becomes_tickets_and_many_come_through()
    {
        await using var smtp = await SmtpServers.StartAsync(new AiosmtpdOptions(User: "many"));
        await dovecot.Server.DeliverAsync("many", Mails.Of(body: "von früher", id: "<old@example.com>"), Ct);
        await using var desk = new DeskApp();
        await ConnectAsync(desk, "many", smtp.Port);
        for (var i = 0; i < 25; i++)
        {
            await dovecot.Server.DeliverAsync("many", Mails.Of(date: Now, id: $"<n{i}@example.com>", body: $"第 {i} 封"), Ct);
        }

        await SoonAsync(async () => await desk.TicketCountAsync() == 25 ? "" : null);
        Assert.False(await desk.ReadAsync(db => db.Set<IncomingMail>().AnyAsync(m => m.InternetId == "old@example.com", Ct)));
    }

    [Fact]
    public async Task Nothing_that_came_while_a_kept_mailbox_could_not_be_reached_is_passed_over()
    {
        await using var smtp = await SmtpServers.StartAsync(new AiosmtpdOptions(User: "later"));
        await dovecot.Server.DeliverAsync("later", Mails.Of(body: "von früher", id: "<old@example.com>"), Ct);
        await using var desk = new DeskApp();
        desk.Clock.Advance(TimeProvider.System.GetUtcNow() - desk.Clock.GetUtcNow());
        var login = Login("later", smtp.Port);
        await desk.Get<AddMailbox>().RunAsync(desk.Founder, new(login with { ImapHost = "localhost", ImapPort = TestServers.FreePort() }) { EvenIfUnreachable = true }, Ct);
        for (var i = 0; i < 60; i++)
        {
            await dovecot.Server.DeliverAsync("later", Mails.Of(date: Now, id: $"<l{i}@example.com>", body: $"第 {i} 封"), Ct);
        }

        await desk.Get<ChangeMailbox>().RunAsync(desk.Founder, new((await BoxAsync(desk)).Id, login) { SenderName = "x", EvenIfUnreachable = true }, Ct);
        desk.Get<MailboxSignal>().Raise();

        await SoonAsync(async () => await desk.TicketCountAsync() == 60 ? "" : null);
    }

    [Fact]
    public async Task A_mail_for_which_the_disk_has_no_space_stays_on_the_server_and_comes_when_there_is_some()
    {
        var store = new FullStore();
        await using var smtp = await SmtpServers.StartAsync(new AiosmtpdOptions(User: "full"));
        await using var desk = new DeskApp(with: store.Use);
        await ConnectAsync(desk, "full", smtp.Port);
        store.IsFull = true;

        await dovecot.Server.DeliverAsync("full", Mails.Of(date: Now), Ct);

        Assert.Equal(MailProblems.Storage, await SoonAsync(async () => (await BoxAsync(desk)).Problem));
        Assert.Equal(0, (await BoxAsync(desk)).LastUid);
        Assert.False(await desk.ReadAsync(db => db.Set<IncomingMail>().AnyAsync(Ct)));
        Assert.True((await desk.Visitor().GetAsync(new Uri("/health", UriKind.Relative), Ct)).IsSuccessStatusCode);

        store.IsFull = false;
        await SoonAsync(async () => await desk.TicketCountAsync() == 1 ? "" : null);
        Assert.True((await SoonAsync(async () => await BoxAsync(desk) is { Problem: null } well ? well : null)).LastUid > 0);
    }

    [Fact]
    public async Task A_changed_uidvalidity_loses_nothing_and_files_nothing_twice()
    {
        await using var smtp = await SmtpServers.StartAsync(new AiosmtpdOptions(User: "renum"));
        await using var desk = new DeskApp();
        await ConnectAsync(desk, "renum", smtp.Port);
        await dovecot.Server.DeliverAsync("renum", Mails.Of(date: Now, id: "<1@example.com>", body: "eins"), Ct);
        await SoonAsync(async () => await desk.TicketCountAsync() == 1 ? "" : null);

        // What the desk knew was another generation of numbers, as after a restore of the server.
        await desk.ReadAsync(db => db.Set<Mailbox>().ExecuteUpdateAsync(s => s.SetProperty(m => m.UidValidity, 1).SetProperty(m => m.LastUid, 4000), Ct));
        await desk.Get<ChangeMailbox>().RunAsync(desk.Founder, new((await BoxAsync(desk)).Id, Login("renum", smtp.Port)) { SenderName = "x", EvenIfUnreachable = true }, Ct);
        desk.Get<MailboxSignal>().Raise();
        await dovecot.Server.DeliverAsync("renum", Mails.Of(date: Now, id: "<2@example.com>", body: "zwei"), Ct);

        await SoonAsync(async () => await desk.TicketCountAsync() == 2 ? "" : null);
        // The first mail was shown again under the number that the server has now: the ledger knew it already.
        Assert.Equal(2, await desk.ReadAsync(db => db.Set<IncomingMail>().CountAsync(Ct)));
        Assert.Equal(2, await desk.TicketCountAsync());
    }

    [Fact]
    public async Task The_test_of_a_mailbox_says_what_is_wrong()
    {
        await using var smtp = await SmtpServers.StartAsync(new AiosmtpdOptions(User: "probe"));
        await using var desk = new DeskApp();
        var test = desk.Get<TestMailbox>();

        var good = await test.RunAsync(desk.Founder, Login("probe", smtp.Port), Ct);
        var password = await test.RunAsync(desk.Founder, Login("probe", smtp.Port) with { Password = "wrong" }, Ct);
        var port = await test.RunAsync(desk.Founder, Login("probe", smtp.Port) with { ImapPort = TestServers.FreePort() }, Ct);
        var certificate = await test.RunAsync(desk.Founder, Login("probe", smtp.Port) with { ImapPort = dovecot.Server.ImapsPort, ImapSecurity = MailSecurity.Tls }, Ct);
        var nowhere = await test.RunAsync(desk.Founder, Login("probe", smtp.Port) with { SmtpHost = "smtp.invalid" }, Ct);

        Assert.True(good.Value.Ok);
        Assert.Equal("WrongCredentials", password.Value.Imap.Reason);
        Assert.Equal("WrongCredentials", password.Value.Smtp.Reason);
        Assert.Equal("PortRefused", port.Value.Imap.Reason);
        Assert.StartsWith("Certificate", certificate.Value.Imap.Reason, StringComparison.Ordinal);
        Assert.NotNull(certificate.Value.Imap.Fingerprint);
        Assert.Equal("NameNotResolved", nowhere.Value.Smtp.Reason);
        Assert.True(nowhere.Value.Imap.Ok);
        foreach (var reason in new[] { password.Value.Imap.Reason, port.Value.Imap.Reason, certificate.Value.Imap.Reason, nowhere.Value.Smtp.Reason })
        {
            Assert.True(desk.Get<Ui.Phrases>().Has("zh-Hans", $"mail.problem.{reason}"));
        }
    }

    [Fact]
    public async Task An_unreachable_server_is_shown_on_the_mailbox_and_the_mail_waits()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync(change: m =>
        {
            m.SmtpHost = "127.0.0.1";
            m.SmtpPort = TestServers.FreePort();
            m.SmtpSecurity = MailSecurity.None;
        });
        var first = await desk.ReceiveAsync(Mails.Of());

        var tried = await SoonAsync(() => desk.ReadAsync(db => db.Set<OutgoingMail>().AsNoTracking().FirstOrDefaultAsync(m => m.TicketId == first.TicketId && m.Attempts == 1, Ct)));
        Assert.Equal(DeliveryState.Queued, tried.State);
        Assert.Equal("PortRefused", await SoonAsync(async () => (await BoxAsync(desk)).Problem));
    }

    private static Task<Mailbox> BoxAsync(DeskApp desk) => desk.ReadAsync(db => db.Set<Mailbox>().AsNoTracking().SingleAsync(Ct));

    private TestMailbox.Request Login(string user, int smtpPort) => new()
    {
        Address = $"{user}@driftnote.app",
        UserName = user,
        Password = DovecotServer.Password,
        ImapHost = "127.0.0.1",
        ImapPort = dovecot.Server.ImapPort,
        ImapSecurity = MailSecurity.None,
        SmtpHost = "127.0.0.1",
        SmtpPort = smtpPort,
        SmtpSecurity = MailSecurity.None,
    };

    private async Task ConnectAsync(DeskApp desk, string user, int smtpPort)
    {
        // The servers live by the wall clock.
        desk.Clock.Advance(TimeProvider.System.GetUtcNow() - desk.Clock.GetUtcNow());
        var added = await desk.Get<AddMailbox>().RunAsync(desk.Founder, new(Login(user, smtpPort)), Ct);
        Assert.True(added.Ok);
        Assert.True(added.Value.Report.Ok, $"{added.Value.Report}");
    }

    /// <summary>Asks until there is an answer: what happens in the background is watched, not slept for.</summary>
    private static async Task<T> SoonAsync<T>(Func<Task<T?>> look) where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }
}
