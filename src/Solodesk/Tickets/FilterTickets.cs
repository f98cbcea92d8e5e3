using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Search;
using Solodesk.Tickets.Conditions;
using Solodesk.Views;

namespace Solodesk.Tickets;

/// <summary>Tickets for programs: one view, narrowed by fields or by words, one page at a time.</summary>
[UseCase]
internal sealed class FilterTickets(IDbContextFactory<DeskDb> dbs, ISearchIndex search)
{
    /// <summary>What to list.</summary>
    public sealed record Request
    {
        public required ViewQuery View { get; init; }
        public IReadOnlyList<TicketStatus> Statuses { get; init; } = [];
        public TicketPriority? Priority { get; init; }
        public TicketType? Type { get; init; }
        public string? Channel { get; init; }
        public string? Tag { get; init; }
        public Guid? CategoryId { get; init; }
        public Guid? AssigneeId { get; init; }
        public Guid? CustomerId { get; init; }
        public string? CustomerEmail { get; init; }
        public Guid? OrganizationId { get; init; }

        /// <summary>In the order of their numbers instead of the view's own: for reading everything once.</summary>
        public bool ByNumber { get; init; }

        /// <summary>Words; the best matches, without further pages.</summary>
        public string? Words { get; init; }

        /// <summary>Whether nothing narrows the view: its pages are then the same that people see.</summary>
        internal bool IsWholeView => Statuses.Count == 0 && !ByNumber && string.IsNullOrWhiteSpace(Words)
            && Priority is null && Type is null && Channel is null && Tag is null && CategoryId is null && AssigneeId is null && CustomerId is null && CustomerEmail is null && OrganizationId is null;

        public string? Cursor { get; init; }
        public int Limit { get; init; } = Paging.Usual;
    }

    private enum Order { Promise, LastMessage, Number }

    public async Task<Result<Page<TicketResource>>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanRead)
        {
            return Problem.Forbidden;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        if (request.IsWholeView)
        {
            return await ViewAsync(db, request, ct);
        }

        var tickets = await NarrowAsync(db, request, ct);
        return string.IsNullOrWhiteSpace(request.Words)
            ? await PageAsync(db, tickets, request, ct)
            : await FindAsync(db, tickets, request, request.Words, ct);
    }

    private static async Task<Result<Page<TicketResource>>> ViewAsync(DeskDb db, Request request, CancellationToken ct)
    {
        var order = $"view {request.View.View.Key}";
        if (!Paging.TryRead(request.Cursor, order, out var after))
        {
            return Paging.Broken;
        }

        var resource = TicketResource.From(db);
        var scope = Expression.Parameter(typeof(TicketScope), "scope");
        var shown = Expression.Lambda<Func<TicketScope, TicketResource>>(ViewOrder.Inline(resource, Expression.Property(scope, nameof(TicketScope.Ticket))), scope);
        var page = await request.View.PageAsync(db, shown, after is null ? null : new ViewCursor(0, after.At, after.Number).ToString(), request.Limit, ct);
        var next = ViewCursor.Read(page.Next) is { } last ? new Cursor(order, last.Value, last.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString() : null;
        return new Page<TicketResource>([.. page.Items.Select(i => i.Row)], next);
    }

    private async Task<Page<TicketResource>> FindAsync(DeskDb db, IQueryable<Ticket> tickets, Request request, string words, CancellationToken ct)
    {
        var found = await search.FindAsync(db, words, Paging.Most, ct);
        var rows = await tickets.Where(t => found.Contains(t.Id)).Select(TicketResource.From(db)).ToListAsync(ct);
        var rank = found.Index().ToDictionary(f => f.Item, f => f.Index);
        return new Page<TicketResource>([.. rows.OrderBy(r => rank[r.Id]).Take(request.Limit)], null);
    }

    private static async Task<Result<Page<TicketResource>>> PageAsync(DeskDb db, IQueryable<Ticket> tickets, Request request, CancellationToken ct)
    {
        // The list of one customer has an index by number, views have one for their order.
        var order = request.ByNumber || request.CustomerId is not null || request.CustomerEmail is not null ? Order.Number
            : request.View.Sort.Key == ViewSort.Due ? Order.Promise : Order.LastMessage;
        if (!Paging.TryRead(request.Cursor, order.ToString(), out var after))
        {
            return Paging.Broken;
        }

        tickets = order switch
        {
            Order.Promise => (after is null ? tickets : tickets.Where(t => t.DueAt >= after.Time && (t.DueAt > after.Time || t.Number > after.Number)))
                .OrderBy(t => t.DueAt).ThenBy(t => t.Number),
            Order.LastMessage => (after is null ? tickets : tickets.Where(t => t.LastMessageAt <= after.Time && (t.LastMessageAt < after.Time || t.Number < after.Number)))
                .OrderByDescending(t => t.LastMessageAt).ThenByDescending(t => t.Number),
            Order.Number => (after is null ? tickets : tickets.Where(t => t.Number < after.Number)).OrderByDescending(t => t.Number),
        };
        var keyed = await tickets.Take(request.Limit + 1).Select(t => new { t.Id, t.DueAt, t.LastMessageAt, t.Number }).ToListAsync(ct);
        var page = Paging.Cut(keyed, request.Limit, k => new Cursor(order.ToString(),
            order switch { Order.Promise => k.DueAt.UtcTicks, Order.LastMessage => k.LastMessageAt.UtcTicks, Order.Number => 0 },
            k.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var ids = page.Items.Select(k => k.Id).ToList();
        var rows = await db.Set<Ticket>().AsNoTracking().Where(t => ids.Contains(t.Id)).Select(TicketResource.From(db)).ToDictionaryAsync(r => r.Id, ct);
        return new Page<TicketResource>([.. ids.Select(id => rows[id])], page.Next);
    }

    private static async Task<IQueryable<Ticket>> NarrowAsync(DeskDb db, Request request, CancellationToken ct)
    {
        var tickets = request.View.Tickets(db);
        if (request.Statuses.Count > 0)
        {
            tickets = tickets.Where(t => request.Statuses.Contains(t.Status));
        }

        if (request.CustomerEmail is { } email)
        {
            var normal = CustomerAddress.Normalize(AddressKind.Email, email);
            var customer = await db.Set<CustomerAddress>().Where(a => a.Kind == AddressKind.Email && a.Normal == normal).Select(a => (Guid?)a.CustomerId).SingleOrDefaultAsync(ct) ?? Guid.Empty;
            tickets = tickets.Where(t => t.CustomerId == customer);
        }

        tickets = request.CustomerId is { } id ? tickets.Where(t => t.CustomerId == id) : tickets;
        tickets = request.OrganizationId is { } organization ? tickets.Where(t => t.OrganizationId == organization) : tickets;
        tickets = request.Priority is { } priority ? tickets.Where(t => t.Priority == priority) : tickets;
        tickets = request.Type is { } type ? tickets.Where(t => t.Type == type) : tickets;
        tickets = request.Channel is { } channel ? tickets.Where(t => t.Channel == channel) : tickets;
        tickets = request.CategoryId is { } category ? tickets.Where(t => t.CategoryId == category) : tickets;
        tickets = request.AssigneeId is { } assignee ? tickets.Where(t => t.AssigneeId == assignee) : tickets;
        return request.Tag is { } tag ? tickets.Where(t => t.Tags.Contains(tag)) : tickets;
    }
}
