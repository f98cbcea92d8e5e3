using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;
using Solodesk.Tickets;

namespace Solodesk.FollowUps;

/// <summary>Tells open pages that a follow-up has come due, once; Today shows it from then on at the top.</summary>
internal sealed class CallFollowUps(DeskWriter writer, IDbContextFactory<DeskDb> dbs, FollowUpNews news, TimeProvider clock) : IPeriodicJob
{
    private const int AtOnce = 100;

    public TimeSpan Every => TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var due = await db.Set<FollowUp>().Where(f => f.State == FollowUpState.Planned && f.DueAt <= now && f.CalledAt == null).OrderBy(f => f.DueAt).Select(f => f.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var id in due)
        {
            var called = await writer.RunAsync<bool>(async write =>
            {
                if (await write.Set<FollowUp>().SingleOrDefaultAsync(f => f.Id == id && f.State == FollowUpState.Planned && f.DueAt <= now && f.CalledAt == null, ct) is not { } followUp)
                {
                    return false;
                }

                followUp.CalledAt = now;
                await news.WriteAsync(write, Actor.System, followUp, TicketEventKind.FollowUpDue, FollowUpNews.Text(followUp.DueAt), ct);
                return true;
            }, ct);
            if (called is { Ok: true, Value: true })
            {
                news.Tell(Actor.System, TicketEventKind.FollowUpDue);
            }
        }
    }
}
