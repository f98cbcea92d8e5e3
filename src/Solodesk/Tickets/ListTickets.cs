using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Search;

namespace Solodesk.Tickets;

/// <summary>Tickets by words, and those of one customer, paged by key: the last page costs what the first one costs.</summary>
[UseCase]
public sealed class ListTickets(IDbContextFactory<DeskDb> dbs, ISearchIndex search)
{
    public const int PageSize = 50;

    public sealed record Request
    {
        /// <summary>The cursor that the page before gave.</summary>
        public string? After { get; init; }

        /// <summary>Searches the whole history.</summary>
        public string? Query { get; init; }

        public Guid? CustomerId { get; init; }
        public int Size { get; init; } = PageSize;
    }

    public async Task<Page<TicketRow>> RunAsync(Request request, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (!string.IsNullOrWhiteSpace(request.Query))
        {
            return await SearchAsync(db, request.Query, request.Size, ct);
        }

        var tickets = db.Set<Ticket>().AsNoTracking();
        tickets = request.CustomerId is { } customer
            ? ByNumber(tickets.Where(t => t.CustomerId == customer), request.After)
            : ByLastWord(tickets, request.After);
        var rows = await Project(db, tickets.Take(request.Size + 1)).ToListAsync(ct);
        var more = rows.Count > request.Size;
        if (more)
        {
            rows.RemoveAt(request.Size);
        }

        return new Page<TicketRow>(rows, more ? Cursor(rows[^1]) : null);
    }

    /// <summary>One row, for a page that shows it already.</summary>
    public async Task<TicketRow?> OneAsync(long number, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await Project(db, db.Set<Ticket>().AsNoTracking().Where(t => t.Number == number)).SingleOrDefaultAsync(ct);
    }

    internal static IQueryable<TicketRow> Project(DeskDb db, IQueryable<Ticket> tickets)
        => from t in tickets
           join c in db.Set<Customer>() on t.CustomerId equals c.Id
           select new TicketRow(t.Id, t.Number, t.Subject, t.Preview, t.CustomerId, c.Name, c.Vip, t.Channel, t.Status, t.Queue, t.Priority, t.Tags,
               t.Language, t.Unread, t.AttachmentCount, t.DeliveryFailed, t.CreatedAt, t.LastMessageAt, t.DueAt, t.WaitingSince, t.SnoozedUntil, t.DraftedAt);

    private async Task<Page<TicketRow>> SearchAsync(DeskDb db, string query, int size, CancellationToken ct)
    {
        var ids = await search.FindAsync(db, query, size, ct);
        var rows = await Project(db, db.Set<Ticket>().AsNoTracking().Where(t => ids.Contains(t.Id))).ToListAsync(ct);
        var rank = ids.Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i);
        return new Page<TicketRow>([.. rows.OrderBy(r => rank[r.Id])], null);
    }

    // The bound stands by itself before the tie: PostgreSQL starts in the index at a plain comparison, of an OR it makes a filter over all that lies before.
    private static IQueryable<Ticket> ByLastWord(IQueryable<Ticket> tickets, string? after)
    {
        if (Read(after) is var (at, number))
        {
            tickets = tickets.Where(t => t.LastMessageAt <= at && (t.LastMessageAt < at || t.Number < number));
        }

        return tickets.OrderByDescending(t => t.LastMessageAt).ThenByDescending(t => t.Number);
    }

    private static IQueryable<Ticket> ByNumber(IQueryable<Ticket> tickets, string? after)
    {
        if (Read(after) is var (_, number))
        {
            tickets = tickets.Where(t => t.Number < number);
        }

        return tickets.OrderByDescending(t => t.Number);
    }

    private static string Cursor(TicketRow last)
        => string.Create(CultureInfo.InvariantCulture, $"{last.LastMessageAt.UtcTicks}-{last.Number}");

    // A cursor from elsewhere starts at the beginning.
    private static (DateTimeOffset At, long Number)? Read(string? cursor)
        => cursor?.Split('-') is [var ticks, var number]
            && long.TryParse(ticks, CultureInfo.InvariantCulture, out var at) && at is >= 0 and < 3155378975999999999
            && long.TryParse(number, CultureInfo.InvariantCulture, out var last)
            ? (new DateTimeOffset(at, TimeSpan.Zero), last)
            : null;
}
