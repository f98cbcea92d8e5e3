using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Knowledge.Gaps;

/// <summary>The match rate: questions that found an answer ÷ questions asked, for each channel and week, with the questions behind it.</summary>
[UseCase]
public sealed class ReadMatch(IDbContextFactory<DeskDb> dbs, TimeProvider clock)
{
    public const int Weeks = 10;

    /// <summary>One channel: the whole span, and week by week, oldest first.</summary>
    public sealed record Line(string Channel, int Asked, int Matched, IReadOnlyList<(int Asked, int Matched)> ByWeek)
    {
        public double? Rate => Asked == 0 ? null : (double)Matched / Asked;
    }

    public async Task<IReadOnlyList<Line>> LinesAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = now.AddDays(-7 * Weeks);
        await using var db = await dbs.CreateDbContextAsync(ct);
        var counts = new List<(string Channel, int Week, int Asked, int Matched)>();
        // Week by week, so that the database counts and no row travels.
        for (var week = 0; week < Weeks; week++)
        {
            var (from, to) = (since.AddDays(7 * week), since.AddDays(7 * (week + 1)));
            var rows = await db.Set<AskedQuestion>().Where(q => q.At > from && q.At <= to).GroupBy(q => q.Channel)
                .Select(g => new { g.Key, Asked = g.Count(), Matched = g.Count(q => q.Matched) }).ToListAsync(ct);
            counts.AddRange(rows.Select(r => (r.Key, week, r.Asked, r.Matched)));
        }

        var channels = counts.GroupBy(c => c.Channel).OrderByDescending(g => g.Sum(c => c.Asked)).Select(g => LineOf(g.Key, g)).ToList();
        return [LineOf("all", counts), .. channels];
    }

    /// <summary>The questions behind a number, newest first.</summary>
    public async Task<IReadOnlyList<AskedQuestion>> QuestionsAsync(string? channel, bool? matched, int most, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-7 * Weeks);
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<AskedQuestion>().AsNoTracking().Where(q => q.At > since && (channel == null || q.Channel == channel) && (matched == null || q.Matched == matched))
            .OrderByDescending(q => q.At).Take(most).ToListAsync(ct);
    }

    private static Line LineOf(string channel, IEnumerable<(string Channel, int Week, int Asked, int Matched)> counts)
    {
        var all = counts.ToList();
        return new Line(channel, all.Sum(c => c.Asked), all.Sum(c => c.Matched),
            [.. Enumerable.Range(0, Weeks).Select(w => (all.Where(c => c.Week == w).Sum(c => c.Asked), all.Where(c => c.Week == w).Sum(c => c.Matched)))]);
    }
}
