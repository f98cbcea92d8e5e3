using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Customers;

/// <summary>
/// Two customers who are one person become one: tickets, addresses, tags and attributes go to the one that stays, what it lacks is taken
/// over, what both have stays as it was there. The other remains as a pointer, so that old links still arrive.
/// </summary>
[UseCase]
public sealed class MergeCustomers(DeskWriter writer, TimeProvider clock)
{
    /// <param name="From">The customer who goes.</param>
    /// <param name="Into">The customer who stays.</param>
    public sealed record Request(Guid From, Guid Into);

    public async Task<Result<Done>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (request.From == request.Into)
        {
            return new Problem("customer.merge_self") { Field = "into" };
        }

        return await writer.RunAsync<Done>(async db =>
        {
            var from = await db.Set<Customer>().Include(c => c.Addresses).SingleOrDefaultAsync(c => c.Id == request.From, ct);
            var into = await db.Set<Customer>().Include(c => c.Addresses).SingleOrDefaultAsync(c => c.Id == request.Into, ct);
            if (from is null || into is null)
            {
                return Problem.NotFound("customer");
            }

            if (from.MergedIntoId is not null || into.MergedIntoId is not null)
            {
                return new Problem("customer.merged_already");
            }

            await MoveTicketsAsync(db, actor, from, into, ct);
            MoveAddresses(db, from, into);
            TakeOver(from, into);
            from.MergedIntoId = into.Id;
            from.TicketCount = 0;
            from.Version++;
            into.Version++;

            // Whoever was merged into the one that goes now arrives here as well.
            await db.Set<Customer>().Where(c => c.MergedIntoId == from.Id).ExecuteUpdateAsync(s => s.SetProperty(c => c.MergedIntoId, into.Id), ct);
            return Done.It;
        }, ct);
    }

    private async Task MoveTicketsAsync(DeskDb db, Actor actor, Customer from, Customer into, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var ticket in await db.Set<Ticket>().Where(t => t.CustomerId == from.Id).ToListAsync(ct))
        {
            ticket.CustomerId = into.Id;
            ticket.OrganizationId ??= into.OrganizationId;
            ticket.UpdatedAt = now;
            ticket.Version++;
            db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.RequesterChanged, from.Name, into.Name));
        }
    }

    private static void MoveAddresses(DeskDb db, Customer from, Customer into)
    {
        foreach (var address in from.Addresses.ToList())
        {
            from.Addresses.Remove(address);
            address.CustomerId = into.Id;
            address.Primary = address.Primary && into.Addresses.All(a => a.Kind != address.Kind || !a.Primary);
            into.Addresses.Add(address);
            db.Entry(address).State = EntityState.Modified;
        }
    }

    private static void TakeOver(Customer from, Customer into)
    {
        // A name that is only an address gives way to a real one.
        if (into.Addresses.Any(a => a.Value == into.Name) && into.Addresses.All(a => a.Value != from.Name))
        {
            into.Name = from.Name;
        }

        into.Language ??= from.Language;
        into.TimeZone ??= from.TimeZone;
        into.OrganizationId ??= from.OrganizationId;
        into.Note = string.Join("\n\n", new[] { into.Note, from.Note }.Where(n => n.Length > 0).Distinct());
        into.Tags = [.. into.Tags.Union(from.Tags, StringComparer.OrdinalIgnoreCase)];
        into.Attributes = from.Attributes.Where(a => !into.Attributes.ContainsKey(a.Key)).Concat(into.Attributes).ToDictionary(a => a.Key, a => a.Value);
        into.YearlyValue = into.YearlyValue is null && from.YearlyValue is null ? null : (into.YearlyValue ?? 0) + (from.YearlyValue ?? 0);
        into.RenewsAt ??= from.RenewsAt;
        into.Vip |= from.Vip;
        // Whom the desk does not listen to cannot come in again by being joined to somebody.
        into.Blocked |= from.Blocked;
        into.SeenAt = into.SeenAt > from.SeenAt ? into.SeenAt : from.SeenAt;
        into.TicketCount += from.TicketCount;
    }
}
