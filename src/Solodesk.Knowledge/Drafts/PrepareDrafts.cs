using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;
using Solodesk.Knowledge.Ai;
using Solodesk.Tickets;

namespace Solodesk.Knowledge.Drafts;

/// <summary>Drafts replies for tickets that wait for the founder, before they are opened; only where the founder's setting says so.</summary>
internal sealed class PrepareDrafts(DraftReply draft, AiRest rest, Settings settings, IDbContextFactory<DeskDb> dbs, TimeProvider clock) : IPeriodicJob
{
    private const int AtOnce = 5;
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(3);
    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(10);

    public TimeSpan Every => TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken ct)
    {
        if (await settings.ReadAsync<AiSettings>(ct) is not { IsOn: true, PreparesDrafts: true } || clock.GetUtcNow() < rest.Until)
        {
            return;
        }

        foreach (var (id, number) in await WaitingAsync(ct))
        {
            var drafted = await draft.RunAsync(Actor.System, number, OfferDraft.GoodEnough, ct);
            if (drafted is { Ok: true, Value.Fault: "answered" })
            {
                // Nobody asked anything in it: not looked at again before somebody does.
                await draft.KeepAsync(id, Guid.Empty, "", ReplyDraftState.Empty, "", [], ct);
            }
            else if (drafted is { Ok: true, Value.Draft: null })
            {
                // The service is away or the day is spent: it is the same for the others.
                rest.Until = clock.GetUtcNow() + AfterFault;
                return;
            }
        }
    }

    private async Task<List<(Guid Id, long Number)>> WaitingAsync(CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Fresh;
        await using var db = await dbs.CreateDbContextAsync(ct);
        var waiting = await db.Set<Ticket>().AsNoTracking()
            .Where(t => t.Queue == TicketQueue.Mine && t.WaitingSince != null && t.LastMessageAt > since)
            // A draft of any state that is younger than the last message was made for it.
            .Where(t => !db.Set<ReplyDraft>().Any(d => d.TicketId == t.Id && d.At >= t.LastMessageAt))
            .OrderBy(t => t.DueAt).ThenBy(t => t.Number).Select(t => new { t.Id, t.Number }).Take(AtOnce).ToListAsync(ct);
        return [.. waiting.Select(t => (t.Id, t.Number))];
    }
}
