using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Customers;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>Mail that is no request: where it goes, and that nothing answers it.</summary>
public sealed class FiltersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bounce_marks_the_message_that_came_back()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var ours = await desk.AnswerAsync(first.TicketId);

        var bounce = await desk.ReceiveAsync(Bounce(ours.InternetId!));

        Assert.Equal(MailOutcome.Bounce, bounce.Outcome);
        Assert.Equal(first.TicketId, bounce.TicketId);
        Assert.False(bounce.WouldAutoReply);
        var message = (await desk.MessagesAsync(first.TicketId)).Single(m => m.Id == ours.Id);
        Assert.Equal(DeliveryState.Failed, message.Delivery);
        Assert.Contains("User unknown", message.DeliveryProblem, StringComparison.Ordinal);
        var ticket = await desk.TicketAsync(first.TicketId);
        Assert.True(ticket.DeliveryFailed);
        Assert.Equal(TicketStatus.Pending, ticket.Status);
        Assert.Contains(TicketEventKind.Bounced, await desk.EventsAsync(first.TicketId));
    }

    [Fact]
    public async Task A_forged_bounce_changes_nothing()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var ours = await desk.AnswerAsync(first.TicketId);

        var forged = await desk.ReceiveAsync(Bounce($"{first.TicketNumber}.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@driftnote.app"));

        Assert.Equal(MailOutcome.Bounce, forged.Outcome);
        Assert.Null(forged.TicketId);
        Assert.Equal(DeliveryState.Queued, (await desk.MessagesAsync(first.TicketId)).Single(m => m.Id == ours.Id).Delivery);
    }

    [Fact]
    public async Task An_out_of_office_is_kept_beside_its_ticket_and_moves_nothing()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var ours = await desk.AnswerAsync(first.TicketId);
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(first.TicketId!.Value) { Status = TicketStatus.Solved }, Ct);

        var away = await desk.ReceiveAsync(Mails.Of(subject: "自动回复: 导出失败", body: "我在休假，10 日回来。", id: "<ooo@example.com>",
            headers: ["Auto-Submitted: auto-replied", $"In-Reply-To: <{ours.InternetId}>"]));

        Assert.Equal(MailOutcome.AutoReply, away.Outcome);
        Assert.Equal(first.TicketId, away.TicketId);
        Assert.False(away.WouldAutoReply);
        Assert.Equal(TicketStatus.Solved, (await desk.TicketAsync(first.TicketId)).Status);
        Assert.Contains(TicketEventKind.AutoReplied, await desk.EventsAsync(first.TicketId));
        Assert.Equal(MessageKind.System, (await desk.MessagesAsync(first.TicketId)).Single(m => m.Id == away.MessageId).Kind);
    }

    [Fact]
    public async Task An_out_of_office_that_answers_nothing_of_ours_stays_in_the_ledger()
    {
        await using var desk = new DeskApp();
        var away = await desk.ReceiveAsync(Mails.Of(subject: "Out of office", headers: "Auto-Submitted: auto-replied"));
        Assert.Equal(MailOutcome.AutoReply, away.Outcome);
        Assert.Null(away.TicketId);
        Assert.Equal(0, await desk.TicketCountAsync());
    }

    [Fact]
    public async Task A_mailing_list_makes_no_ticket_until_somebody_asks()
    {
        await using var desk = new DeskApp();
        var list = await desk.ReceiveAsync(Mails.Of(headers: ["List-Id: News <news.example.org>", "List-Unsubscribe: <https://example.org/u>", "Precedence: list"]));
        Assert.Equal(MailOutcome.List, list.Outcome);
        Assert.Equal(0, await desk.TicketCountAsync());

        var asked = await desk.Get<RunMailAgain>().RunAsync(desk.Founder, list.Id, Ct);
        Assert.Equal(MailOutcome.Created, asked.Value.Outcome);
        Assert.False(asked.Value.WouldAutoReply);

        var twice = await desk.Get<RunMailAgain>().RunAsync(desk.Founder, list.Id, Ct);
        Assert.Equal(asked.Value.TicketId, twice.Value.TicketId);
        Assert.Equal(1, await desk.TicketCountAsync());
    }

    [Fact]
    public async Task What_was_taken_for_a_machine_or_a_copy_becomes_what_the_customer_said_when_somebody_asks()
    {
        await using var desk = new DeskApp();
        var first = await desk.ReceiveAsync(Mails.Of());
        var machine = await desk.ReceiveAsync(Mails.Of(id: "<2@example.com>", body: "I wrote this myself.", headers: ["In-Reply-To: <first@example.com>", "Auto-Submitted: auto-replied"]));
        Assert.Equal((MailOutcome.AutoReply, first.TicketId), (machine.Outcome, machine.TicketId));
        var copy = await desk.ReceiveAsync("Received: by another\r\n" + Mails.Of());
        Assert.Equal(MailOutcome.Duplicate, copy.Outcome);
        var ledger = (await desk.Get<ListMail>().RunAsync(new(null, null), Ct)).Items;
        Assert.Equal([true, true, false], ledger.OrderByDescending(r => r.Id).Select(r => r.CanRunAgain));

        foreach (var (aside, outcome) in new[] { (machine, MailOutcome.Appended), (copy, MailOutcome.Created) })
        {
            var asked = await desk.Get<RunMailAgain>().RunAsync(desk.Founder, aside.Id, Ct);
            Assert.Equal((outcome, outcome == MailOutcome.Appended), (asked.Value.Outcome, asked.Value.TicketId == first.TicketId));
            var twice = await desk.Get<RunMailAgain>().RunAsync(desk.Founder, aside.Id, Ct);
            Assert.Equal(asked.Value.MessageId, twice.Value.MessageId);
        }

        Assert.Equal(2, (await desk.MessagesAsync(first.TicketId)).Count(m => m.Kind == MessageKind.Inbound));
        Assert.Equal(2, await desk.TicketCountAsync());
    }

    [Fact]
    public async Task A_group_address_of_our_own_brings_requests()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var filed = await desk.ReceiveAsync(Mails.Of(to: "support@driftnote.app", headers: ["List-Id: <support.driftnote.app>", "Precedence: list"]));
        Assert.Equal(MailOutcome.Created, filed.Outcome);
    }

    [Fact]
    public async Task Spam_goes_to_the_spam_list_and_gets_no_answer()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var spam = await desk.ReceiveAsync(Mails.Of(headers: "X-Spam-Flag: YES"));
        Assert.Equal(MailOutcome.Spam, spam.Outcome);
        var ticket = await desk.TicketAsync(spam.TicketId);
        Assert.Equal(TicketQueue.Spam, ticket.Queue);
        Assert.DoesNotContain(TicketEventKind.Acknowledged, await desk.EventsAsync(spam.TicketId));
    }

    [Fact]
    public async Task A_customer_in_a_ticket_is_heard_even_when_a_spam_filter_objects()
    {
        await using var desk = new DeskApp();
        var first = await desk.ReceiveAsync(Mails.Of());
        var second = await desk.ReceiveAsync(Mails.Of(id: "<2@example.com>", headers: ["X-Spam-Flag: YES", "In-Reply-To: <first@example.com>"]));
        Assert.Equal(MailOutcome.Appended, second.Outcome);
        Assert.Equal(first.TicketId, second.TicketId);
    }

    [Fact]
    public async Task A_blocked_customer_has_one_spam_ticket()
    {
        await using var desk = new DeskApp();
        await desk.ReceiveAsync(Mails.Of());
        await desk.ReadAsync(async db =>
        {
            (await db.Set<Customer>().SingleAsync(Ct)).Blocked = true;
            return await db.SaveChangesAsync(Ct);
        });

        var one = await desk.ReceiveAsync(Mails.Of(id: "<2@example.com>", body: "又来了"));
        var two = await desk.ReceiveAsync(Mails.Of(id: "<3@example.com>", body: "还来"));

        Assert.Equal(MailOutcome.Spam, one.Outcome);
        Assert.Equal(one.TicketId, two.TicketId);
        Assert.True((await desk.TicketAsync(one.TicketId)).Spam);
    }

    [Fact]
    public async Task A_machine_with_something_to_tell_makes_a_ticket_and_gets_no_answer()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var filed = await desk.ReceiveAsync(Mails.Of(from: "Pay <no-reply@pay.example>", subject: "Payment failed"));
        Assert.Equal(MailOutcome.Created, filed.Outcome);
        Assert.False(filed.WouldAutoReply);
        Assert.Contains(TicketEventKind.Withheld, await desk.EventsAsync(filed.TicketId));
    }

    [Fact]
    public async Task A_contact_form_that_writes_from_our_own_address_is_its_senders_request()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var filed = await desk.ReceiveAsync(Mails.Of(from: $"Website <{Mails.Desk}>", headers: "Reply-To: Ann <ann@example.net>"));
        var ticket = await desk.TicketAsync(filed.TicketId);
        var customer = await desk.ReadAsync(db => db.Set<CustomerAddress>().Where(a => a.CustomerId == ticket.CustomerId).Select(a => a.Normal).SingleAsync(Ct));
        Assert.Equal("ann@example.net", customer);
    }

    [Fact]
    public async Task What_we_sent_ourselves_is_on_record_already()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var ours = await desk.AnswerAsync(first.TicketId);
        var echo = await desk.ReceiveAsync(Mails.Of(from: Mails.Desk, to: Mails.Lin, id: $"<{ours.InternetId}>"));
        Assert.Equal(MailOutcome.Skipped, echo.Outcome);
        Assert.Equal(1, await desk.TicketCountAsync());
    }

    private static string Bounce(string id) => $"""
        From: MAILER-DAEMON@mx.example.com
        To: {Mails.Desk}
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <bounce-{Guid.CreateVersion7():N}@mx.example.com>
        Date: Mon, 05 Jan 2026 09:10:00 +0800
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        The mail could not be delivered.

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.com

        Final-Recipient: rfc822; {Mails.Lin}
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 User unknown

        --b
        Content-Type: text/rfc822-headers

        From: {Mails.Desk}
        To: {Mails.Lin}
        Subject: Re: x
        Message-ID: <{id}>

        --b--
        """.ReplaceLineEndings("\r\n");
}
