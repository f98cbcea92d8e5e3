using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.FollowUps;

/// <summary>Settles a follow-up with its result, moves it, changes its words, or cancels it.</summary>
[UseCase]
internal sealed class ChangeFollowUp(DeskWriter writer, PlanFollowUp plan, FollowUpNews news, TimeProvider clock)
{
    private const int LongestResult = 4000;

    /// <summary>What changes; null leaves a thing as it is.</summary>
    public sealed record Request(Guid Id)
    {
        public DateTimeOffset? DueAt { get; init; }
        public string? Note { get; init; }
        public string? Phone { get; init; }
    }

    public Task<Result<Done>> DoneAsync(Actor actor, Guid id, string result, CancellationToken ct) => SettleAsync(actor, id, FollowUpState.Done, result, ct);

    public Task<Result<Done>> CancelAsync(Actor actor, Guid id, string reason, CancellationToken ct) => SettleAsync(actor, id, FollowUpState.Cancelled, reason, ct);

    /// <summary>Another time, other words, another number. One that was settled stays as it was.</summary>
    public async Task<Result<Done>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (plan.Check(request.DueAt ?? clock.GetUtcNow().AddMinutes(1), request.Note ?? "", request.Phone?.Trim()) is { } problem)
        {
            return problem;
        }

        var changed = await writer.RunAsync<Done>(async db =>
        {
            var found = await FindAsync(db, request.Id, ct);
            if (!found.Ok)
            {
                return found.Problem;
            }

            var followUp = found.Value;
            followUp.Note = request.Note?.Trim() ?? followUp.Note;
            followUp.Phone = followUp.Kind == FollowUpKind.CallBack && request.Phone?.Trim() is { Length: > 0 } phone ? phone : followUp.Phone;
            followUp.Version++;
            if (request.DueAt?.ToUniversalTime() is { } due && due != followUp.DueAt)
            {
                (followUp.DueAt, followUp.CalledAt) = (due, null);
                await news.WriteAsync(db, actor, followUp, TicketEventKind.FollowUpMoved, FollowUpNews.Text(due), ct);
            }

            return Done.It;
        }, ct);
        return Tell(changed, actor, TicketEventKind.FollowUpMoved);
    }

    private async Task<Result<Done>> SettleAsync(Actor actor, Guid id, FollowUpState state, string result, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (result.Length > LongestResult)
        {
            return new Problem("followup.result", LongestResult) { Field = "result" };
        }

        var kind = state == FollowUpState.Done ? TicketEventKind.FollowUpDone : TicketEventKind.FollowUpCancelled;
        var settled = await writer.RunAsync<Done>(async db =>
        {
            var found = await FindAsync(db, id, ct);
            if (!found.Ok)
            {
                return found.Problem;
            }

            var followUp = found.Value;
            (followUp.State, followUp.Result, followUp.SettledAt, followUp.SettledBy)
                = (state, result.Trim().ReplaceLineEndings("\n"), clock.GetUtcNow(), Conversation.Shorten(actor.Name, 200));
            followUp.Version++;
            await news.WriteAsync(db, actor, followUp, kind, Conversation.Shorten(followUp.Result, 500), ct);
            return Done.It;
        }, ct);
        return Tell(settled, actor, kind);
    }

    private Result<Done> Tell(Result<Done> done, Actor actor, TicketEventKind kind)
    {
        if (done.Ok)
        {
            news.Tell(actor, kind);
        }

        return done;
    }

    private static async Task<Result<FollowUp>> FindAsync(DeskDb db, Guid id, CancellationToken ct)
        => await db.Set<FollowUp>().SingleOrDefaultAsync(f => f.Id == id, ct) is not { } followUp ? Problem.NotFound("followup")
            : followUp.State != FollowUpState.Planned ? new Problem("followup.settled")
            : followUp;
}
