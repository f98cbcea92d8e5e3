using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Today;

/// <summary>How many tickets came on each of the last seven days, and how the last answers went.</summary>
[UseCase]
public sealed class ReadWeek(IDbContextFactory<DeskDb> dbs, Settings settings, TimeProvider clock)
{
    // The latest solved tickets of thirty days: enough for a median, never the whole table.
    private const int Sample = 500;

    public sealed record View(IReadOnlyList<Day> Days, int Solved, TimeSpan? FirstReply, double? SolvedAtOnce);

    public sealed record Day(DateTime Date, int Opened, bool IsToday);

    public async Task<View> RunAsync(CancellationToken ct)
    {
        var hours = (await settings.ReadAsync<BusinessSettings>(ct)).Hours;
        var now = clock.GetUtcNow();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var today = TimeZoneInfo.ConvertTime(now, hours.Zone).Date;
        var days = new List<Day>();
        var newest = await db.Set<Ticket>().AsNoTracking().OrderByDescending(t => t.Number).Take(2000).Select(t => t.CreatedAt).ToListAsync(ct);
        for (var back = 6; back >= 0; back--)
        {
            var date = today.AddDays(-back);
            days.Add(new Day(date, newest.Count(at => TimeZoneInfo.ConvertTime(at, hours.Zone).Date == date), back == 0));
        }

        var since = now.AddDays(-30);
        var solved = await db.Set<Ticket>().AsNoTracking().Where(t => t.Queue == TicketQueue.Solved || t.Queue == TicketQueue.Closed)
            .Where(t => t.SolvedAt >= since).OrderByDescending(t => t.SolvedAt).Take(Sample)
            .Select(t => new { t.CreatedAt, t.FirstRepliedAt, t.InboundCount, t.ReopenCount }).ToListAsync(ct);
        var first = solved.Where(t => t.FirstRepliedAt is not null).Select(t => hours.Between(t.CreatedAt, t.FirstRepliedAt!.Value)).Order().ToList();
        return new View(days, solved.Count,
            first.Count == 0 ? null : first[first.Count / 2],
            solved.Count == 0 ? null : (double)solved.Count(t => t.InboundCount == 1 && t.ReopenCount == 0) / solved.Count);
    }
}
