using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary>Takes the version of a draft that was kept beside it (the one in the composer takes its place), or throws it away.</summary>
[UseCase]
public sealed class SwapDraft(DeskWriter writer, TimeProvider clock)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid ticket, bool take, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<Done>(async db =>
        {
            if (await db.Set<Draft>().SingleOrDefaultAsync(d => d.AgentId == actor.Id && d.TicketId == ticket, ct) is not { Other: { } other } draft)
            {
                return Done.It;
            }

            draft.Other = take && draft.Markdown.Length > 0 ? draft.Markdown : null;
            draft.OtherAt = draft.UpdatedAt;
            draft.Markdown = take ? other : draft.Markdown;
            draft.UpdatedAt = clock.GetUtcNow();
            draft.Revision++;
            return Done.It;
        }, ct);
}
