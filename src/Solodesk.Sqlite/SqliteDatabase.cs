using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Solodesk.Data;

namespace Solodesk.Sqlite;

/// <summary>One writer at a time, in the order they came.</summary>
internal sealed class SqliteDatabase : IDatabase, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public string Name => "sqlite";

    public bool OneWriter => true;

    public async ValueTask<IDisposable> EnterWriteAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        return new Turn(this);
    }

    public event Action? WriteEnded;

    // SQLITE_BUSY and SQLITE_LOCKED: another process (a backup, a shell) holds the file.
    public bool IsTransient(Exception exception) => Find(exception) is { SqliteErrorCode: 5 or 6 };

    // SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.
    public bool IsDuplicate(Exception exception) => Find(exception) is { SqliteExtendedErrorCode: 2067 or 1555 };

    // SQLITE_FULL.
    public bool IsFull(Exception exception) => Find(exception) is { SqliteErrorCode: 13 };

    // SQLITE_CANTOPEN and SQLITE_IOERR: the file is gone or its disk fails.
    public bool IsUnreachable(Exception exception) => Find(exception) is { SqliteErrorCode: 14 or 10 };

    public Task NotifyAsync(DeskDb db, string notice, CancellationToken ct) => Task.CompletedTask;

    // It walks a dozen indexes for every ticket; what it reads again and again need not come from the file each time.
    public Task PrepareWriterAsync(DeskDb db) => db.Database.ExecuteSqlRawAsync("PRAGMA cache_size=-32000;");

    public async Task PrepareAsync(DeskDb db, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", ct);
    }

    public void Dispose() => _turn.Dispose();

    private static SqliteException? Find(Exception? exception)
        => exception is null ? null : exception as SqliteException ?? Find(exception.InnerException);

    private sealed class Turn(SqliteDatabase database) : IDisposable
    {
        private SqliteDatabase? _database = database;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _database, null) is { } left)
            {
                left.WriteEnded?.Invoke();
                left._turn.Release();
            }
        }
    }
}
