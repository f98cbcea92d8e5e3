using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>Adds, changes or takes away a prepared reply.</summary>
[UseCase]
public sealed class SaveTemplate(DeskWriter writer, TimeProvider clock)
{
    /// <summary>What to change; null leaves a field as it is.</summary>
    public sealed record Request
    {
        /// <summary>Null adds a new one.</summary>
        public Guid? Id { get; init; }

        public string? Name { get; init; }
        public string? Body { get; init; }
        public string? Folder { get; init; }

        /// <summary>Empty fits every customer.</summary>
        public string? Language { get; init; }
    }

    public async Task<Result<Guid>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        var (name, body) = (request.Name?.Trim(), request.Body?.Trim());
        if (name is { Length: 0 or > 200 } || (request.Id is null && name is null))
        {
            return new Problem("template.name_invalid") { Field = "name" };
        }

        if (body is { Length: 0 } || (request.Id is null && body is null))
        {
            return new Problem("template.empty") { Field = "body" };
        }

        return await writer.RunAsync<Guid>(async db =>
        {
            var template = request.Id is { } id
                ? await db.Set<Template>().SingleOrDefaultAsync(t => t.Id == id, ct)
                : db.Add(new Template { Id = Ids.New(clock), Name = name!, Body = body! }).Entity;
            if (template is null)
            {
                return Problem.NotFound("template");
            }

            template.Name = name ?? template.Name;
            template.Body = body ?? template.Body;
            template.Folder = request.Folder?.Trim() ?? template.Folder;
            template.Language = request.Language is null ? template.Language : request.Language.Length == 0 ? null : request.Language;
            template.UpdatedAt = clock.GetUtcNow();
            return template.Id;
        }, ct);
    }

    public async Task<Result<Done>> DeleteAsync(Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        return await writer.RunAsync<Done>(async db =>
        {
            var template = await db.Set<Template>().SingleOrDefaultAsync(t => t.Id == id, ct);
            if (template is null)
            {
                return Problem.NotFound("template");
            }

            db.Remove(template);
            return Done.It;
        }, ct);
    }
}
