using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Notifications;

/// <summary>What an agent wants to be told about, when not, and when a digest is wanted. Agents choose for themselves, owners for everybody.</summary>
[UseCase]
internal sealed class ChooseNotices(DeskWriter writer, IDbContextFactory<DeskDb> dbs, TimeProvider clock)
{
    private const int MinutesOfDay = 24 * 60;
    private const int MostDigests = 6;

    public sealed record Request(Guid Agent)
    {
        public bool NewTicket { get; init; }
        public bool Answer { get; init; }
        public bool PromiseSoon { get; init; }
        public bool ChatWaiting { get; init; }
        public bool FollowUp { get; init; }
        public int? QuietFrom { get; init; }
        public int? QuietTo { get; init; }
        public IReadOnlyList<int> DigestAt { get; init; } = [];
        public bool DigestOnWeekdays { get; init; }
    }

    public async Task<NoticeChoices> ReadAsync(Guid agent, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<NoticeChoices>().AsNoTracking().SingleOrDefaultAsync(c => c.AgentId == agent, ct) ?? new NoticeChoices { AgentId = agent };
    }

    public async Task<Result<Done>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanAdminister && (actor.Kind != ActorKind.Agent || actor.Id != request.Agent))
        {
            return Problem.Forbidden;
        }

        var problem = (request.QuietFrom is null) != (request.QuietTo is null) || IsWrong(request.QuietFrom) || IsWrong(request.QuietTo) ? new Problem("notices.quiet") { Field = "quietFrom" }
            : request.DigestAt.Count > MostDigests ? new Problem("notices.digest_many", MostDigests) { Field = "digestAt" }
            : request.DigestAt.Any(m => IsWrong(m)) ? new Problem("notices.digest") { Field = "digestAt" }
            : null;
        return problem is not null ? problem : await writer.RunAsync<Done>(async db =>
        {
            if (!await db.Set<Agent>().AnyAsync(a => a.Id == request.Agent, ct))
            {
                return Problem.NotFound("agent");
            }

            var choices = await db.Set<NoticeChoices>().SingleOrDefaultAsync(c => c.AgentId == request.Agent, ct) ?? db.Add(new NoticeChoices { AgentId = request.Agent }).Entity;
            (choices.NewTicket, choices.Answer, choices.PromiseSoon, choices.ChatWaiting, choices.FollowUp)
                = (request.NewTicket, request.Answer, request.PromiseSoon, request.ChatWaiting, request.FollowUp);
            (choices.QuietFrom, choices.QuietTo, choices.DigestOnWeekdays) = (request.QuietFrom, request.QuietTo, request.DigestOnWeekdays);
            List<int> times = [.. request.DigestAt.Distinct().Order()];
            if (!times.SequenceEqual(choices.DigestAt))
            {
                // A time that has passed today begins tomorrow.
                (choices.DigestAt, choices.DigestSlot) = (times, clock.GetUtcNow());
            }

            return Done.It;
        }, ct);
    }

    private static bool IsWrong(int? minute) => minute is < 0 or >= MinutesOfDay;
}
