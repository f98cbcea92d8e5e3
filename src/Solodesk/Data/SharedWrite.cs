using System.Diagnostics.CodeAnalysis;
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

    /// <summary>Runs behind a savepoint, which is taken back when the work refuses or fails.</summary>
    /// <exception cref="Exception">The savepoint could not be taken back: the whole transaction is lost.</exception>
    public abstract Task RunAsync(DeskDb db, IDbContextTransaction transaction);

    /// <summary>Tells the caller how it went, refusals too: what they were decided on may be a neighbour's, and is in the database only now.</summary>
    public abstract void Tell();

    /// <summary>Tells the caller that the transaction was lost: for a reason of the work's own, if it has one.</summary>
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
    private Exception? _problem;

    public Task<Result<T>> Outcome => _outcome.Task;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the work throws is its caller's, not its neighbours'.")]
    public override async Task RunAsync(DeskDb db, IDbContextTransaction transaction)
    {
        if (ct.IsCancellationRequested)
        {
            _problem = new OperationCanceledException(ct);
            return;
        }

        await transaction.CreateSavepointAsync(Savepoint, CancellationToken.None);
        try
        {
            _result = await Start(db);
            if (_result.Ok)
            {
                await SaveAsync(db);
                await transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None);
                return;
            }
        }
        catch (Exception e)
        {
            _problem = e;
        }
        finally
        {
            db.ChangeTracker.Clear();
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }

        Events = [];
        await transaction.RollbackToSavepointAsync(Savepoint, CancellationToken.None);
        await transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None);
    }

    public override void Tell()
    {
        switch (_problem)
        {
            case null: _outcome.TrySetResult(_result!); break;
            case OperationCanceledException when ct.IsCancellationRequested: _outcome.TrySetCanceled(ct); break;
            default: _outcome.TrySetException(_problem); break;
        }
    }

    public override void Fail(Exception e) => _outcome.TrySetException(e is SharedCommitLostException ? e : _problem ?? e);

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
}
