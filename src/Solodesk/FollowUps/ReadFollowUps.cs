using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.FollowUps;

/// <summary>A follow-up as lists and programs see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">followUp or callBack.</param>
/// <param name="State">planned, done or cancelled.</param>
/// <param name="DueAt">When it is owed.</param>
/// <param name="CustomerId">Whom we owe it.</param>
/// <param name="CustomerName">Their name.</param>
/// <param name="TicketId">The ticket it grew out of.</param>
/// <param name="TicketNumber">That ticket's number.</param>
/// <param name="TicketSubject">That ticket's subject.</param>
/// <param name="Language">The language of the subject.</param>
/// <param name="AgentId">Whose task it is; null is everybody's.</param>
/// <param name="Note">What it is about.</param>
/// <param name="Phone">The number to call.</param>
/// <param name="Result">What came of it, or why it was cancelled.</param>
/// <param name="PlannedBy">Who planned it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="SettledAt">When it was done or cancelled.</param>
/// <param name="SettledBy">By whom.</param>
public sealed record FollowUpRow(Guid Id, FollowUpKind Kind, FollowUpState State, DateTimeOffset DueAt, Guid CustomerId, string CustomerName, Guid? TicketId, long? TicketNumber,
    string? TicketSubject, string? Language, Guid? AgentId, string Note, string? Phone, string Result, string PlannedBy, DateTimeOffset CreatedAt, DateTimeOffset? SettledAt, string? SettledBy);

/// <summary>Follow-ups: beside a ticket, of a customer, those that Today calls up, and all of them page by page.</summary>
[UseCase]
internal sealed class ReadFollowUps(IDbContextFactory<DeskDb> dbs)
{
    private const int Beside = 20;

    /// <summary>What a list can be narrowed by.</summary>
    public sealed record Filter
    {
        public FollowUpState? State { get; init; }
        public Guid? Ticket { get; init; }
        public Guid? Customer { get; init; }
        public DateTimeOffset? DueBefore { get; init; }
    }

    public async Task<FollowUpRow?> OneAsync(Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Rows(db, db.Set<FollowUp>().Where(f => f.Id == id)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Of a ticket and of those merged into it: planned ones first, then the latest settled.</summary>
    public async Task<IReadOnlyList<FollowUpRow>> OfTicketAsync(Guid ticket, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await BesideAsync(db, f => f.TicketId == ticket || db.Set<Ticket>().Where(t => t.MergedIntoId == ticket).Select(t => (Guid?)t.Id).Contains(f.TicketId), ct);
    }

    /// <summary>Of a customer and of those who became one with them.</summary>
    public async Task<IReadOnlyList<FollowUpRow>> OfCustomerAsync(Guid customer, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await BesideAsync(db, OfCustomer(db, customer), ct);
    }

    /// <summary>What this agent owes until then, the most overdue first.</summary>
    public async Task<IReadOnlyList<FollowUpRow>> DueAsync(Actor actor, DateTimeOffset until, int most, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Rows(db, db.Set<FollowUp>().Where(f => f.State == FollowUpState.Planned && f.DueAt <= until && (f.AgentId == null || f.AgentId == actor.Id))
            .OrderBy(f => f.DueAt).ThenBy(f => f.Id).Take(most)).ToListAsync(ct);
    }

    /// <summary>A page in the order of their times.</summary>
    public async Task<Result<Page<FollowUpRow>>> PageAsync(Filter filter, string? cursor, int limit, CancellationToken ct)
    {
        if (!Paging.TryRead(cursor, "followups", out var after))
        {
            return Paging.Broken;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var asked = db.Set<FollowUp>().AsQueryable();
        asked = filter.State is { } state ? asked.Where(f => f.State == state) : asked;
        asked = filter.Ticket is { } ticket ? asked.Where(f => f.TicketId == ticket) : asked;
        asked = filter.Customer is { } customer ? asked.Where(OfCustomer(db, customer)) : asked;
        asked = filter.DueBefore is { } before ? asked.Where(f => f.DueAt < before) : asked;
        if (after is not null)
        {
            asked = asked.Where(f => f.DueAt >= after.Time && (f.DueAt > after.Time || f.Id > after.Id));
        }

        var rows = await Rows(db, asked.OrderBy(f => f.DueAt).ThenBy(f => f.Id).Take(limit + 1)).ToListAsync(ct);
        return Paging.Cut(rows, limit, f => new Cursor("followups", f.DueAt.UtcTicks, f.Id.ToString()));
    }

    internal static Expression<Func<FollowUp, bool>> OfCustomer(DeskDb db, Guid customer)
        // As a list of ids, so that the index of CustomerId is used; "or there is a customer" would read all of them.
        => f => db.Set<Customer>().Where(c => c.Id == customer || c.MergedIntoId == customer).Select(c => c.Id).Contains(f.CustomerId);

    private static async Task<IReadOnlyList<FollowUpRow>> BesideAsync(DeskDb db, Expression<Func<FollowUp, bool>> of, CancellationToken ct)
    {
        // Beside most tickets and customers stands none.
        if (!await db.Set<FollowUp>().AnyAsync(of, ct))
        {
            return [];
        }

        var planned = await Rows(db, db.Set<FollowUp>().Where(of).Where(f => f.State == FollowUpState.Planned).OrderBy(f => f.DueAt).ThenBy(f => f.Id).Take(Beside)).ToListAsync(ct);
        var settled = await Rows(db, db.Set<FollowUp>().Where(of).Where(f => f.State != FollowUpState.Planned).OrderByDescending(f => f.SettledAt).Take(3)).ToListAsync(ct);
        return [.. planned, .. settled.OrderByDescending(f => f.SettledAt)];
    }

    private static IQueryable<FollowUpRow> Rows(DeskDb db, IQueryable<FollowUp> followUps)
        => from f in followUps.AsNoTracking()
           join c in db.Set<Customer>() on f.CustomerId equals c.Id
           join t in db.Set<Ticket>() on f.TicketId equals (Guid?)t.Id into tickets
           from t in tickets.DefaultIfEmpty()
           orderby f.DueAt, f.Id
           select new FollowUpRow(f.Id, f.Kind, f.State, f.DueAt, f.CustomerId, c.Name, f.TicketId, t == null ? null : t.Number, t == null ? null : t.Subject, t == null ? null : t.Language,
               f.AgentId, f.Note, f.Phone, f.Result, f.PlannedBy, f.CreatedAt, f.SettledAt, f.SettledBy);
}
