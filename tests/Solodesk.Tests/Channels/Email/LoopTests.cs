using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tests.House;
using Solodesk.Tickets;

namespace Solodesk.Tests.Channels.Email;

/// <summary>The caps on what the desk mails by itself, whoever asks for it, and machines that answer everything.</summary>
public sealed class LoopTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_writes_three_times_an_hour_all_day_is_answered_twelve_times()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        for (var i = 0; i < 30; i++)
        {
            await desk.ReceiveAsync(Mails.Of(from: "desk@other.example", subject: $"Request {i}", id: $"<{i}@other.example>"));
            desk.Clock.Advance(TimeSpan.FromMinutes(21));
        }

        Assert.Equal(12, await AutomaticAsync(desk));
    }

    [Fact]
    public async Task Another_address_is_answered_all_the_same()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        for (var i = 0; i < 6; i++)
        {
            await desk.ReceiveAsync(Mails.Of(from: "desk@other.example", subject: $"Request {i}", id: $"<{i}@other.example>"));
        }

        Assert.Equal(4, await AutomaticAsync(desk));
        await desk.ReceiveAsync(Mails.Of());
        Assert.Equal(5, await AutomaticAsync(desk));
    }

    [Fact]
    public async Task A_desk_that_answers_from_a_new_tag_each_time_is_one_mailbox()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        for (var i = 0; i < 30; i++)
        {
            await desk.ReceiveAsync(Mails.Of(from: $"support+id{i}@other.example", subject: $"Request {i} received", id: $"<{i}@other.example>"));
            desk.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal(4, await AutomaticAsync(desk));
        await desk.ReceiveAsync(Mails.Of(from: "sales+id1@other.example", id: "<s@other.example>"));
        Assert.Equal(5, await AutomaticAsync(desk));
    }

    [Fact]
    public async Task About_one_ticket_no_more_is_mailed_than_its_cap_whoever_asks_for_it()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        var first = await desk.ReceiveAsync(Mails.Of());
        var carried = new List<bool>();
        for (var i = 0; i < 5; i++)
        {
            carried.Add(await SayAutomaticallyAsync(desk, first.TicketId!.Value, $"Reminder {i}"));
            desk.Clock.Advance(TimeSpan.FromHours(1.5));
        }

        // The confirmation was the first of the three.
        Assert.Equal([true, true, false, false, false], carried);
        Assert.Equal(3, await AutomaticAsync(desk));
        Assert.False((await desk.ReceiveAsync(Mails.Of(id: "<2@example.com>", headers: "In-Reply-To: <first@example.com>"))).WouldAutoReply);

        // A person's own answer is nobody's loop.
        var answer = await desk.AnswerAsync(first.TicketId, "Here I am.");
        Assert.Equal(DeliveryState.Queued, answer.Delivery);
    }

    [Fact]
    public async Task The_owner_sets_the_caps()
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        await desk.Get<Settings>().SaveAsync(new MailSettings { AutomaticPerHour = 1 }, Ct);
        await desk.ReceiveAsync(Mails.Of());
        await desk.ReceiveAsync(Mails.Of(id: "<2@example.com>", subject: "另一件事", body: "发票怎么开？"));
        Assert.Equal(1, await AutomaticAsync(desk));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Something_that_answers_every_mail_falls_silent_by_itself(bool keepsThread)
    {
        await using var desk = new DeskApp();
        await desk.AddMailboxAsync();
        await desk.ReceiveAsync(Mails.Of(from: "echo@other.example", id: "<0@other.example>"));
        var (echoed, rounds) = (0, 0);
        while (await SendAsync(desk) is { Count: > 0 } sent)
        {
            Assert.True(++rounds < 50, "the loop does not end");
            foreach (var message in sent)
            {
                // Everything comes back as if a person had typed it.
                string[] thread = keepsThread ? [$"In-Reply-To: <{message.InternetId}>"] : [];
                await desk.ReceiveAsync(Mails.Of(from: "echo@other.example", subject: $"Noted {echoed}", body: message.Body, id: $"<e{echoed++}@other.example>", date: null, headers: thread));
            }

            desk.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(echoed, 1, 4);
        // Nor does it begin again when the hour is over and nobody has written.
        desk.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Empty(await SendAsync(desk));
    }

    [Fact]
    public void Nothing_reaches_the_outbox_but_through_the_carrier_that_asks_and_the_post_to_agents()
        => Assert.Equal(["src/Solodesk/Channels/Email/EmailCarrier.cs", "src/Solodesk/Channels/Email/EmailPost.cs"],
            Repository.ProductSources(".cs").Where(f => File.ReadAllText(f).Contains("new OutgoingMail", StringComparison.Ordinal)).Select(Repository.Short).Order(StringComparer.Ordinal));

    [Fact]
    public void The_desks_own_letters_go_to_agents_only()
        => Assert.Equal(["src/Solodesk/Notifications/Digest/ReadDigest.cs"],
            Repository.ProductSources(".cs").Where(f => File.ReadAllText(f).Contains("new DeskLetter", StringComparison.Ordinal)).Select(Repository.Short).Order(StringComparer.Ordinal));

    /// <summary>As a part of the desk would that speaks by itself: a reminder, a question whether it helped.</summary>
    private static async Task<bool> SayAutomaticallyAsync(DeskApp desk, Guid id, string body)
    {
        var carried = false;
        await desk.Get<DeskWriter>().RunAsync<Done>(async db =>
        {
            var ticket = await db.Set<Ticket>().SingleAsync(t => t.Id == id, Ct);
            var customer = await db.Set<Customer>().Include(c => c.Addresses).SingleAsync(c => c.Id == ticket.CustomerId, Ct);
            var message = await desk.Get<Conversation>().AnswerAsync(db, ticket, Actor.System, new NewMessage(MessageKind.Reply, body) { Channel = "email", Automatic = true }, Ct);
            carried = await desk.Get<EmailCarrier>().CarryAsync(db, ticket, message, customer, Ct);
            return Done.It;
        }, Ct);
        return carried;
    }

    private static Task<List<Message>> SendAsync(DeskApp desk) => desk.ReadAsync(async db =>
    {
        var queued = await db.Set<OutgoingMail>().Where(m => m.State == DeliveryState.Queued).ToListAsync(Ct);
        queued.ForEach(m => m.State = DeliveryState.Sent);
        await db.SaveChangesAsync(Ct);
        var ids = queued.Select(m => m.MessageId).ToList();
        return await db.Set<Message>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(Ct);
    });

    private static Task<int> AutomaticAsync(DeskApp desk) => desk.ReadAsync(db => db.Set<OutgoingMail>().CountAsync(m => m.Automatic, Ct));
}
