using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Live;
using Solodesk.Tickets;

namespace Solodesk.Data;

/// <summary>
/// One write: a fresh context, one short transaction, and the events told to open pages only after it is committed.
/// The work runs again when the database says that it collided with another writer, so it must not act outside the database.
/// </summary>
public sealed class DeskWriter(IDbContextFactory<DeskDb> dbs, IDatabase database, LiveFeed live)
{
    private const int Attempts = 4;

    public async Task<Result<T>> RunAsync<T>(Func<DeskDb, Task<Result<T>>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(work, ct);
            }
            catch (Exception e) when (attempt < Attempts && (e is DbUpdateConcurrencyException || database.IsTransient(e)))
            {
                // Somebody else changed the same rows between our reading and our writing: read again.
            }
        }
    }

    private async Task<Result<T>> OnceAsync<T>(Func<DeskDb, Task<Result<T>>> work, CancellationToken ct)
    {
        IReadOnlyList<TicketEvent> events;
        Result<T> result;
        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            result = await work(db);
            if (!result.Ok)
            {
                return result;
            }

            await db.SaveChangesAsync(ct);
            events = [.. db.ChangeTracker.Entries<TicketEvent>().Select(e => e.Entity).Where(e => e.Id > 0)];
            await live.AnnounceAsync(db, events, ct);
            await transaction.CommitAsync(ct);
        }

        live.Publish(events);
        return result;
    }
}
