using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Undoing;

namespace Solodesk.Tickets.Joining;

/// <summary>Lets an agent follow a ticket, or stop following it.</summary>
[UseCase]
public sealed class FollowTicket(DeskWriter writer, TimeProvider clock)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid ticketId, Guid agentId, bool follow, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<Done>(async db =>
        {
            var ticket = await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == ticketId, ct);
            if (ticket is null)
            {
                return Problem.NotFound("ticket");
            }

            var name = agentId == actor.Id ? actor.Name : await db.Set<Agent>().Where(a => a.Id == agentId && a.Active).Select(a => a.Name).SingleOrDefaultAsync(ct);
            if (name is null)
            {
                return Problem.NotFound("agent");
            }

            if (ticket.FollowerIds.Contains(agentId) == follow)
            {
                return Done.It;
            }

            var (before, version, now) = (ticket.Keep(), ticket.Version, clock.GetUtcNow());
            ticket.FollowerIds = follow ? [.. ticket.FollowerIds, agentId] : [.. ticket.FollowerIds.Where(f => f != agentId)];
            ticket.UpdatedAt = now;
            ticket.Version++;
            db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.FollowersChanged, follow ? null : name, follow ? name : null));
            TicketUndo.Keep(db, ticket, actor, before, version, clock);
            return Done.It;
        }, ct);
}
