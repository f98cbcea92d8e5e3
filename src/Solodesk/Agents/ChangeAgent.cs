using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Agents;

/// <summary>Changes an agent's role, or switches their account off and on. The desk always keeps an owner who can sign in.</summary>
[UseCase]
internal sealed class ChangeAgent(DeskWriter writer, Sessions sessions, AuditLog audit)
{
    public sealed record Request(Guid Id)
    {
        public Role? Role { get; init; }
        public bool? Active { get; init; }
    }

    public async Task<Result<Agent>> RunAsync(Actor actor, Request request, HttpContext? context, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        var changed = await writer.RunAsync<Agent>(async db =>
        {
            if (await db.Users.SingleOrDefaultAsync(a => a.Id == request.Id, ct) is not { } agent)
            {
                return Problem.NotFound("agent");
            }

            var stays = (request.Role ?? agent.Role) == Role.Owner && (request.Active ?? agent.Active);
            if (agent.Role == Role.Owner && !stays && !await db.Users.AnyAsync(a => a.Id != agent.Id && a.Role == Role.Owner && a.Active, ct))
            {
                return new Problem("agent.last_owner");
            }

            agent.Role = request.Role is null or Role.None ? agent.Role : request.Role.Value;
            agent.Active = request.Active ?? agent.Active;
            return agent;
        }, ct);
        if (!changed.Ok)
        {
            return changed;
        }

        if (request.Active == false)
        {
            await sessions.EndOthersAsync(request.Id, null, ct);
        }

        sessions.Forget();
        var action = request.Active switch { true => "agent.on", false => "agent.off", null => "agent.role" };
        await audit.WriteAsync(action, actor, $"{changed.Value.Name}{(request.Role is { } role ? $" → {role}" : "")}", context, ct);
        return changed;
    }
}
