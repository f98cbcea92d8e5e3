using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Tickets.Writing;

namespace Solodesk.Today;

/// <summary>What to do now, and why: the tickets that need us, in an order computed from promise, waiting, priority, repeat contact and value.</summary>
[UseCase]
public sealed class ReadToday(IDbContextFactory<DeskDb> dbs, Settings settings, TimeProvider clock)
{
    // More than anyone does in a day; the rest stands in the inbox, sorted by its promise.
    private const int Considered = 200;
    private const int SessionMinutes = 30;

    public sealed record View(IReadOnlyList<Item> Now, IReadOnlyList<Item> Later, IReadOnlyList<TicketRow> Waiting, int WaitingCount, int SolvedToday,
        Message? Said);

    /// <param name="Row">The ticket.</param>
    /// <param name="Weight">Its place in the order; higher comes first.</param>
    /// <param name="Reasons">The largest weights, in words' keys, the heaviest first.</param>
    /// <param name="Minutes">How long it will take, judged by the length of what was said.</param>
    /// <param name="Value">What the customer pays in a year, when it is known.</param>
    public sealed record Item(TicketRow Row, double Weight, IReadOnlyList<Reason> Reasons, int Minutes, decimal? Value);

    /// <summary>One reason: a phrase key below <c>why.</c> and its value.</summary>
    public sealed record Reason(string Key, object? Value, double Weight);

    public async Task<View> RunAsync(CancellationToken ct)
    {
        var hours = (await settings.ReadAsync<BusinessSettings>(ct)).Hours;
        await using var db = await dbs.CreateDbContextAsync(ct);
        // What was answered a moment ago, and can still be taken back, is done.
        var mine = db.Set<Ticket>().AsNoTracking().Where(t => t.Queue == TicketQueue.Mine && !db.Set<HeldReply>().Any(h => h.TicketId == t.Id && h.State == HeldState.Waiting)).OrderBy(t => t.DueAt).ThenBy(t => t.Number).Take(Considered);
        var facts = await (from t in mine
                           join c in db.Set<Customer>() on t.CustomerId equals c.Id
                           select new { t.Id, t.InboundCount, t.FirstRepliedAt, t.ReopenCount, c.YearlyValue, c.RenewsAt, t.Type, t.Severity }).ToDictionaryAsync(f => f.Id, ct);
        var rows = await ListTickets.Project(db, mine).ToListAsync(ct);
        var failed = await ListTickets.Project(db, db.Set<Ticket>().AsNoTracking().Where(t => t.DeliveryFailed && t.Queue != TicketQueue.Mine && t.Queue != TicketQueue.Spam)
            .OrderByDescending(t => t.LastMessageAt).Take(10)).ToListAsync(ct);
        var now = clock.GetUtcNow();
        var tasks = rows.Select(r =>
            {
                var f = facts[r.Id];
                var reasons = Weigh.All(r, new(f.InboundCount, f.FirstRepliedAt is not null, f.ReopenCount, f.YearlyValue, f.RenewsAt, f.Type == TicketType.Complaint ? f.Severity ?? ComplaintSeverity.Serious : null), hours, now);
                return new Item(r, reasons.Sum(x => x.Weight), [.. reasons.OrderByDescending(x => x.Weight).Take(4)], Minutes(r), f.YearlyValue);
            })
            .Concat(failed.Select(r => new Item(r, 90, [new("undelivered", null, 90)], 3, null)))
            .OrderByDescending(t => t.Weight).ThenBy(t => t.Row.Number).ToList();
        var fits = 0;
        var session = tasks.TakeWhile(t => (fits += t.Minutes) <= SessionMinutes || fits == t.Minutes).ToList();
        var waiting = await ListTickets.Project(db, db.Set<Ticket>().AsNoTracking().Where(t => t.Queue == TicketQueue.Waiting)
            .OrderBy(t => t.LastMessageAt).ThenBy(t => t.Number).Take(5)).ToListAsync(ct);
        var morning = StartOfDay(hours.Zone, now);
        return new View(
            session,
            [.. tasks.Skip(session.Count)],
            waiting,
            await db.Set<Ticket>().Where(t => t.Queue == TicketQueue.Waiting).OrderBy(t => t.DueAt).Take(1000).CountAsync(ct),
            await db.Set<Ticket>().Where(t => t.Queue == TicketQueue.Solved && t.SolvedAt >= morning).CountAsync(ct),
            session.Count == 0 ? null : await LastSaidAsync(db, session[0].Row.Id, ct));
    }

    private static async Task<Message?> LastSaidAsync(DeskDb db, Guid ticket, CancellationToken ct)
        => await db.Set<Message>().AsNoTracking().Where(m => m.TicketId == ticket && m.Kind == MessageKind.Inbound).OrderByDescending(m => m.CreatedAt).FirstOrDefaultAsync(ct);

    // Reading and answering: two minutes, and one more for each tweet's length that was said.
    private static int Minutes(TicketRow row) => Math.Min(8, 2 + (row.Preview.Length / 60) + (row.AttachmentCount > 0 ? 1 : 0));

    private static DateTimeOffset StartOfDay(TimeZoneInfo zone, DateTimeOffset now)
    {
        var midnight = TimeZoneInfo.ConvertTime(now, zone).Date;
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
