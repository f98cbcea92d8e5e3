using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Solodesk.Common;
using Solodesk.Live;
using Solodesk.Tickets;

namespace Solodesk.Data;

/// <summary>
/// One write: one short transaction, and the events told to open pages only after it is committed. Where the database has one writer at a
/// time, writes that wait for each other share the commit (<see cref="SharedCommits"/>); each still succeeds or fails by itself.
/// The work runs again when the database says that it collided with another writer, so it must not act outside the database; it
/// reads what it decides on through the context that it is given.
/// </summary>
public sealed class DeskWriter(IDbContextFactory<DeskDb> dbs, IDatabase database, LiveFeed live, ILogger<DeskWriter> log) : IDisposable
{
    private const int Attempts = 4;
    private readonly SharedCommits? _shared = database.OneWriter ? new SharedCommits(dbs, database, live, log) : null;

    public async Task<Result<T>> RunAsync<T>(Func<DeskDb, Task<Result<T>>> work, CancellationToken ct)
    {
        var alone = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return _shared is null ? await OnceAsync(work, ct) : await _shared.RunAsync(work, alone, ct);
            }
            catch (SharedCommitLostException) when (!alone)
            {
                alone = true;
            }
            catch (Exception e) when (attempt < Attempts && (e is DbUpdateConcurrencyException || database.IsTransient(e) || (!database.OneWriter && database.IsDuplicate(e))))
            {
                // Somebody else changed the same rows, or wrote the same one, between our reading and our writing: read again.
            }
        }
    }

    public void Dispose() => _shared?.Dispose();

    /// <summary>The history that was just saved. Nothing changes any more, so nothing needs to be compared.</summary>
    internal static IReadOnlyList<TicketEvent> EventsOf(DeskDb db)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. db.ChangeTracker.Entries<TicketEvent>().Select(e => e.Entity).Where(e => e.Id > 0)];
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
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
            events = EventsOf(db);
            await live.AnnounceAsync(db, events, ct);
            await transaction.CommitAsync(ct);
        }

        live.Publish(events);
        return result;
    }
}
