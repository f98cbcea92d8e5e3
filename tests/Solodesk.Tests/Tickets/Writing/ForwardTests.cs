using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Mail.Reading;
using Solodesk.Mail.Writing;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tickets;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tests.Tickets.Writing;

public sealed class ForwardTests
{
    private const string Lab = "lab@supplier.example";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_forward_carries_the_message_and_its_files_to_others_and_the_customer_does_not_see_it()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var asked = (await desk.MessagesAsync(first.TicketId)).First(m => m.Kind == MessageKind.Inbound);

        var forwarded = await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(first.TicketId!.Value, "请看一下", Internal: false) { ForwardOf = asked.Id, To = [Lab] }, Ct);

        var mail = await WrittenAsync(desk, forwarded.Value, mailbox);
        Assert.Equal(Lab, mail.To.Single().Address);
        Assert.Null(mail.To.Single().Name);
        Assert.StartsWith("Fwd: 导出失败", mail.Subject, StringComparison.Ordinal);
        Assert.Empty(mail.InReplyTo);
        Assert.Contains("请看一下", mail.Text, StringComparison.Ordinal);
        Assert.Contains("点导出没有反应。", mail.Text, StringComparison.Ordinal);
        Assert.Contains(Mails.Lin, mail.Text, StringComparison.Ordinal);
        var ticket = await desk.TicketAsync(first.TicketId);
        Assert.Equal(TicketStatus.New, ticket.Status);
        Assert.NotNull(ticket.FirstResponseDueAt);
        var tracked = await desk.Visitor().GetStringAsync($"/track/{ticket.TrackingToken}", Ct);
        Assert.DoesNotContain("请看一下", tracked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_others_answer_is_for_the_desk_only()
    {
        await using var desk = new DeskApp();
        var mailbox = await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var asked = (await desk.MessagesAsync(first.TicketId)).First(m => m.Kind == MessageKind.Inbound);
        var forwarded = await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(first.TicketId!.Value, "请看一下", Internal: false) { ForwardOf = asked.Id, To = [Lab] }, Ct);
        var ours = (await desk.MessagesAsync(first.TicketId)).Single(m => m.Id == forwarded.Value);

        var answered = await desk.ReceiveAsync(Mails.Of(from: $"实验室 <{Lab}>", subject: "Re: Fwd: 导出失败", body: "内部：他们的账号欠费了。", id: "<lab@supplier.example>",
            headers: $"In-Reply-To: <{ours.InternetId}>"), mailbox);

        Assert.Equal(first.TicketId, answered.TicketId);
        var aside = (await desk.MessagesAsync(first.TicketId)).Single(m => m.Kind == MessageKind.Aside);
        Assert.Contains("欠费", aside.Body, StringComparison.Ordinal);
        var ticket = await desk.TicketAsync(first.TicketId);
        Assert.True(ticket.Unread);
        Assert.DoesNotContain("欠费", ticket.Preview, StringComparison.Ordinal);
        Assert.DoesNotContain("欠费", await desk.Visitor().GetStringAsync($"/track/{ticket.TrackingToken}", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forward_needs_somebody_to_go_to()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);

        var refused = await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "", Internal: false) { ForwardOf = opened.MessageId }, Ct);

        Assert.Equal("message.recipient_missing", refused.Problem?.Code);
    }

    [Fact]
    public async Task Reply_all_means_who_else_stood_in_the_last_mail_and_never_ourselves()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of(to: $"{Mails.Desk}, boss@example.com", headers: "Cc: finance@example.com"));
        var ticket = await desk.TicketAsync(first.TicketId);

        var others = await desk.ReadAsync(db => desk.Get<Participants>().OfAsync(db, ticket, Ct));

        Assert.Equal(["boss@example.com", "finance@example.com"], others);
        using var browser = desk.Desk();
        Assert.Contains("回复全部", await browser.GetStringAsync($"/inbox/mine/{first.TicketNumber}", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_that_calls_a_colleague_stands_in_their_Today_until_they_look()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.ReadAsync(async db =>
        {
            db.Add(new Solodesk.Agents.Agent { Id = Holding.Second.Id!.Value, Name = Holding.Second.Name, UserName = "xu@example.com", Email = "xu@example.com", CreatedAt = desk.Clock.GetUtcNow() });
            return await db.SaveChangesAsync(Ct);
        });

        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(opened.Id, "@许愿 你看一下日志", Internal: true), Ct);

        var calls = await desk.Get<Solodesk.Today.ReadCalls>().RunAsync(Holding.Second, Ct);
        Assert.Equal(opened.Number, Assert.Single(calls.Mentions).Number);
        Assert.Empty((await desk.Get<Solodesk.Today.ReadCalls>().RunAsync(desk.Founder, Ct)).Mentions);
        Assert.Contains(Holding.Second.Id!.Value, (await desk.TicketAsync(opened.Id)).FollowerIds);
        await desk.Get<Mentions>().SeeAsync(Holding.Second.Id!.Value, opened.Id, Ct);
        Assert.Empty((await desk.Get<Solodesk.Today.ReadCalls>().RunAsync(Holding.Second, Ct)).Mentions);
    }

    [Theory]
    [InlineData("@许愿，看一下", new[] { "许愿" })]
    [InlineData("cc a@许愿.com", new string[0])]
    [InlineData("@Li Lei and @Li", new[] { "Li Lei", "Li" })]
    [InlineData("@Liam", new string[0])]
    [InlineData("no one", new string[0])]
    public void Names_are_found_where_they_are_called(string text, string[] called)
        => Assert.Equal(called.Order(), Mentions.In(text, ["许愿", "Li", "Li Lei"]).Order());

    internal static async Task<ParsedMail> WrittenAsync(DeskApp desk, Guid message, Guid mailbox)
    {
        var box = await desk.ReadAsync(db => db.Set<Mailbox>().AsNoTracking().SingleAsync(m => m.Id == mailbox, Ct));
        var draft = await desk.Get<OutgoingLetter>().ForAsync(message, box, Ct);
        using var raw = new MemoryStream();
        await MailWriter.WriteAsync(draft!, raw, new MailWriterOptions(), Ct);
        return MailReader.Read(raw.ToArray());
    }
}
