using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Views;

namespace Solodesk.Tickets.Bulk;

/// <summary>
/// Takes one run after the other and works through its tickets in batches. A batch and its bookkeeping are one transaction, so a run that is
/// interrupted goes on behind the last ticket that was done, and none is done twice.
/// </summary>
internal sealed class BulkWorker(IDbContextFactory<DeskDb> dbs, DeskWriter writer, OpenView open, BulkSteps steps, TimeProvider clock) : IDisposable
{
    /// <summary>Tickets of one transaction: long enough to be quick, short enough that other writers hardly wait.</summary>
    private const int Batch = 250;

    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Works until nothing is left to do.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            while (await NextAsync(ct) is { } run)
            {
                await WorkAsync(run, ct);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>When the next run that waits to be taken back may leave; null when none waits.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<BulkRun>().Where(r => r.State == BulkState.Queued && r.NotBefore != null).OrderBy(r => r.NotBefore).Select(r => r.NotBefore).FirstOrDefaultAsync(ct);
    }

    public void Dispose() => _one.Dispose();

    private async Task<BulkRun?> NextAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var due = db.Set<BulkRun>().Where(r => (r.State == BulkState.Queued || r.State == BulkState.Running || r.State == BulkState.Undoing) && (r.ClaimedUntil == null || r.ClaimedUntil < now)
            && (r.NotBefore == null || r.NotBefore <= now));
        var run = await due.AsNoTracking().OrderBy(r => r.CreatedAt).FirstOrDefaultAsync(ct);
        if (run is null)
        {
            return null;
        }

        // Another node may have been quicker.
        var claimed = await writer.RunAsync<int>(async write => await write.Set<BulkRun>()
            .Where(r => r.Id == run.Id && (r.ClaimedUntil == null || r.ClaimedUntil < now)).ExecuteUpdateAsync(s => s.SetProperty(r => r.ClaimedUntil, now + Claim), ct), ct);
        return claimed.Value == 1 ? run : null;
    }

    private async Task WorkAsync(BulkRun run, CancellationToken ct)
    {
        var undo = run.State == BulkState.Undoing;
        var tickets = undo ? await ChangedAsync(run, ct) : await MeantAsync(run, ct);
        if (run.State == BulkState.Queued)
        {
            await SaveAsync(run.Id, r => (r.State, r.Total) = (r.State == BulkState.Queued ? BulkState.Running : r.State, tickets.Count), ct);
        }

        foreach (var batch in tickets.Chunk(run.Kind == BulkKind.Answer ? 1 : Batch))
        {
            if (!await BatchAsync(run, batch, undo, ct))
            {
                break;
            }
        }

        await SaveAsync(run.Id, r =>
        {
            r.State = r.State switch { BulkState.Running => BulkState.Done, BulkState.Undoing => BulkState.Undone, var other => other };
            r.FinishedAt = clock.GetUtcNow();
            r.ClaimedUntil = null;
        }, ct);
    }

    /// <summary>One transaction; false when the run was stopped meanwhile.</summary>
    private async Task<bool> BatchAsync(BulkRun run, (Guid Id, long Number)[] batch, bool undo, CancellationToken ct)
    {
        try
        {
            var done = await writer.RunAsync<bool>(async db =>
            {
                var row = await db.Set<BulkRun>().SingleAsync(r => r.Id == run.Id, ct);
                if (row.State is not (BulkState.Running or BulkState.Undoing))
                {
                    return false;
                }

                await (undo ? steps.UndoAsync(db, row, batch, ct) : steps.DoAsync(db, row, batch, ct));
                row.Cursor = batch[^1].Number;
                row.ClaimedUntil = clock.GetUtcNow() + Claim;
                return true;
            }, ct);
            return done.Ok && done.Value;
        }
        catch (DbUpdateConcurrencyException) when (batch.Length > 1)
        {
            // Somebody works on one of them all the time: one by one, the others are not held up.
            foreach (var one in batch)
            {
                if (!await BatchAsync(run, [one], undo, ct))
                {
                    return false;
                }
            }

            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            await SaveAsync(run.Id, r => (r.Refused, r.Cursor) = (r.Refused + 1, batch[0].Number), ct, new BulkItem
            {
                RunId = run.Id, TicketId = batch[0].Id, Number = batch[0].Number, Outcome = BulkOutcome.Refused, Problem = "ticket.changed",
            });
            return true;
        }
    }

    private async Task<List<(Guid Id, long Number)>> MeantAsync(BulkRun run, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var tickets = db.Set<Ticket>().AsNoTracking();
        if (run.Condition is { } condition)
        {
            var actor = new Actor(ActorKind.Agent, run.ActorId, run.ActorName, Role.Agent);
            var view = await open.AskAsync(actor, new View { Key = "bulk", Condition = condition }, new("bulk"), ct);
            if (!view.Ok)
            {
                return [];
            }

            tickets = view.Value.Tickets(db);
        }
        else
        {
            tickets = tickets.Where(t => run.Picked.Contains(t.Id));
        }

        // In memory: a change takes tickets out of the view that is being worked through.
        var rows = await tickets.Where(t => t.Number > run.Cursor).Select(t => new { t.Id, t.Number }).ToListAsync(ct);
        return [.. rows.OrderBy(r => r.Number).Select(r => (r.Id, r.Number))];
    }

    private async Task<List<(Guid Id, long Number)>> ChangedAsync(BulkRun run, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var rows = await db.Set<BulkItem>().AsNoTracking().Where(i => i.RunId == run.Id && i.Outcome == BulkOutcome.Changed && i.Number > run.Cursor)
            .OrderBy(i => i.Number).Select(i => new { i.TicketId, i.Number }).ToListAsync(ct);
        return [.. rows.Select(r => (r.TicketId, r.Number))];
    }

    private async Task SaveAsync(Guid id, Action<BulkRun> change, CancellationToken ct, BulkItem? item = null) => await writer.RunAsync<Done>(async db =>
    {
        change(await db.Set<BulkRun>().SingleAsync(r => r.Id == id, ct));
        if (item is not null)
        {
            db.Add(item);
        }

        return Done.It;
    }, ct);
}
