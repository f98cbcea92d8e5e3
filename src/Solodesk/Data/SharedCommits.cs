using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Solodesk.Common;
using Solodesk.Live;

namespace Solodesk.Data;

/// <summary>
/// Lets the writes that wait for one another share a transaction and its flush to disk, where a database has one writer at a time. Each runs
/// behind a savepoint of its own, so that one which fails takes back only what it did itself; nobody hears how it went before the shared commit.
/// </summary>
internal sealed partial class SharedCommits(IDbContextFactory<DeskDb> dbs, IDatabase database, LiveFeed live, ILogger log) : IDisposable
{
    /// <summary>More would make the first of them wait longer than the flush that it saves.</summary>
    private const int MostTogether = 64;

    private readonly ConcurrentQueue<SharedWrite> _waiting = new();
    private DeskDb? _db;
    private int _running;
    private volatile bool _closed;

    /// <exception cref="SharedCommitLostException">The transaction broke through no fault of this work: run it again <paramref name="alone"/>.</exception>
    public Task<Result<T>> RunAsync<T>(Func<DeskDb, Task<Result<T>>> work, bool alone, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var write = new SharedWrite<T>(work, alone, ct);
        _waiting.Enqueue(write);
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 0)
        {
            // On a thread of its own: whoever came first must not wait for those who came later.
            ThreadPool.UnsafeQueueUserWorkItem(static commits => _ = commits.RunWaitingAsync(), this, preferLocal: false);
        }

        return write.Outcome;
    }

    public void Dispose()
    {
        _closed = true;
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 0)
        {
            _db?.Dispose();
            _db = null;
        }
    }

    private async Task RunWaitingAsync()
    {
        do
        {
            while (!_waiting.IsEmpty)
            {
                await RunTogetherAsync();
            }

            if (_closed)
            {
                await ForgetContextAsync();
            }

            Volatile.Write(ref _running, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _running, 1, 0) == 0);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong is told to those whose writes it was; this loop must not die of it.")]
    private async Task RunTogetherAsync()
    {
        var done = new List<SharedWrite>();
        SharedWrite? current = null;
        try
        {
            using (await database.EnterWriteAsync(CancellationToken.None))
            {
                var db = await ContextAsync();
                await using var transaction = await db.Database.BeginTransactionAsync();
                // Those who come while it is written are the next one's: else all callers wait for the same commit, and afterwards the writer for all of them.
                var most = Math.Min(MostTogether, _waiting.Count);
                while (done.Count < most && _waiting.TryPeek(out current) && !(current.Alone && done.Count > 0) && _waiting.TryDequeue(out current))
                {
                    await current.RunAsync(db, transaction);
                    done.Add(current);
                    if (current.Alone)
                    {
                        break;
                    }
                }

                current = null;
                await transaction.CommitAsync();
            }
        }
        catch (Exception e)
        {
            await LoseAsync(done, current, e);
            return;
        }

        // In the order in which they were written, and only now: what is told is on disk.
        foreach (var write in done)
        {
            try
            {
                live.Publish(write.Events);
            }
            catch (Exception e)
            {
                // A listener that throws takes nothing back.
                LogDeaf(log, e);
            }

            write.Tell();
        }
    }

    private async Task LoseAsync(List<SharedWrite> done, SharedWrite? current, Exception e)
    {
        if (current is null && done.Count == 0)
        {
            // The turn or the transaction was not to be had: whoever waits first hears why, the next one tries again.
            _waiting.TryDequeue(out current);
        }

        current?.Fail(e);
        foreach (var write in done)
        {
            write.Fail(done.Count == 1 && current is null ? e : new SharedCommitLostException(e));
        }

        await ForgetContextAsync();
    }

    /// <summary>The writer's own context and connection, kept from one transaction to the next: its statements stay prepared, its pages cached.</summary>
    private async ValueTask<DeskDb> ContextAsync()
    {
        if (_db is null)
        {
            _db = await dbs.CreateDbContextAsync();
            await _db.Database.OpenConnectionAsync();
            await database.PrepareWriterAsync(_db);
        }

        return _db;
    }

    private async ValueTask ForgetContextAsync()
    {
        var db = _db;
        _db = null;
        if (db is null)
        {
            return;
        }

        try
        {
            await db.DisposeAsync();
        }
        catch (DbException)
        {
            // A connection that broke in the middle may say so again when it is closed; its writes have been told.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A listener failed on a change that is committed")]
    private static partial void LogDeaf(ILogger logger, Exception exception);
}

/// <summary>The transaction that a write shared with others did not come to its end, because of one of the others or of the commit itself.</summary>
internal sealed class SharedCommitLostException(Exception inner) : Exception("The shared transaction was lost", inner);
