using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Customers;

/// <summary>One customer and everything that happened with them, newest first, across all their tickets and channels.</summary>
[UseCase]
public sealed class ReadCustomer(IDbContextFactory<DeskDb> dbs, IEnumerable<ICustomerMoments> others)
{
    private const int MostMoments = 60;

    public sealed record View(Customer Customer, Organization? Organization, IReadOnlyList<Moment> Timeline, IReadOnlyList<TicketRow> Open,
        IReadOnlyList<Colleague> Colleagues, IReadOnlyList<CustomField> Fields, bool More);

    /// <summary>One thing that happened: a message, or a change of a ticket that matters to the customer.</summary>
    public sealed record Moment(DateTimeOffset At, long Number, string Subject, MessageKind? Said, TicketEventKind? Happened, string Text, string Who, string Channel, string? Language);

    public sealed record Colleague(Guid Id, string Name, int TicketCount);

    public async Task<View?> RunAsync(Guid id, DateTimeOffset? before, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var customer = await db.Set<Customer>().AsNoTracking().Include(c => c.Addresses).SingleOrDefaultAsync(c => c.Id == id, ct);
        if (customer?.MergedIntoId is { } into)
        {
            // Old links still arrive.
            return await RunAsync(into, before, ct);
        }

        if (customer is null)
        {
            return null;
        }

        var moments = await MomentsAsync(db, id, before ?? DateTimeOffset.MaxValue.AddDays(-1), ct);
        return new View(
            customer,
            customer.OrganizationId is { } organization ? await db.Set<Organization>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == organization, ct) : null,
            [.. moments.Take(MostMoments)],
            await ListTickets.Project(db, db.Set<Ticket>().AsNoTracking().Where(t => t.CustomerId == id).StillOpen().OrderByDescending(t => t.Number).Take(20)).ToListAsync(ct),
            customer.OrganizationId is null ? [] : await db.Set<Customer>().AsNoTracking()
                .Where(c => c.OrganizationId == customer.OrganizationId && c.Id != id && c.MergedIntoId == null).OrderByDescending(c => c.SeenAt).Take(8)
                .Select(c => new Colleague(c.Id, c.Name, c.TicketCount)).ToListAsync(ct),
            await FieldsAsync(db, ct),
            moments.Count > MostMoments);
    }

    /// <summary>What the founder declared for customers, for the form of one who is not there yet.</summary>
    public async Task<IReadOnlyList<CustomField>> FieldsAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await FieldsAsync(db, ct);
    }

    private static Task<List<CustomField>> FieldsAsync(DeskDb db, CancellationToken ct)
        => db.Set<CustomField>().AsNoTracking().Where(f => f.Target == CustomFieldTarget.Customer && !f.Archived).OrderBy(f => f.Position).ToListAsync(ct);

    private async Task<List<Moment>> MomentsAsync(DeskDb db, Guid customer, DateTimeOffset before, CancellationToken ct)
    {
        var said = await (from m in db.Set<Message>().AsNoTracking()
                          join t in db.Set<Ticket>() on m.TicketId equals t.Id
                          where t.CustomerId == customer && m.CreatedAt < before && m.Kind != MessageKind.System
                          orderby m.CreatedAt descending
                          select new Moment(m.CreatedAt, t.Number, t.Subject, m.Kind, null, m.Body.Substring(0, 240), m.AuthorName, m.Channel, m.Language))
            .Take(MostMoments + 1).ToListAsync(ct);
        var happened = await (from e in db.Set<TicketEvent>().AsNoTracking()
                              join t in db.Set<Ticket>() on e.TicketId equals t.Id
                              where t.CustomerId == customer && e.At < before && (e.Kind == TicketEventKind.Opened || e.Kind == TicketEventKind.StatusChanged
                                  || e.Kind == TicketEventKind.Bounced || e.Kind == TicketEventKind.SendFailed || e.Kind == TicketEventKind.Merged)
                              orderby e.At descending
                              select new Moment(e.At, t.Number, t.Subject, null, e.Kind, e.To ?? "", e.ActorName, t.Channel, t.Language))
            .Take(MostMoments + 1).ToListAsync(ct);
        var more = new List<Moment>();
        foreach (var other in others)
        {
            more.AddRange(await other.ReadAsync(db, customer, before, MostMoments + 1, ct));
        }

        return [.. said.Concat(happened).Concat(more).OrderByDescending(m => m.At).Take(MostMoments + 1)];
    }
}
