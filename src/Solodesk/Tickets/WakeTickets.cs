using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;

namespace Solodesk.Tickets;

/// <summary>Brings snoozed tickets back when their time has come.</summary>
internal sealed class WakeTickets(DeskWriter writer, IDbContextFactory<DeskDb> dbs, TimeProvider clock) : IPeriodicJob
{
    private const int AtOnce = 200;

    public TimeSpan Every => TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await dbs.CreateDbContextAsync(ct);
        while (await db.Set<Ticket>().Where(t => t.SnoozedUntil <= now).OrderBy(t => t.SnoozedUntil).Select(t => t.Id).Take(AtOnce).ToListAsync(ct) is { Count: > 0 } due)
        {
            foreach (var id in due)
            {
                await writer.RunAsync<Done>(async write =>
                {
                    if (await write.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == id && t.SnoozedUntil <= now, ct) is { } ticket)
                    {
                        ticket.Snooze(null);
                        ticket.Unread = true;
                        ticket.UpdatedAt = now;
                        ticket.Version++;
                        write.Add(TicketEvent.Of(ticket, Actor.System, now, TicketEventKind.Woken));
                    }

                    return Done.It;
                }, ct);
            }
        }
    }
}
