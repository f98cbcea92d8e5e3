using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Mail.Reading;
using Solodesk.Mail.Writing;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>Our answers as mail: who gets them, what they carry, and that they thread.</summary>
public sealed class CarrierTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_goes_to_the_customer_with_everything_a_mail_program_threads_by()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var ours = await desk.AnswerAsync(first.TicketId, "**已经修好了**，看 https://driftnote.app <script>x</script>");

        var mail = await WrittenAsync(desk, ours.Id, mailbox);

        Assert.Equal("漂流笔记", mail.From!.Name);
        Assert.Equal(Mails.Lin, mail.To.Single().Address);
        Assert.Equal("林晓棠", mail.To.Single().Name);
        Assert.Equal($"Re: 导出失败 [#{first.TicketNumber}]", mail.Subject);
        Assert.Equal(ours.InternetId, mail.MessageId);
        Assert.Equal(["first@example.com"], mail.InReplyTo);
        Assert.Equal("first@example.com", mail.References[^1]);
        Assert.Contains("<strong>已经修好了</strong>", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("> 点导出没有反应。", mail.Text, StringComparison.Ordinal);
        Assert.Null(mail.Header("Auto-Submitted"));
        Assert.Equal(MailKind.Person, mail.Kind);
    }

    [Fact]
    public async Task A_confirmation_says_that_a_machine_wrote_it_and_quotes_nobody()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var confirmation = (await desk.MessagesAsync(first.TicketId)).Single(m => m.Automatic);

        var mail = await WrittenAsync(desk, confirmation.Id, mailbox);

        Assert.Equal("auto-replied", mail.Header("Auto-Submitted"));
        Assert.Equal(MailKind.AutoReply, mail.Kind);
        Assert.False(mail.WouldAutoReply);
        Assert.DoesNotContain("点导出没有反应", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_goes_out_by_the_mailbox_that_the_request_came_by()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var second = await desk.AddMailboxAsync("hello@driftnote.app");
        var first = await desk.ReceiveAsync(Mails.Of(to: "hello@driftnote.app"), second);
        await desk.AnswerAsync(first.TicketId);

        Assert.All(await desk.ReadAsync(db => db.Set<OutgoingMail>().Where(m => m.TicketId == first.TicketId).ToListAsync(Ct)), m => Assert.Equal(second, m.MailboxId));
    }

    [Fact]
    public async Task Without_a_mailbox_an_answer_stays_on_record_and_nothing_is_queued()
    {
        await using var desk = new DeskApp();
        var first = await desk.ReceiveAsync(Mails.Of());
        var ours = await desk.AnswerAsync(first.TicketId);
        Assert.Equal(DeliveryState.None, ours.Delivery);
        Assert.False(await desk.ReadAsync(db => db.Set<OutgoingMail>().AnyAsync(Ct)));
    }

    private static async Task<ParsedMail> WrittenAsync(DeskApp desk, Guid message, Guid mailbox)
    {
        var box = await desk.ReadAsync(db => db.Set<Mailbox>().SingleAsync(m => m.Id == mailbox, Ct));
        var draft = await desk.Get<OutgoingLetter>().ForAsync(message, box, Ct);
        using var raw = new MemoryStream();
        await MailWriter.WriteAsync(draft!, raw, new MailWriterOptions(), Ct);
        return MailReader.Read(raw.ToArray());
    }
}
