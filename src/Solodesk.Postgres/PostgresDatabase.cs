using Microsoft.EntityFrameworkCore;
using Npgsql;
using Solodesk.Data;

namespace Solodesk.Postgres;

/// <summary>Writers run side by side; rows are locked, not the database.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    /// <summary>The channel of LISTEN and NOTIFY.</summary>
    public const string Channel = "solodesk";

    public string Name => "postgres";

    public ValueTask<IDisposable> EnterWriteAsync(CancellationToken ct) => ValueTask.FromResult<IDisposable>(NoTurn.It);

    public bool IsTransient(Exception exception)
        => Find(exception) is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    public bool IsDuplicate(Exception exception) => Find(exception) is { SqlState: PostgresErrorCodes.UniqueViolation };

    public Task NotifyAsync(DeskDb db, string notice, CancellationToken ct)
        => db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {notice})", ct);

    public Task PrepareAsync(DeskDb db, CancellationToken ct) => Task.CompletedTask;

    private static PostgresException? Find(Exception? exception)
        => exception is null ? null : exception as PostgresException ?? Find(exception.InnerException);

    private sealed class NoTurn : IDisposable
    {
        public static NoTurn It { get; } = new();

        public void Dispose()
        {
        }
    }
}
