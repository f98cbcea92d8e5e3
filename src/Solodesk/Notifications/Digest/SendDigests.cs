using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;
using Solodesk.Tickets;

namespace Solodesk.Notifications.Digest;

/// <summary>
/// Sends each agent's digest at the times they chose. The time it was sent for is written in the transaction that queues the mail: no restart
/// and no second node sends it again. A desk that was off at the time makes up for it for three hours, then the next one counts.
/// </summary>
internal sealed class SendDigests(DeskWriter writer, IDbContextFactory<DeskDb> dbs, ReadDigest read, IEnumerable<IDeskPost> posts, Settings settings, TimeProvider clock) : IPeriodicJob
{
    private static readonly TimeSpan Late = TimeSpan.FromHours(3);

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var now = clock.GetUtcNow();
        var wishes = await (from c in db.Set<NoticeChoices>().AsNoTracking()
                            join a in db.Set<Agent>() on c.AgentId equals a.Id
                            where a.Active && a.Email != null
                            select new { Choices = c, Agent = a }).ToListAsync(ct);
        foreach (var wish in wishes)
        {
            var zone = wish.Agent.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var own) ? own : business.Hours.Zone;
            if (Slot(wish.Choices, zone, now) is { } slot && now - slot < Late && !(wish.Choices.DigestSlot >= slot))
            {
                await SendAsync(wish.Agent, business, slot, now, ct);
            }
        }
    }

    /// <summary>The latest time up to now that a digest is wanted at; null when none is.</summary>
    internal static DateTimeOffset? Slot(NoticeChoices choices, TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        return (from day in (IEnumerable<DateTime>)[today, today.AddDays(-1)]
                where !choices.DigestOnWeekdays || day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
                from minute in choices.DigestAt
                let local = day.AddMinutes(minute)
                let at = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime()
                where at <= now
                orderby at descending
                select (DateTimeOffset?)at).FirstOrDefault();
    }

    private Task SendAsync(Agent agent, BusinessSettings business, DateTimeOffset slot, DateTimeOffset now, CancellationToken ct) => writer.RunAsync<bool>(async db =>
    {
        var choices = await db.Set<NoticeChoices>().AsNoTracking().SingleOrDefaultAsync(c => c.AgentId == agent.Id, ct);
        if (choices is null || choices.DigestSlot >= slot)
        {
            return false;
        }

        var since = choices.DigestSlot ?? now.AddDays(-1);
        // Whoever writes the time first sends it.
        if (await db.Set<NoticeChoices>().Where(c => c.AgentId == agent.Id && (c.DigestSlot == null || c.DigestSlot < slot)).ExecuteUpdateAsync(s => s.SetProperty(c => c.DigestSlot, slot), ct) != 1)
        {
            return false;
        }

        if (await read.RunAsync(db, agent, business, since, now, ct) is not { } letter)
        {
            return true; // Nothing to say is said by silence.
        }

        foreach (var post in posts)
        {
            if (await post.QueueAsync(db, letter, ct))
            {
                return true;
            }
        }

        // No mail can go out: refused, so that the time is not used up.
        return new Problem("notices.no_mailbox");
    }, ct);
}
