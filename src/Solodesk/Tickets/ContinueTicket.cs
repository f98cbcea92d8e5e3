using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>
/// Finds where an answer of the customer belongs: in the ticket itself, or, when that was closed long ago, in a new one that is linked to it.
/// Runs inside the caller's transaction.
/// </summary>
[UseCase]
public sealed class ContinueTicket(Conversation conversation, Settings settings, TimeProvider clock)
{
    public async Task<Ticket> ForAnswerAsync(DeskDb db, Ticket ticket, Actor customer, string channel, CancellationToken ct)
    {
        if (!IsLongClosed(ticket, await settings.ReadAsync<PromiseSettings>(ct), clock.GetUtcNow()))
        {
            return ticket;
        }

        var next = await conversation.OpenAsync(db, customer, new NewTicket(ticket.Subject, ticket.CustomerId, channel)
        {
            OrganizationId = ticket.OrganizationId,
            MailboxId = ticket.MailboxId,
            CategoryId = ticket.CategoryId,
            Type = ticket.Type,
            AssigneeId = ticket.AssigneeId,
            Language = ticket.Language,
            FollowUpOfId = ticket.Id,
        }, ct);
        var now = clock.GetUtcNow();
        db.Add(TicketEvent.Of(next, customer, now, TicketEventKind.Linked, to: $"#{ticket.Number}"));
        db.Add(TicketEvent.Of(ticket, customer, now, TicketEventKind.Linked, to: $"#{next.Number}"));
        return next;
    }

    public static bool IsLongClosed(Ticket ticket, PromiseSettings promise, DateTimeOffset now)
        => ticket is { Status: TicketStatus.Closed, ClosedAt: { } closed } && closed.AddDays(promise.FollowUpAfterDays) < now;
}
