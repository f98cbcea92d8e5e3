using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Ui;

namespace Solodesk.Agents;

/// <summary>Changes what an agent decides about themselves: name, language, look, zone, signature.</summary>
[UseCase]
internal sealed class ChangeProfile(DeskWriter writer, Sessions sessions)
{
    public sealed record Request(string Name, string Language, string? Theme, string? TimeZone, string Signature, AfterSend? AfterSend = null);

    public async Task<Result<Agent>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        var name = request.Name.Trim();
        if (name.Length is 0 or > 120)
        {
            return new Problem("agent.name_missing") { Field = "name" };
        }

        if (request.TimeZone is { Length: > 0 } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            return new Problem("account.zone") { Field = "zone" };
        }

        if (request.Signature.Length > 2000)
        {
            return new Problem("account.signature") { Field = "signature" };
        }

        var changed = await writer.RunAsync<Agent>(async db =>
        {
            if (await db.Users.SingleOrDefaultAsync(a => a.Id == actor.Id, ct) is not { } agent)
            {
                return Problem.NotFound("agent");
            }

            agent.Name = name;
            agent.Language = Phrases.Known(request.Language);
            agent.Theme = request.Theme is "light" or "dark" ? request.Theme : null;
            agent.TimeZone = string.IsNullOrEmpty(request.TimeZone) ? null : request.TimeZone;
            agent.AfterSend = request.AfterSend ?? agent.AfterSend;
            agent.Signature = request.Signature.Trim().ReplaceLineEndings("\n");
            return agent;
        }, ct);
        sessions.Forget();
        return changed;
    }
}
