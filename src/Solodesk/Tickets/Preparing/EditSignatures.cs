using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Preparing;

/// <summary>Makes, changes and removes signatures: agents their own, owners everybody's.</summary>
[UseCase]
public sealed class EditSignatures(DeskWriter writer, TimeProvider clock)
{
    private const int Longest = 4000;

    public sealed record Request(string Body, Guid? AgentId, Guid? MailboxId, string? Language);

    public async Task<Result<Guid>> SaveAsync(Actor actor, Guid? id, Request request, CancellationToken ct)
    {
        if (!actor.CanWork || (!actor.CanAdminister && request.AgentId != actor.Id))
        {
            return Problem.Forbidden;
        }

        if (request.Body.Trim().Length is 0 or > Longest)
        {
            return new Problem("signature.body", Longest) { Field = "body" };
        }

        if (request.Language is { Length: > 0 } and not ("zh-Hans" or "en"))
        {
            return new Problem("signature.language") { Field = "language" };
        }

        var language = string.IsNullOrEmpty(request.Language) ? null : request.Language;
        return await writer.RunAsync<Guid>(async db =>
        {
            if (await db.Set<Signature>().AnyAsync(s => s.Id != id && s.AgentId == request.AgentId && s.MailboxId == request.MailboxId && s.Language == language, ct))
            {
                return new Problem("signature.taken");
            }

            var signature = id is { } known ? await db.Set<Signature>().SingleOrDefaultAsync(s => s.Id == known, ct) : db.Add(new Signature { Id = Ids.New(clock), Body = "" }).Entity;
            // Another agent's is not theirs to take over.
            if (signature is null || (id is not null && !actor.CanAdminister && signature.AgentId != actor.Id))
            {
                return Problem.NotFound("signature");
            }

            if (request.AgentId is { } agent && agent != actor.Id && !await db.Set<Agents.Agent>().AnyAsync(a => a.Id == agent, ct))
            {
                return new Problem("signature.agent") { Field = "agentId" };
            }

            (signature.Body, signature.AgentId, signature.MailboxId, signature.Language, signature.UpdatedAt)
                = (request.Body.Trim().ReplaceLineEndings("\n"), request.AgentId, request.MailboxId, language, clock.GetUtcNow());
            return signature.Id;
        }, ct);
    }

    public async Task<Result<Done>> RemoveAsync(Actor actor, Guid id, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<Done>(async db =>
        {
            var signature = await db.Set<Signature>().SingleOrDefaultAsync(s => s.Id == id, ct);
            if (signature is null || (!actor.CanAdminister && signature.AgentId != actor.Id))
            {
                return Problem.NotFound("signature");
            }

            db.Remove(signature);
            return Done.It;
        }, ct);
}
