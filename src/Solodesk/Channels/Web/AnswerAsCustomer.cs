using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Channels.Web;

/// <summary>What the customer does on their own page: say more, call it solved, or take that back. The token is the permission.</summary>
[UseCase]
internal sealed class AnswerAsCustomer(DeskWriter writer, Conversation conversation, ContinueTicket continues, Promises promises, TimeProvider clock)
{
    /// <summary>Adds what they said; gives back the token of the ticket that it went to.</summary>
    public Task<Result<string>> SayAsync(string token, string text, IReadOnlyList<Guid> attachments, CancellationToken ct)
        => ActAsync(token, async (db, ticket, customer) =>
        {
            if (string.IsNullOrWhiteSpace(text) && attachments.Count == 0)
            {
                return new Problem("track.empty") { Field = "message" };
            }

            if (text.Length > ContactForm.LongestMessage)
            {
                return new Problem("contact.message_long", ContactForm.LongestMessage) { Field = "message" };
            }

            var actor = Actor.Customer(customer.Id, customer.Name);
            var target = await continues.ForAnswerAsync(db, ticket, actor, "web", ct);
            customer.TicketCount += target.MessageCount == 0 ? 1 : 0;
            var files = attachments.Count == 0 ? [] : await db.Set<Attachment>().Where(a => attachments.Contains(a.Id) && a.MessageId == null).ToListAsync(ct);
            await conversation.ReceiveAsync(db, target, actor, new NewMessage(MessageKind.Inbound, text.Trim())
            {
                Channel = "web",
                Language = target.Language,
                Attachments = files,
            }, ct);
            return target.TrackingToken;
        }, ct);

    /// <summary>Calls it solved; a second time, when it was solved, closes it.</summary>
    public Task<Result<string>> SettleAsync(string token, CancellationToken ct)
        => ActAsync(token, (db, ticket, customer) =>
        {
            if (ticket.Status is not TicketStatus.Closed)
            {
                var before = ticket.Status;
                var now = clock.GetUtcNow();
                ticket.SetStatus(before is TicketStatus.Solved ? TicketStatus.Closed : TicketStatus.Solved, now);
                ticket.WaitingSince = null;
                Note(db, ticket, customer, TicketEventKind.StatusChanged, before, now);
            }

            return Task.FromResult<Result<string>>(ticket.TrackingToken);
        }, ct);

    /// <summary>Says that it is not solved after all.</summary>
    public Task<Result<string>> ReopenAsync(string token, CancellationToken ct)
        => ActAsync(token, async (db, ticket, customer) =>
        {
            if (ticket.Status is TicketStatus.Solved)
            {
                var before = ticket.Status;
                var now = clock.GetUtcNow();
                ticket.SetStatus(TicketStatus.Open, now);
                ticket.WaitingSince = now;
                ticket.Unread = true;
                await promises.ResumeAsync(ticket, before, ct);
                Note(db, ticket, customer, TicketEventKind.Reopened, before, now);
            }

            return ticket.TrackingToken;
        }, ct);

    private static void Note(DeskDb db, Ticket ticket, Customer customer, TicketEventKind kind, TicketStatus before, DateTimeOffset now)
    {
        ticket.UpdatedAt = now;
        ticket.Version++;
        db.Add(TicketEvent.Of(ticket, Actor.Customer(customer.Id, customer.Name), now, kind, before.ToString(), ticket.Status.ToString()));
    }

    private Task<Result<string>> ActAsync(string token, Func<DeskDb, Ticket, Customer, Task<Result<string>>> act, CancellationToken ct)
        => writer.RunAsync<string>(async db =>
        {
            if (await ReadTracking.FindAsync(db, token, ct) is not { } found)
            {
                return Problem.NotFound("ticket");
            }

            var ticket = await db.Set<Ticket>().SingleAsync(t => t.Id == found.Id, ct);
            var customer = await db.Set<Customer>().SingleAsync(c => c.Id == ticket.CustomerId, ct);
            customer.SeenAt = clock.GetUtcNow();
            return await act(db, ticket, customer);
        }, ct);
}
