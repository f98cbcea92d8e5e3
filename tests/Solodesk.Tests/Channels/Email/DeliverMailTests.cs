using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Solodesk.Channels.Email;
using Solodesk.Customers;
using Solodesk.Mail.Smtp;
using Solodesk.Tests.Api;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>The states of the outbox.</summary>
public sealed class DeliverMailTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_one_of_two_nodes_gets_a_mail_and_a_dead_ones_claim_runs_out()
    {
        await using var desk = new DeskApp();
        await WithoutOutboxAsync(desk); // It would be a third node.
        var (mailbox, _) = await QueuedAsync(desk);

        var claims = await Task.WhenAll(desk.Get<DeliverMail>().ClaimAsync(mailbox, Ct), desk.Get<DeliverMail>().ClaimAsync(mailbox, Ct));
        Assert.Single(claims, c => c is not null);

        desk.Clock.Advance(DeliverMail.Claim + TimeSpan.FromSeconds(1));
        Assert.NotNull(await desk.Get<DeliverMail>().ClaimAsync(mailbox, Ct));
    }

    [Fact]
    public async Task Accepted_is_sent()
    {
        await using var desk = new DeskApp();
        var (_, mail) = await QueuedAsync(desk);

        await desk.Get<DeliverMail>().SettleAsync(mail.Id, Said(250, "OK"), Ct);

        var message = await MessageAsync(desk, mail);
        Assert.Equal(DeliveryState.Sent, message.Delivery);
        Assert.NotNull(message.DeliveredAt);
        Assert.Contains(TicketEventKind.Sent, await desk.EventsAsync(mail.TicketId));
    }

    [Fact]
    public async Task Refused_for_good_fails_at_once_and_shows_on_the_ticket()
    {
        await using var desk = new DeskApp();
        var (_, mail) = await QueuedAsync(desk);

        await desk.Get<DeliverMail>().SettleAsync(mail.Id, Said(550, "No such user"), Ct);

        var message = await MessageAsync(desk, mail);
        Assert.Equal(DeliveryState.Failed, message.Delivery);
        Assert.Contains("No such user", message.DeliveryProblem, StringComparison.Ordinal);
        Assert.True((await desk.TicketAsync(mail.TicketId)).DeliveryFailed);
        Assert.Contains(TicketEventKind.SendFailed, await desk.EventsAsync(mail.TicketId));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_did_not_arrive_calls_until_it_arrives_or_is_dealt_with(bool sentAgain)
    {
        await using var desk = new DeskApp();
        var (mailbox, mail) = await QueuedAsync(desk);
        await desk.Get<DeliverMail>().SettleAsync(mail.Id, Said(550, "No such user"), Ct);
        Assert.True((await desk.TicketAsync(mail.TicketId)).DeliveryFailed);

        if (sentAgain)
        {
            var id = Guid.CreateVersion7();
            await desk.ReadAsync(async db =>
            {
                db.Add(new Message { Id = id, TicketId = mail.TicketId, Kind = MessageKind.Reply, AuthorName = "周野", Channel = "email", Body = "再发一次", CreatedAt = desk.Clock.GetUtcNow(), Delivery = DeliveryState.Queued, To = { Mails.Lin } });
                db.Add(new OutgoingMail { Id = id, MessageId = id, TicketId = mail.TicketId, MailboxId = mailbox, Recipients = [Mails.Lin], CreatedAt = desk.Clock.GetUtcNow(), DueAt = desk.Clock.GetUtcNow() });
                return await db.SaveChangesAsync(Ct);
            });
            await desk.Get<DeliverMail>().SettleAsync(id, Said(250, "OK"), Ct);
        }
        else
        {
            Assert.True((await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(mail.TicketId) { Status = TicketStatus.Solved }, Ct)).Ok);
        }

        Assert.False((await desk.TicketAsync(mail.TicketId)).DeliveryFailed);
    }

    [Fact]
    public async Task Put_off_is_tried_with_growing_pauses_for_four_days()
    {
        await using var desk = new DeskApp();
        var (mailbox, mail) = await QueuedAsync(desk);
        var pauses = new List<TimeSpan>();
        for (var i = 0; i < 60; i++)
        {
            await desk.Get<DeliverMail>().SettleAsync(mail.Id, Said(451, "Later"), Ct);
            var message = await MessageAsync(desk, mail);
            if (message.Delivery == DeliveryState.Failed)
            {
                break;
            }

            Assert.Equal(DeliveryState.Queued, message.Delivery);
            pauses.Add(message.RetryAt!.Value - desk.Clock.GetUtcNow());
            desk.Clock.Advance(pauses[^1]);
            Assert.Contains(mailbox, await desk.Get<DeliverMail>().DueMailboxesAsync(Ct));
        }

        Assert.Equal(pauses.Order(), pauses);
        Assert.InRange(pauses.Sum(p => p.TotalDays), 4, 4.5);
        Assert.StartsWith(MailProblems.GaveUp, (await MessageAsync(desk, mail)).DeliveryProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_recipients_only_the_one_put_off_is_tried_again()
    {
        await using var desk = new DeskApp();
        var (_, mail) = await QueuedAsync(desk, "boss@example.com");

        await desk.Get<DeliverMail>().SettleAsync(mail.Id, new SmtpSendResult(Reply(250, "OK"),
            [new(Mails.Lin, SmtpOutcome.Ok, Reply(250, "OK")), new("boss@example.com", SmtpOutcome.RetryLater, Reply(451, "Greylisted"))]), Ct);

        var left = await desk.ReadAsync(db => db.Set<OutgoingMail>().SingleAsync(m => m.Id == mail.Id, Ct));
        Assert.Equal(["boss@example.com"], left.Recipients);
        Assert.Equal(DeliveryState.Queued, left.State);
    }

    [Fact]
    public async Task What_failed_is_sent_again_from_the_ticket_once_the_address_is_mended()
    {
        await using var desk = new DeskApp();
        await WithoutOutboxAsync(desk);
        var (_, mail) = await QueuedAsync(desk);
        await desk.Get<DeliverMail>().SettleAsync(mail.Id, Said(550, "No such user"), Ct);
        var ticket = await desk.TicketAsync(mail.TicketId);
        Assert.True((await desk.Get<EditCustomer>().RunAsync(desk.Founder, new() { Id = ticket.CustomerId, Emails = ["lin@new.example"] }, Ct)).Ok);
        using var client = desk.Desk("en");
        var browser = new FormBrowser(client);
        await browser.OpenAsync($"/inbox/all/{ticket.Number}");
        Assert.Contains($"/messages/{mail.MessageId}/send-again", browser.Text, StringComparison.Ordinal);

        await browser.PostAsync($"/messages/{mail.MessageId}/send-again", ("back", $"/inbox/all/{ticket.Number}"));
        Assert.Equal($"/inbox/all/{ticket.Number}", browser.To);

        var lines = await desk.ReadAsync(db => db.Set<OutgoingMail>().AsNoTracking().Where(m => m.MessageId == mail.MessageId).OrderBy(m => m.CreatedAt).ToListAsync(Ct));
        Assert.Equal(["lin@new.example"], lines.Single(l => l.State == DeliveryState.Queued).Recipients);
        var message = await MessageAsync(desk, mail);
        Assert.Equal((DeliveryState.Queued, null), (message.Delivery, message.DeliveryProblem));
        Assert.False((await desk.TicketAsync(mail.TicketId)).DeliveryFailed);
        Assert.Contains(TicketEventKind.SentAgain, await desk.EventsAsync(mail.TicketId));
        // A second press finds it on its way.
        await browser.PostAsync($"/messages/{mail.MessageId}/send-again");
        Assert.Contains("is not sent twice", browser.Text, StringComparison.Ordinal);
        Assert.Equal(2, await desk.ReadAsync(db => db.Set<OutgoingMail>().CountAsync(m => m.MessageId == mail.MessageId, Ct)));
    }

    [Fact]
    public async Task Who_has_it_already_is_not_written_to_again()
    {
        await using var desk = new DeskApp();
        await WithoutOutboxAsync(desk);
        var (_, mail) = await QueuedAsync(desk, "boss@example.com");
        await desk.ReadAsync(db => db.Set<Message>().Where(m => m.Id == mail.MessageId).ExecuteUpdateAsync(m => m.SetProperty(x => x.Cc, new List<string> { "boss@example.com" }), Ct));
        var fine = Reply(250, "OK");
        var gone = Reply(550, "No such user");
        await desk.Get<DeliverMail>().SettleAsync(mail.Id, new SmtpSendResult(fine, [new(Mails.Lin, SmtpOutcome.Ok, fine), new("boss@example.com", SmtpOutcome.Permanent, gone)]), Ct);
        var program = await desk.ProgramAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await program.PostAsync($"/api/v1/messages/{mail.MessageId}/send-again", new { })).StatusCode);

        Assert.Equal(["boss@example.com"], await desk.ReadAsync(db => db.Set<OutgoingMail>().Where(m => m.MessageId == mail.MessageId && m.State == DeliveryState.Queued).Select(m => m.Recipients).SingleAsync(Ct)));
    }

    private static Task WithoutOutboxAsync(DeskApp desk) => desk.Services.GetServices<IHostedService>().OfType<OutboxService>().Single().StopAsync(Ct);

    private static async Task<(Guid Mailbox, OutgoingMail Mail)> QueuedAsync(DeskApp desk, string? cc = null)
    {
        // Written past the carrier, so that nothing wakes the outbox service of the test host.
        await desk.Get<Data.Settings>().SaveAsync(new MailSettings { Acknowledge = false }, Ct);
        var mailbox = await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var id = Guid.CreateVersion7();
        await desk.ReadAsync(async db =>
        {
            var ticket = await db.Set<Ticket>().SingleAsync(t => t.Id == first.TicketId, Ct);
            db.Add(new Message { Id = id, TicketId = ticket.Id, Kind = MessageKind.Reply, AuthorName = "周野", Channel = "email", Body = "好了", CreatedAt = desk.Clock.GetUtcNow(), Delivery = DeliveryState.Queued, To = { Mails.Lin } });
            db.Add(new OutgoingMail { Id = id, MessageId = id, TicketId = ticket.Id, MailboxId = mailbox, Recipients = cc is null ? [Mails.Lin] : [Mails.Lin, cc], CreatedAt = desk.Clock.GetUtcNow(), DueAt = desk.Clock.GetUtcNow() });
            return await db.SaveChangesAsync(Ct);
        });
        return (mailbox, await desk.ReadAsync(db => db.Set<OutgoingMail>().AsNoTracking().SingleAsync(m => m.Id == id, Ct)));
    }

    private static Task<Message> MessageAsync(DeskApp desk, OutgoingMail mail) => desk.ReadAsync(db => db.Set<Message>().AsNoTracking().SingleAsync(m => m.Id == mail.MessageId, Ct));

    private static SmtpSendResult Said(int code, string words)
    {
        var reply = Reply(code, words);
        return new SmtpSendResult(reply, [new(Mails.Lin, reply.Outcome, reply)]);
    }

    private static SmtpReply Reply(int code, string words) => new(code, [words]);
}
