using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Writing;
using Solodesk.Views;

namespace Solodesk.Tickets.Bulk;

/// <summary>Takes on a change or an answer for many tickets; the work itself is done in the background. Also takes back and stops.</summary>
[UseCase]
internal sealed class StartBulk(DeskWriter writer, OpenView open, Settings settings, BulkSignal signal, TimeProvider clock)
{
    /// <summary>More than this is meant as a view.</summary>
    public const int MostPicked = 2000;

    /// <summary>What shall be done, and to which tickets.</summary>
    public sealed record Request
    {
        public IReadOnlyList<Guid> Picked { get; init; } = [];

        /// <summary>The view whose tickets are all meant; instead of <see cref="Picked"/>.</summary>
        public string? View { get; init; }

        public BulkChange Change { get; init; } = new();

        /// <summary>An answer instead of a change.</summary>
        public string? Markdown { get; init; }

        /// <summary>Our address for links in the answer.</summary>
        public string Host { get; init; } = "";
    }

    public async Task<Result<Guid>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (request.View is null && request.Picked.Count is 0 or > MostPicked)
        {
            return request.Picked.Count == 0 ? new Problem("bulk.nothing_picked") : new Problem("bulk.too_many", MostPicked);
        }

        if (request.Markdown is null ? request.Change.IsNothing : string.IsNullOrWhiteSpace(request.Markdown))
        {
            return request.Markdown is null ? new Problem("bulk.nothing_changes") : new Problem("message.empty") { Field = "markdown" };
        }

        string? condition = null;
        if (request.View is { } key)
        {
            var view = await open.RunAsync(actor, new(key), ct);
            if (!view.Ok)
            {
                return view.Problem;
            }

            condition = view.Value.View.Condition;
        }

        // The same time to change one's mind as a single answer has.
        var undo = request.Markdown is null ? 0 : Math.Clamp((await settings.ReadAsync<SendSettings>(ct)).UndoSeconds, 0, SendSettings.LongestUndo);
        var started = await writer.RunAsync<Guid>(async db =>
        {
            if (await CheckAsync(db, request.Change, ct) is { } problem)
            {
                return problem;
            }

            var run = new BulkRun
            {
                Id = Ids.New(clock),
                Kind = request.Markdown is null ? BulkKind.Change : BulkKind.Answer,
                ActorId = actor.Id,
                ActorName = actor.Name,
                CreatedAt = clock.GetUtcNow(),
                Picked = condition is null ? [.. request.Picked.Distinct()] : [],
                Condition = condition,
                View = request.View,
                Host = request.Host,
                NotBefore = undo > 0 ? clock.GetUtcNow().AddSeconds(undo) : null,
                Change = request.Change,
                Markdown = request.Markdown?.Trim(),
                Total = condition is null ? request.Picked.Distinct().Count() : 0,
            };
            db.Add(run);
            return run.Id;
        }, ct);
        signal.Wake();
        return started;
    }

    public Task<Result<Done>> UndoAsync(Actor actor, Guid id, CancellationToken ct) => MoveAsync(actor, id, run =>
    {
        if (!run.CanUndo(clock.GetUtcNow()))
        {
            return new Problem("bulk.no_undo");
        }

        if (run.Kind == BulkKind.Answer)
        {
            run.State = BulkState.Stopped;
            run.FinishedAt = clock.GetUtcNow();
            return Done.It;
        }

        run.State = BulkState.Undoing;
        run.Cursor = 0;
        return Done.It;
    }, ct);

    /// <summary>What is done stays done; the rest is left alone.</summary>
    public Task<Result<Done>> StopAsync(Actor actor, Guid id, CancellationToken ct) => MoveAsync(actor, id, run =>
    {
        run.State = run.State is BulkState.Queued or BulkState.Running ? BulkState.Stopped : run.State;
        run.FinishedAt ??= clock.GetUtcNow();
        return Done.It;
    }, ct);

    private async Task<Result<Done>> MoveAsync(Actor actor, Guid id, Func<BulkRun, Result<Done>> move, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        var moved = await writer.RunAsync<Done>(async db => await db.Set<BulkRun>().SingleOrDefaultAsync(r => r.Id == id, ct) is { } run ? move(run) : Problem.NotFound("bulk"), ct);
        signal.Wake();
        return moved;
    }

    private static async Task<Problem?> CheckAsync(DeskDb db, BulkChange change, CancellationToken ct)
        => change.CategoryId is { } category && category != Guid.Empty && !await db.Set<Category>().AnyAsync(c => c.Id == category, ct) ? Problem.NotFound("category")
            : change.AssigneeId is { } agent && agent != Guid.Empty && !await db.Set<Agent>().AnyAsync(a => a.Id == agent && a.Active, ct) ? Problem.NotFound("agent")
            : null;
}
