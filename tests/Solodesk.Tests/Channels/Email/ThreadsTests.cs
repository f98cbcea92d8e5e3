using Solodesk.Channels.Email;
using Solodesk.Channels.Email.Intake;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>Which ticket a mail joins, and which it must not.</summary>
public sealed class ThreadsTests
{
    private const string Stranger = "Mallory <mallory@evil.example>";

    [Fact]
    public async Task An_answer_to_our_signed_id_joins_whoever_sends_it()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var ours = await desk.AnswerAsync(first.TicketId);

        var reply = await desk.ReceiveAsync(Mails.Of(from: "同事 <colleague@example.org>", subject: "回复: 别的主题", body: "我来补充。", id: "<second@example.org>",
            headers: $"In-Reply-To: <{ours.InternetId}>"));

        Assert.Equal(MailOutcome.Appended, reply.Outcome);
        Assert.Equal(first.TicketId, reply.TicketId);
        var messages = await desk.MessagesAsync(first.TicketId);
        Assert.Equal("同事", messages.Single(m => m.Id == reply.MessageId).AuthorName);
        Assert.Equal(TicketStatus.Open, (await desk.TicketAsync(first.TicketId)).Status);
    }

    [Fact]
    public async Task References_are_read_from_the_right_and_case_is_forgiven()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var other = await desk.ReceiveAsync(Mails.Of(from: "b@example.net", id: "<b@example.net>"));
        var (one, two) = (await desk.AnswerAsync(first.TicketId), await desk.AnswerAsync(other.TicketId));

        var reply = await desk.ReceiveAsync(Mails.Of(id: "<x@example.com>", headers: $"References: <{one.InternetId}> <{two.InternetId!.ToUpperInvariant()}>"));

        Assert.Equal(other.TicketId, reply.TicketId);
    }

    [Fact]
    public async Task A_signature_that_was_changed_in_one_letter_is_a_forgery()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var ours = await desk.AnswerAsync(first.TicketId);
        var at = ours.InternetId!.IndexOf('@') - 3;
        var forged = string.Concat(ours.InternetId.AsSpan(0, at), ours.InternetId[at] == 'a' ? "b" : "a", ours.InternetId.AsSpan(at + 1));

        var attack = await desk.ReceiveAsync(Mails.Of(from: Stranger, id: "<evil@evil.example>", headers: $"In-Reply-To: <{forged}>"));

        Assert.Equal(MailOutcome.Created, attack.Outcome);
        Assert.NotEqual(first.TicketId, attack.TicketId);
    }

    [Fact]
    public async Task A_signature_for_one_ticket_does_not_open_another_number()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var victim = await desk.ReceiveAsync(Mails.Of());
        var mine = await desk.ReceiveAsync(Mails.Of(from: Stranger, id: "<mine@evil.example>"));
        var ours = await desk.AnswerAsync(mine.TicketId);
        var swapped = $"{victim.TicketNumber}{ours.InternetId![ours.InternetId!.IndexOf('.')..]}";

        var attack = await desk.ReceiveAsync(Mails.Of(from: Stranger, id: "<evil@evil.example>", headers: $"In-Reply-To: <{swapped}>"));

        Assert.NotEqual(victim.TicketId, attack.TicketId);
    }

    [Fact]
    public async Task A_strangers_mail_that_names_a_customers_id_opens_its_own_ticket()
    {
        await using var desk = new DeskApp();
        var first = await desk.ReceiveAsync(Mails.Of());

        var attack = await desk.ReceiveAsync(Mails.Of(from: Stranger, subject: "Re: 导出失败", id: "<evil@evil.example>",
            headers: ["In-Reply-To: <first@example.com>", "References: <first@example.com>"]));

        Assert.Equal(MailOutcome.Created, attack.Outcome);
        Assert.NotEqual(first.TicketId, attack.TicketId);
    }

    [Fact]
    public async Task The_customer_joins_by_their_own_earlier_id()
    {
        await using var desk = new DeskApp();
        var first = await desk.ReceiveAsync(Mails.Of());

        var second = await desk.ReceiveAsync(Mails.Of(subject: "补充", body: "还有一张截图。", id: "<second@example.com>", headers: "References: <unknown@x> <first@example.com>"));

        Assert.Equal(first.TicketId, second.TicketId);
    }

    [Fact]
    public async Task Somebody_in_copy_takes_part()
    {
        await using var desk = new DeskApp();
        var first = await desk.ReceiveAsync(Mails.Of(headers: "Cc: Bob <BOB@Example.com>"));

        var second = await desk.ReceiveAsync(Mails.Of(from: "bob@example.com", subject: "Re: 导出失败", id: "<bob@example.com>", headers: "In-Reply-To: <first@example.com>"));

        Assert.Equal(first.TicketId, second.TicketId);
    }

    [Theory]
    [InlineData("[#{0}] 还是不行")]
    [InlineData("答复：【#{0}】还是不行")]
    public async Task A_number_in_the_subject_counts_for_those_who_take_part(string subject)
    {
        await using var desk = new DeskApp();
        var first = await desk.ReceiveAsync(Mails.Of());

        var second = await desk.ReceiveAsync(Mails.Of(subject: string.Format(null, subject, first.TicketNumber), id: "<second@example.com>"));
        var attack = await desk.ReceiveAsync(Mails.Of(from: Stranger, subject: string.Format(null, subject, first.TicketNumber), id: "<evil@evil.example>"));

        Assert.Equal(first.TicketId, second.TicketId);
        Assert.Equal(MailOutcome.Created, attack.Outcome);
        Assert.DoesNotContain($"#{first.TicketNumber}", (await desk.TicketAsync(attack.TicketId)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_address_of_a_customer_does_not_make_the_author_one()
    {
        await using var desk = new DeskApp();
        var first = await desk.ReceiveAsync(Mails.Of());

        var attack = await desk.ReceiveAsync(Mails.Of(from: Stranger, subject: $"[#{first.TicketNumber}]", id: "<evil@evil.example>", headers: $"Reply-To: {Mails.Lin}"));

        Assert.NotEqual(first.TicketId, attack.TicketId);
    }

    [Fact]
    public async Task The_marker_in_the_quoted_body_finds_the_ticket_when_every_header_is_lost()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var ours = await desk.AnswerAsync(first.TicketId);
        var marker = Markers.For(first.TicketNumber!.Value, ours.Id, desk.Get<MailKey>().Value);

        var reply = await desk.ReceiveAsync(Mails.Of(from: "phone@example.net", subject: "嗯", body: $"好了，谢谢！\r\n\r\n> 已经修好了\r\n> #{first.TicketNumber} · {marker}\r\n", id: "<z@example.net>"));
        var forged = await desk.ReceiveAsync(Mails.Of(from: Stranger, subject: "嗯", body: $"> {marker[..^4]}aaaa\r\n", id: "<evil@evil.example>"));

        Assert.Equal(first.TicketId, reply.TicketId);
        Assert.NotEqual(first.TicketId, forged.TicketId);
    }

    [Fact]
    public async Task A_plus_address_with_our_signature_finds_the_ticket()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var ours = await desk.AnswerAsync(first.TicketId);
        var token = ours.InternetId!.Split('@')[0];

        var reply = await desk.ReceiveAsync(Mails.Of(from: "x@example.net", to: $"hi+{token}@driftnote.app", id: "<plus@example.net>"));

        Assert.Equal(first.TicketId, reply.TicketId);
    }

    [Fact]
    public async Task An_answer_to_a_solved_ticket_reopens_it_and_one_closed_long_ago_gets_a_follow_up()
    {
        await using var desk = new DeskApp();
        var ct = TestContext.Current.CancellationToken;
        var first = await desk.ReceiveAsync(Mails.Of());
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(first.TicketId!.Value) { Status = TicketStatus.Solved }, ct);

        var again = await desk.ReceiveAsync(Mails.Of(id: "<2@example.com>", headers: "In-Reply-To: <first@example.com>"));
        Assert.Equal(first.TicketId, again.TicketId);
        Assert.Equal(TicketStatus.Open, (await desk.TicketAsync(first.TicketId)).Status);

        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(first.TicketId.Value) { Status = TicketStatus.Closed }, ct);
        desk.Clock.Advance(TimeSpan.FromDays(15));
        var late = await desk.ReceiveAsync(Mails.Of(subject: $"Re: 导出失败 [#{first.TicketNumber}]", id: "<3@example.com>", headers: "In-Reply-To: <first@example.com>"));
        var later = await desk.ReceiveAsync(Mails.Of(body: "还在吗？", id: "<4@example.com>", headers: "In-Reply-To: <first@example.com>"));

        Assert.Equal(MailOutcome.Created, late.Outcome);
        var followUp = await desk.TicketAsync(late.TicketId);
        Assert.Equal(first.TicketId, followUp.FollowUpOfId);
        Assert.Contains(TicketEventKind.Linked, await desk.EventsAsync(first.TicketId));
        Assert.Equal(late.TicketId, later.TicketId);
    }
}
