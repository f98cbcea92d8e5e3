using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>What the desk answers by itself, and that it stops.</summary>
public sealed class AcknowledgementTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_request_is_confirmed_with_the_time_of_an_answer_and_stays_with_us()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();

        var filed = await desk.ReceiveAsync(Mails.Of());

        Assert.True(filed.WouldAutoReply);
        var confirmation = (await desk.MessagesAsync(filed.TicketId)).Single(m => m.Automatic);
        Assert.Contains("林晓棠", confirmation.Body, StringComparison.Ordinal);
        Assert.Contains($"#{filed.TicketNumber}", confirmation.Body, StringComparison.Ordinal);
        Assert.Contains("今天 17:00 前（UTC+8）", confirmation.Body, StringComparison.Ordinal); // eight working hours after Monday 9:00
        Assert.Equal(DeliveryState.Queued, confirmation.Delivery);
        Assert.Equal([Mails.Lin], confirmation.To);
        var ticket = await desk.TicketAsync(filed.TicketId);
        Assert.Equal(TicketStatus.New, ticket.Status);
        Assert.NotNull(ticket.FirstResponseDueAt);
    }

    [Fact]
    public async Task The_owners_own_words_are_used_and_links_of_strangers_are_not()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        await desk.Get<Data.Settings>().SaveAsync(new MailSettings { AcknowledgementTexts = new Dictionary<string, string> { ["en"] = "Dear {name}, got it: {subject}" } }, Ct);

        var filed = await desk.ReceiveAsync(Mails.Of(from: "Win at http://evil.example <victim@example.net>", subject: "Look here [now](http://evil.example)", body: "Please have a look at this offer, it is very good."));

        var confirmation = (await desk.MessagesAsync(filed.TicketId)).Single(m => m.Automatic);
        Assert.Equal("Dear , got it: ", confirmation.Body);
    }

    [Fact]
    public async Task An_answer_to_a_ticket_is_not_confirmed_again()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        await desk.ReceiveAsync(Mails.Of(id: "<2@example.com>", headers: "In-Reply-To: <first@example.com>"));
        Assert.Single(await desk.MessagesAsync(first.TicketId), m => m.Automatic);
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        await desk.Get<Data.Settings>().SaveAsync(new MailSettings { Acknowledge = false }, Ct);
        var filed = await desk.ReceiveAsync(Mails.Of());
        Assert.DoesNotContain(await desk.MessagesAsync(filed.TicketId), m => m.Automatic);
    }

    [Fact]
    public async Task Mail_of_our_own_address_is_never_confirmed()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var filed = await desk.ReceiveAsync(Mails.Of(from: Mails.Desk));
        Assert.Equal(MailOutcome.Created, filed.Outcome);
        Assert.False(filed.WouldAutoReply);
        Assert.DoesNotContain(await desk.MessagesAsync(filed.TicketId), m => m.Automatic);
    }

    [Fact]
    public async Task A_machine_that_answers_every_confirmation_with_a_new_mail_hears_four_an_hour()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        for (var i = 0; i < 30; i++)
        {
            // It marks nothing, answers nothing we could recognise, and never tires.
            var filed = await desk.ReceiveAsync(Mails.Of(from: "desk@other.example", subject: $"Request {i} received", body: $"We have your request {i}.", id: $"<{i}@other.example>"));
            Assert.Equal(MailOutcome.Created, filed.Outcome);
            Assert.Equal(i < 4, filed.WouldAutoReply);
            desk.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal(4, await AutomaticAsync(desk));
        Assert.Equal(30, await desk.TicketCountAsync());

        desk.Clock.Advance(TimeSpan.FromHours(2));
        var later = await desk.ReceiveAsync(Mails.Of(from: "desk@other.example", id: "<later@other.example>", body: "later"));
        Assert.True(later.WouldAutoReply);
    }

    [Fact]
    public async Task Two_desks_that_answer_each_other_stop()
    {
        await using var one = new DeskApp();
        await using var two = new DeskApp();
        await one.AddMailboxAsync("desk@one.example");
        await two.AddMailboxAsync("desk@two.example");

        // The worst case: a gateway between them strips every header that tells a machine, and the thread.
        await one.ReceiveAsync(Mails.Of(from: "desk@two.example", to: "desk@one.example", body: "It begins.", id: "<0@x>"));
        var sent = 1;
        for (var round = 0; round < 40; round++)
        {
            sent += await CarryAsync(one, "desk@one.example", two, "desk@two.example", round) + await CarryAsync(two, "desk@two.example", one, "desk@one.example", round);
        }

        Assert.InRange(sent, 2, 10);
    }

    /// <summary>Hands what one desk has queued since the last time over to the other, as new mails without a past.</summary>
    private static async Task<int> CarryAsync(DeskApp from, string sender, DeskApp to, string receiver, int round)
    {
        var bodies = await from.ReadAsync(async db =>
        {
            var queued = await db.Set<OutgoingMail>().Where(m => m.State == DeliveryState.Queued).ToListAsync(Ct);
            queued.ForEach(m => m.State = DeliveryState.Sent);
            await db.SaveChangesAsync(Ct);
            var ids = queued.Select(m => m.MessageId).ToList();
            return await db.Set<Message>().Where(m => ids.Contains(m.Id)).Select(m => m.Body).ToListAsync(Ct);
        });
        foreach (var body in bodies)
        {
            await to.ReceiveAsync(Mails.Of(from: sender, to: receiver, body: body, id: $"<{Guid.CreateVersion7():N}@x>", date: null, subject: $"{round}"));
        }

        return bodies.Count;
    }

    private static Task<int> AutomaticAsync(DeskApp desk) => desk.ReadAsync(db => db.Set<OutgoingMail>().CountAsync(m => m.Automatic, Ct));
}
