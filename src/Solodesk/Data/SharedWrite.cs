using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Solodesk.Common;
using Solodesk.Tickets;

namespace Solodesk.Data;

/// <summary>One write that shares a transaction with others.</summary>
internal abstract class SharedWrite(bool alone)
{
    /// <summary>It has lost a shared transaction before and gets one to itself.</summary>
    public bool Alone => alone;

    /// <summary>What it added to the history.</summary>
    public IReadOnlyList<TicketEvent> Events { get; protected set; } = [];

    /// <summary>Runs behind a savepoint. False when nothing of it is to be committed; its caller has been told then.</summary>
    /// <exception cref="Exception">The savepoint could not be taken back: the whole transaction is lost. The caller of this write has been told why.</exception>
    public abstract Task<bool> RunAsync(DeskDb db, IDbContextTransaction transaction);

    public abstract void Succeed();

    public abstract void Fail(Exception e);
}

/// <inheritdoc />
internal sealed class SharedWrite<T>(Func<DeskDb, Task<Result<T>>> work, bool alone, CancellationToken ct) : SharedWrite(alone)
{
    private const string Savepoint = "one";
    private readonly TaskCompletionSource<Result<T>> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Culture, actor's trace and whatever else flows with the caller flows with the work, on whichever thread it runs.
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private Result<T>? _result;

    public Task<Result<T>> Outcome => _outcome.Task;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the work throws is its caller's, not its neighbours'.")]
    public override async Task<bool> RunAsync(DeskDb db, IDbContextTransaction transaction)
    {
        if (ct.IsCancellationRequested)
        {
            _outcome.TrySetCanceled(ct);
            return false;
        }

        await transaction.CreateSavepointAsync(Savepoint, CancellationToken.None);
        Exception? problem = null;
        try
        {
            _result = await Start(db);
            if (_result.Ok)
            {
                await SaveAsync(db);
                await transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None);
                return true;
            }
        }
        catch (Exception e)
        {
            problem = e;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }

        try
        {
            await transaction.RollbackToSavepointAsync(Savepoint, CancellationToken.None);
            await transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None);
        }
        finally
        {
            Tell(problem);
        }

        return false;
    }

    public override void Succeed() => _outcome.TrySetResult(_result!);

    public override void Fail(Exception e) => _outcome.TrySetException(e);

    private Task<Result<T>> Start(DeskDb db)
    {
        if (_flow is null)
        {
            return work(db);
        }

        Task<Result<T>>? running = null;
        ExecutionContext.Run(_flow, _ => running = work(db), null);
        return running!;
    }

    private async Task SaveAsync(DeskDb db)
    {
        // The savepoint around the work serves for the saving as well.
        db.Database.AutoSavepointsEnabled = false;
        try
        {
            await db.SaveChangesAsync(ct);
        }
        finally
        {
            db.Database.AutoSavepointsEnabled = true;
        }

        Events = DeskWriter.EventsOf(db);
    }

    private void Tell(Exception? problem)
    {
        switch (problem)
        {
            case null: _outcome.TrySetResult(_result!); break;
            case OperationCanceledException when ct.IsCancellationRequested: _outcome.TrySetCanceled(ct); break;
            default: _outcome.TrySetException(problem); break;
        }
    }
}
