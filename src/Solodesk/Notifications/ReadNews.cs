using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.FollowUps;
using Solodesk.Tickets;

namespace Solodesk.Notifications;

/// <summary>What happened that somebody may want to be told about, and what is about to be late.</summary>
[UseCase]
internal sealed class ReadNews(TimeProvider clock)
{
    /// <summary>Events of one look; the rest is the next look's.</summary>
    private const int Most = 500;

    private const int MostDue = 50;

    /// <summary>How long before its end a promise is about to break.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(30);

    /// <param name="Kind">What it is.</param>
    /// <param name="Key">The same for the same thing, for ever.</param>
    /// <param name="Tag">Notices of one tag replace each other on the screen.</param>
    /// <param name="For">Whom it concerns alone; null concerns everybody.</param>
    /// <param name="Who">The customer.</param>
    /// <param name="Text">What it is about.</param>
    /// <param name="Url">Where it leads.</param>
    /// <param name="At">The time that it speaks of.</param>
    public sealed record Item(NoticeKind Kind, string Key, string Tag, Guid? For, string Who, string Text, string Url, DateTimeOffset? At = null);

    /// <summary>What happened after an event, and up to which event was looked.</summary>
    public async Task<(IReadOnlyList<Item> Items, long UpTo)> SinceAsync(DeskDb db, long after, CancellationToken ct)
    {
        var events = await db.Set<TicketEvent>().AsNoTracking().Where(e => e.Id > after).OrderBy(e => e.Id).Take(Most).ToListAsync(ct);
        if (events.Count == 0)
        {
            return ([], after);
        }

        var told = events.Where(e => e.Kind is TicketEventKind.HandedOver || (e.Kind is TicketEventKind.Opened or TicketEventKind.Received && e.ActorKind == ActorKind.Customer)).ToList();
        var ids = told.Select(e => e.TicketId).Distinct().ToList();
        var tickets = await (from t in db.Set<Ticket>().AsNoTracking().Where(t => ids.Contains(t.Id) && !t.Spam && t.MergedIntoId == null)
                             join c in db.Set<Customer>() on t.CustomerId equals c.Id
                             select new { Ticket = t, c.Name }).ToDictionaryAsync(t => t.Ticket.Id, ct);
        var opened = events.Where(e => e.Kind == TicketEventKind.Opened).Select(e => e.TicketId).ToHashSet();
        var items = new List<Item>();
        foreach (var happened in told)
        {
            // The words that a ticket begins with are not an answer.
            if (!tickets.TryGetValue(happened.TicketId, out var known) || (happened.Kind == TicketEventKind.Received && opened.Contains(happened.TicketId)))
            {
                continue;
            }

            var kind = happened.Kind switch { TicketEventKind.Received => NoticeKind.Answer, TicketEventKind.HandedOver => NoticeKind.ChatWaiting, _ => NoticeKind.NewTicket };
            items.Add(new Item(kind, string.Create(CultureInfo.InvariantCulture, $"event:{happened.Id}"), $"ticket-{known.Ticket.Number}", known.Ticket.AssigneeId, known.Name,
                kind == NoticeKind.Answer ? $"{known.Ticket.Subject} · {known.Ticket.Preview}" : known.Ticket.Subject, $"/inbox/all/{known.Ticket.Number}"));
        }

        return (items, events[^1].Id);
    }

    /// <summary>Promises that are about to break, and follow-ups that have come due.</summary>
    public async Task<IReadOnlyList<Item>> DueAsync(DeskDb db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (soon, gone) = (now + Soon, now - Soon);
        var promises = await (from t in db.Set<Ticket>().AsNoTracking().Where(t => t.Queue == TicketQueue.Mine && t.DueAt > now && t.DueAt <= soon).OrderBy(t => t.DueAt).Take(MostDue)
                              join c in db.Set<Customer>() on t.CustomerId equals c.Id
                              select new { t.Number, t.Subject, t.DueAt, t.AssigneeId, c.Name }).ToListAsync(ct);
        var owed = await (from f in db.Set<FollowUp>().AsNoTracking().Where(f => f.State == FollowUpState.Planned && f.DueAt <= now && f.DueAt > gone).OrderBy(f => f.DueAt).Take(MostDue)
                          join c in db.Set<Customer>() on f.CustomerId equals c.Id
                          select new { f.Id, f.DueAt, f.AgentId, f.Note, c.Name }).ToListAsync(ct);
        return
        [
            .. promises.Select(p => new Item(NoticeKind.PromiseSoon, string.Create(CultureInfo.InvariantCulture, $"promise:{p.Number}:{p.DueAt.UtcTicks}"), $"promise-{p.Number}", p.AssigneeId, p.Name, p.Subject,
                $"/inbox/mine/{p.Number}", p.DueAt)),
            .. owed.Select(f => new Item(NoticeKind.FollowUp, string.Create(CultureInfo.InvariantCulture, $"followup:{f.Id}:{f.DueAt.UtcTicks}"), $"followup-{f.Id}", f.AgentId, f.Name, f.Note, $"/followups/{f.Id}", f.DueAt)),
        ];
    }
}
