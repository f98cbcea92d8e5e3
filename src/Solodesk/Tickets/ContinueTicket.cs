using Microsoft.EntityFrameworkCore;
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
    private const int MostHops = 20;

    /// <summary>The ticket that the answer joins: this one, the follow-up that it already goes on in, or a new one.</summary>
    public async Task<Ticket> ForAnswerAsync(DeskDb db, Ticket ticket, Actor customer, string channel, CancellationToken ct)
    {
        var (open, over) = await FindAsync(db, ticket, ct);
        return open ?? await FollowUpAsync(db, over, customer, new NewTicket(over.Subject, over.CustomerId, channel)
        {
            OrganizationId = over.OrganizationId,
            MailboxId = over.MailboxId,
            CategoryId = over.CategoryId,
            Type = over.Type,
            AssigneeId = over.AssigneeId,
            Language = over.Language,
        }, ct);
    }

    /// <summary>
    /// Follows a matter that was closed long ago to the follow-up it goes on in. <c>Open</c> is null when none takes answers any more;
    /// <c>Over</c> is then the ticket that a new follow-up goes on from.
    /// </summary>
    public async Task<(Ticket? Open, Ticket Over)> FindAsync(DeskDb db, Ticket ticket, CancellationToken ct)
    {
        var promise = await settings.ReadAsync<PromiseSettings>(ct);
        for (var hop = 0; IsLongClosed(ticket, promise, clock.GetUtcNow()); hop++)
        {
            var last = ticket;
            var heir = hop == MostHops ? null : await db.Set<Ticket>()
                .Where(t => t.CustomerId == last.CustomerId && t.FollowUpOfId == last.Id).OrderByDescending(t => t.Number).FirstOrDefaultAsync(ct);
            for (var merged = 0; heir?.MergedIntoId is { } target && merged < MostHops; merged++)
            {
                heir = await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == target && t.CustomerId == last.CustomerId, ct);
            }

            if (heir is null || heir.Id == last.Id)
            {
                return (null, last);
            }

            ticket = heir;
        }

        return (ticket, ticket);
    }

    /// <summary>Opens the follow-up of a ticket that is over, and links the two.</summary>
    public async Task<Ticket> FollowUpAsync(DeskDb db, Ticket over, Actor customer, NewTicket request, CancellationToken ct)
    {
        var next = await conversation.OpenAsync(db, customer, request with { FollowUpOfId = over.Id }, ct);
        var now = clock.GetUtcNow();
        db.Add(TicketEvent.Of(next, customer, now, TicketEventKind.Linked, to: $"#{over.Number}"));
        db.Add(TicketEvent.Of(over, customer, now, TicketEventKind.Linked, to: $"#{next.Number}"));
        return next;
    }

    public static bool IsLongClosed(Ticket ticket, PromiseSettings promise, DateTimeOffset now)
        => ticket is { Status: TicketStatus.Closed, ClosedAt: { } closed } && closed.AddDays(promise.FollowUpAfterDays) < now;
}
