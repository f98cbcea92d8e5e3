namespace Solodesk.Data;

/// <summary>What the two databases do differently: how writers take turns, and how changes reach the other nodes.</summary>
public interface IDatabase
{
    /// <summary>The name in configuration: <c>sqlite</c> or <c>postgres</c>.</summary>
    string Name { get; }

    /// <summary>Whether one transaction at a time writes, and this process is the only one: waiting writes then share a commit.</summary>
    bool OneWriter { get; }

    /// <summary>
    /// Waits for this process' turn to write. SQLite has one writer and answers a second one by sleeping and trying again;
    /// queueing here is fair and costs nothing. PostgreSQL lets everyone through.
    /// </summary>
    ValueTask<IDisposable> EnterWriteAsync(CancellationToken ct);

    /// <summary>A turn to write has ended, on whichever thread: what was committed in it can be read.</summary>
    event Action? WriteEnded;

    /// <summary>Whether a failed write may succeed when tried again at once (serialisation failure, deadlock).</summary>
    bool IsTransient(Exception exception);

    /// <summary>Whether the failure is a broken unique index: somebody else wrote the same thing first.</summary>
    bool IsDuplicate(Exception exception);

    /// <summary>Whether the database could not write because its disk is full.</summary>
    bool IsFull(Exception exception);

    /// <summary>Whether the database could not be reached, or not in time.</summary>
    bool IsUnreachable(Exception exception);

    /// <summary>Tells the other nodes, inside the transaction; nothing to do where there is only one.</summary>
    Task NotifyAsync(DeskDb db, string notice, CancellationToken ct);

    /// <summary>Called once for the connection that does all writing, where there is one.</summary>
    Task PrepareWriterAsync(DeskDb db);

    /// <summary>Called once at start, before the first migration: pragmas, extensions.</summary>
    Task PrepareAsync(DeskDb db, CancellationToken ct);
}
