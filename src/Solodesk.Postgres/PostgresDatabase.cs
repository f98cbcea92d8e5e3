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

    public bool OneWriter => false;

    public ValueTask<IDisposable> EnterWriteAsync(CancellationToken ct) => ValueTask.FromResult<IDisposable>(new Turn(this));

    public event Action? WriteEnded;

    public bool IsTransient(Exception exception)
        => Find(exception) is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    public bool IsDuplicate(Exception exception) => Find(exception) is { SqlState: PostgresErrorCodes.UniqueViolation };

    public bool IsFull(Exception exception) => Find(exception) is { SqlState: PostgresErrorCodes.DiskFull };

    // The database may be closed to connections, too. Anything of Npgsql that did not come from the server: no connection, a broken one, a timeout; or the server is going down.
    public bool IsUnreachable(Exception exception)
        => Find(exception) is { } answer ? answer.SqlState.StartsWith("57P", StringComparison.Ordinal) || answer.SqlState.StartsWith("08", StringComparison.Ordinal) || answer.SqlState == PostgresErrorCodes.ObjectNotInPrerequisiteState
            : Unanswered(exception);

    public Task NotifyAsync(DeskDb db, string notice, CancellationToken ct)
        => db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {notice})", ct);

    public Task PrepareWriterAsync(DeskDb db) => Task.CompletedTask;

    public Task PrepareAsync(DeskDb db, CancellationToken ct) => Task.CompletedTask;

    private static PostgresException? Find(Exception? exception)
        => exception is null ? null : exception as PostgresException ?? Find(exception.InnerException);

    private static bool Unanswered(Exception? exception) => exception is not null && (exception is NpgsqlException || Unanswered(exception.InnerException));

    private sealed class Turn(PostgresDatabase database) : IDisposable
    {
        public void Dispose() => database.WriteEnded?.Invoke();
    }
}
