using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Tickets.Conditions;

namespace Solodesk.Views;

/// <summary>
/// A view made ready to be asked. Each queue that its tickets can stand in is read in the order of its index and the pages are merged; a
/// condition that few tickets of a long history meet is looked for in stretches, so that no page costs more than the stretch.
/// </summary>
internal sealed class ViewQuery
{
    /// <summary>Tickets of the history that one page looks at, at most.</summary>
    public const int Stretch = 5000;

    /// <summary>Tickets of a queue that a count looks at, at most.</summary>
    private const int Candidates = 2000;

    private readonly Expression<Func<TicketScope, bool>>? _condition;
    private readonly IReadOnlyList<TicketQueue?> _sources;
    private readonly IReadOnlySet<TicketQueue> _queues;

    public ViewQuery(View view, IReadOnlySet<TicketQueue> queues, Expression<Func<TicketScope, bool>>? condition, ViewSort sort, bool descending, ViewGroup group)
    {
        (View, Group, _queues, _condition) = (view, group, queues, condition);
        IsWorking = queues.All(QueueBounds.Working.Contains);
        // What no index sorts is sorted anew for every page: fit for work in hand, not for a history.
        var indexed = IsWorking || sort.InIndex || (sort.InQueueIndex && queues.Count == 1);
        (Sort, Descending) = indexed ? (sort, descending) : (ViewSort.Usual, true);
        Group = IsWorking ? group : ViewGroup.None;
        var byQueue = IsWorking || (Sort.InQueueIndex && (queues.Count == 1 || !queues.Contains(TicketQueue.Closed)));
        _sources = byQueue ? [.. queues.Order().Select(q => (TicketQueue?)q)] : [null];
    }

    public View View { get; }

    public ViewSort Sort { get; }

    public bool Descending { get; }

    public ViewGroup Group { get; }

    /// <summary>Only work in hand: few enough to count and to sort by anything.</summary>
    public bool IsWorking { get; }

    /// <summary>All tickets of the view, in no order.</summary>
    public IQueryable<Ticket> Tickets(DeskDb db)
    {
        var queues = _queues.ToList();
        var tickets = db.Set<Ticket>().AsNoTracking();
        // One queue by equality: PostgreSQL gives the index's order up for a list, however short.
        return Met(db, queues is [var only] ? tickets.Where(t => t.Queue == only) : tickets.Where(t => queues.Contains(t.Queue))).Select(s => s.Ticket);
    }

    /// <summary>One page; the rows may be few while the list still goes on.</summary>
    public async Task<Page<Keyed<T>>> PageAsync<T>(DeskDb db, Expression<Func<TicketScope, T>> shown, string? after, int size, CancellationToken ct)
    {
        var from = ViewCursor.Read(after);
        var until = await StretchAsync(db, from, ct);
        var rows = new List<Keyed<T>>();
        var project = Keyed<T>.Of(shown, Sort, Group);
        foreach (var source in _sources)
        {
            var scopes = Between(Met(db, Source(db, source)), from, until);
            rows.AddRange(await ViewOrder.Ordered(scopes, Sort, Descending, Group).Select(project).Take(size + 1).ToListAsync(ct));
        }

        if (_sources.Count > 1)
        {
            rows.Sort((a, b) => ViewOrder.Compare(a.Key(Sort), b.Key(Sort), Descending));
        }

        var last = rows.Count > size ? rows[size - 1].Key(Sort) : until;
        return new Page<Keyed<T>>(rows.Count > size ? rows[..size] : rows, last?.ToString());
    }

    /// <summary>
    /// The ticket that stands behind another one; at the end the first one, and null when there is no other. In a list that reaches into the
    /// history only those count that wait for us: what is over is no next work.
    /// </summary>
    public async Task<long?> NextAsync(DeskDb db, long number, CancellationToken ct)
    {
        if (!IsWorking)
        {
            return _queues.Contains(TicketQueue.Mine) ? await new ViewQuery(View, new HashSet<TicketQueue> { TicketQueue.Mine }, _condition, Sort, Descending, Group).NextAsync(db, number, ct) : null;
        }

        var project = Keyed<long>.Of(s => s.Ticket.Number, Sort, Group);
        var here = await TicketScope.Of(db, db.Set<Ticket>().AsNoTracking().Where(t => t.Number == number)).Select(project).ToListAsync(ct);
        var behind = here is [var one] ? await PageAsync(db, s => s.Ticket.Number, one.Key(Sort).ToString(), 1, ct) : null;
        if (behind?.Items is [var next, ..])
        {
            return next.Row;
        }

        var first = await PageAsync(db, s => s.Ticket.Number, null, 2, ct);
        return first.Items.Select(r => (long?)r.Row).FirstOrDefault(n => n != number);
    }

    /// <summary>How many there are, no further than anybody would count; null for a history, which nobody counts.</summary>
    public async Task<int?> CountAsync(DeskDb db, int enough, CancellationToken ct)
    {
        if (!IsWorking)
        {
            return null;
        }

        var count = 0;
        foreach (var source in _sources)
        {
            var tickets = Source(db, source);
            count += _condition is null
                ? await tickets.Take(enough).CountAsync(ct)
                : await Met(db, tickets.OrderBy(t => t.DueAt).ThenBy(t => t.Number).Take(Candidates)).Take(enough).CountAsync(ct);
        }

        return Math.Min(count, enough);
    }

    private IQueryable<TicketScope> Met(DeskDb db, IQueryable<Ticket> tickets)
    {
        var scopes = TicketScope.Of(db, tickets);
        return _condition is null ? scopes : scopes.Where(_condition);
    }

    private IQueryable<Ticket> Source(DeskDb db, TicketQueue? queue)
    {
        var tickets = db.Set<Ticket>().AsNoTracking();
        if (queue is { } one)
        {
            return tickets.Where(t => t.Queue == one);
        }

        var without = Enum.GetValues<TicketQueue>().Except(_queues).ToList();
        return without.Count == 0 ? tickets : tickets.Where(t => !without.Contains(t.Queue));
    }

    private IQueryable<TicketScope> Between(IQueryable<TicketScope> scopes, ViewCursor? from, ViewCursor? until)
    {
        scopes = from is { } start ? scopes.Where(ViewOrder.After(start, Sort, Descending, Group)) : scopes;
        return until is { } end ? scopes.Where(ViewOrder.UpTo(end, Sort, Descending)) : scopes;
    }

    /// <summary>Where this page must stop looking; null when it may look at everything, because little is there or all of it is met.</summary>
    private async Task<ViewCursor?> StretchAsync(DeskDb db, ViewCursor? from, CancellationToken ct)
    {
        if (IsWorking || (_condition is null && (_sources[0] is not null || _queues.Contains(TicketQueue.Closed))))
        {
            return null;
        }

        var project = Keyed<long>.Of(s => s.Ticket.Number, Sort, ViewGroup.None);
        ViewCursor? nearest = null;
        foreach (var source in _sources)
        {
            var scopes = Between(TicketScope.Of(db, source is { } queue ? Source(db, queue) : db.Set<Ticket>().AsNoTracking()), from, null);
            var end = await ViewOrder.Ordered(scopes, Sort, Descending, ViewGroup.None).Select(project).Skip(Stretch).Take(1).ToListAsync(ct);
            if (end is [var row] && (nearest is not { } known || ViewOrder.Compare(row.Key(Sort), known, Descending) < 0))
            {
                nearest = row.Key(Sort);
            }
        }

        return nearest;
    }
}
