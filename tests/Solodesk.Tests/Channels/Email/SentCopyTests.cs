using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Data;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Reading;
using Solodesk.Mail.Smtp;
using Solodesk.Mail.Tests.Servers;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>What was sent also lies in the mailbox's own Sent folder, once.</summary>
public sealed class SentCopyTests(DovecotFixture dovecot) : IClassFixture<DovecotFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sent_reply_lies_in_the_sent_folder_once_however_often_it_is_tried()
    {
        await using var desk = new DeskApp();
        var mail = await SentAsync(desk, "copies");

        await desk.Get<SentCopies>().RunAsync(Ct);
        Assert.Empty(await FolderAsync("copies"));

        desk.Clock.Advance(SentCopies.Rest);
        await desk.Get<SentCopies>().RunAsync(Ct);
        var copy = Assert.Single(await FolderAsync("copies"));
        Assert.Contains("已经修好了，再试一次。", copy.Text, StringComparison.Ordinal);
        Assert.Equal(await desk.ReadAsync(db => db.Set<Message>().Where(m => m.Id == mail.MessageId).Select(m => m.InternetId).SingleAsync(Ct)), copy.MessageId);
        Assert.Null((await LineAsync(desk, mail)).CopyDueAt);

        // As after a stop between the server's yes and our note.
        await desk.ReadAsync(db => db.Set<OutgoingMail>().Where(m => m.Id == mail.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.CopyDueAt, mail.CreatedAt), Ct));
        await desk.Get<SentCopies>().RunAsync(Ct);
        Assert.Single(await FolderAsync("copies"));
        Assert.Null((await LineAsync(desk, mail)).CopyDueAt);
    }

    [Fact]
    public async Task A_confirmation_of_receipt_leaves_no_copy()
    {
        await using var desk = new DeskApp();
        await ConnectAsync(desk, "confirm");
        var filed = await desk.ReceiveAsync(Mails.Of());
        var receipt = await desk.ReadAsync(db => db.Set<OutgoingMail>().AsNoTracking().SingleAsync(m => m.TicketId == filed.TicketId && m.Automatic, Ct));
        await desk.Get<DeliverMail>().SettleAsync(receipt.Id, Accepted(receipt), Ct);
        Assert.Null((await LineAsync(desk, receipt)).CopyDueAt);
    }

    [Fact]
    public async Task Switched_off_or_kept_by_gmail_itself_nothing_is_copied()
    {
        await using var desk = new DeskApp();
        var settings = desk.Get<Settings>();
        await settings.SaveAsync(new MailSettings { KeepSentCopies = false }, Ct);
        var off = await SentAsync(desk, "off");
        desk.Clock.Advance(SentCopies.Rest);
        await desk.Get<SentCopies>().RunAsync(Ct);
        Assert.Empty(await FolderAsync("off"));
        Assert.Null((await LineAsync(desk, off)).CopyDueAt);

        Assert.True(SentCopies.KeepsItself(new Mailbox { Address = "a@gmail.com", SmtpHost = "smtp.gmail.com" }));
        Assert.False(SentCopies.KeepsItself(new Mailbox { Address = "a@163.com", SmtpHost = "smtp.163.com" }));
    }

    [Fact]
    public async Task An_unreachable_server_neither_holds_up_the_sending_nor_is_asked_for_ever()
    {
        await using var desk = new DeskApp();
        var mail = await SentAsync(desk, "away", TestServers.FreePort());
        Assert.Equal(DeliveryState.Sent, (await LineAsync(desk, mail)).State);
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            desk.Clock.Advance(TimeSpan.FromDays(2));
            await desk.Get<SentCopies>().RunAsync(Ct);
            var line = await LineAsync(desk, mail);
            Assert.Equal((attempt, attempt < 6), (line.CopyAttempts, line.CopyDueAt is not null));
            Assert.Equal(DeliveryState.Sent, line.State);
        }
    }

    private async Task<OutgoingMail> SentAsync(DeskApp desk, string user, int? imapPort = null)
    {
        await ConnectAsync(desk, user, imapPort);
        var filed = await desk.ReceiveAsync(Mails.Of());
        var answer = await desk.AnswerAsync(filed.TicketId);
        var mail = await desk.ReadAsync(db => db.Set<OutgoingMail>().AsNoTracking().SingleAsync(m => m.MessageId == answer.Id, Ct));
        await desk.Get<DeliverMail>().SettleAsync(mail.Id, Accepted(mail), Ct);
        return mail;
    }

    private Task<Guid> ConnectAsync(DeskApp desk, string user, int? imapPort = null) => desk.AddMailboxAsync($"{user}@driftnote.app", m =>
    {
        m.UserName = user;
        m.ImapHost = "127.0.0.1";
        m.ImapPort = imapPort ?? dovecot.Server.ImapPort;
        m.ImapSecurity = MailSecurity.None;
        m.LastUid = 0;
    });

    private static SmtpSendResult Accepted(OutgoingMail mail)
    {
        var yes = new SmtpReply(250, ["OK"]);
        return new SmtpSendResult(yes, [.. mail.Recipients.Select(a => new SmtpRecipientResult(a, yes.Outcome, yes))]);
    }

    private static Task<OutgoingMail> LineAsync(DeskApp desk, OutgoingMail mail) => desk.ReadAsync(db => db.Set<OutgoingMail>().AsNoTracking().SingleAsync(m => m.Id == mail.Id, Ct));

    private async Task<List<ParsedMail>> FolderAsync(string user)
    {
        await using var imap = await ImapConnection.ConnectAsync(new ImapOptions
        {
            Host = "127.0.0.1",
            Port = dovecot.Server.ImapPort,
            Security = ConnectionSecurity.None,
            Credentials = MailCredentials.Password(user, DovecotServer.Password),
        }, Ct);
        await imap.AuthenticateAsync(Ct);
        await imap.SelectAsync("Sent", readOnly: true, Ct);
        var mails = new List<ParsedMail>();
        await foreach (var message in imap.FetchAsync(1, null, Ct))
        {
            Assert.Contains("\\Seen", message.Flags);
            mails.Add(MailReader.Read(await message.Content!.ToArrayAsync(Ct)));
        }

        return mails;
    }
}
