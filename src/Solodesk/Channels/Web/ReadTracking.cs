using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Channels.Web;

/// <summary>What the customer's own page of a ticket shows: only what was said to them or by them.</summary>
[UseCase]
public sealed class ReadTracking(IDbContextFactory<DeskDb> dbs, Settings settings, TimeProvider clock)
{
    public const int Shown = 50;

    public sealed record View(Ticket Ticket, string Customer, string? Owner, string? Category, IReadOnlyList<Message> Messages, bool More, DateTimeOffset? PendingSince,
        bool OpensFollowUp, long? FollowUpOf, string? FollowUpToken);

    /// <summary>Null when the token opens nothing.</summary>
    public async Task<View?> RunAsync(string token, int shown, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await FindAsync(db, token, ct) is not { } ticket)
        {
            return null;
        }

        var messages = await db.Set<Message>().AsNoTracking().Include(m => m.Attachments.OrderBy(a => a.Id))
            .Where(m => m.TicketId == ticket.Id && (m.Kind == MessageKind.Inbound || m.Kind == MessageKind.Reply))
            .OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Take(shown + 1).ToListAsync(ct);
        var owner = await db.Set<Agent>().AsNoTracking().Where(a => a.Active && (ticket.AssigneeId == null || a.Id == ticket.AssigneeId)).OrderBy(a => a.Id).Select(a => a.Name).Take(2).ToListAsync(ct);
        var next = await db.Set<Ticket>().AsNoTracking().Where(t => t.FollowUpOfId == ticket.Id).OrderByDescending(t => t.Number).Select(t => t.TrackingToken).FirstOrDefaultAsync(ct);
        return new View(ticket,
            await db.Set<Customer>().Where(c => c.Id == ticket.CustomerId).Select(c => c.Name).SingleAsync(ct),
            owner is [var name] ? name : null,
            ticket.CategoryId is { } category ? await db.Set<Category>().Where(c => c.Id == category).Select(c => c.Name).SingleOrDefaultAsync(ct) : null,
            [.. messages.Take(shown)],
            messages.Count > shown,
            ticket.PausedAt,
            ContinueTicket.IsLongClosed(ticket, await settings.ReadAsync<PromiseSettings>(ct), clock.GetUtcNow()),
            ticket.FollowUpOfId is { } earlier ? await db.Set<Ticket>().Where(t => t.Id == earlier).Select(t => (long?)t.Number).SingleOrDefaultAsync(ct) : null,
            next);
    }

    /// <summary>The ticket of a token, or the one it was merged into when that is the same customer's.</summary>
    internal static async Task<Ticket?> FindAsync(DeskDb db, string token, CancellationToken ct)
    {
        var ticket = await db.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.TrackingToken == token, ct);
        for (var hops = 0; ticket?.MergedIntoId is { } target && hops < 10; hops++)
        {
            var customer = ticket.CustomerId;
            var heir = await db.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == target && t.CustomerId == customer, ct);
            if (heir is null)
            {
                break; // Merged into somebody else's ticket: what is said there is not theirs to read.
            }

            ticket = heir;
        }

        return ticket;
    }
}
