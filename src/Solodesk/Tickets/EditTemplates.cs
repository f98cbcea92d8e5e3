using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>Writes, changes and removes prepared replies.</summary>
[UseCase]
public sealed class EditTemplates(DeskWriter writer, TimeProvider clock)
{
    /// <param name="Name">How it is found.</param>
    /// <param name="Body">Markdown with variables.</param>
    /// <param name="Folder">Groups the list; may be empty.</param>
    /// <param name="Language">Null fits every customer.</param>
    public sealed record Request(string Name, string Body, string Folder, string? Language);

    /// <summary>Makes a new one (no id) or changes one.</summary>
    public async Task<Result<Guid>> SaveAsync(Actor actor, Guid? id, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (request.Name.Trim().Length is 0 or > 200)
        {
            return new Problem("template.name") { Field = "name" };
        }

        if (request.Body.Trim().Length is 0 or > 20_000)
        {
            return new Problem("template.body") { Field = "body" };
        }

        if (request.Folder.Trim().Length > 120)
        {
            return new Problem("template.folder") { Field = "folder" };
        }

        if (TemplateText.Unknown(request.Body) is [var unknown, ..])
        {
            return new Problem("template.variable", unknown) { Field = "body" };
        }

        return await writer.RunAsync<Guid>(async db =>
        {
            var template = id is { } known ? await db.Set<Template>().SingleOrDefaultAsync(t => t.Id == known, ct) : new Template { Id = Ids.New(clock), Name = "", Body = "" };
            if (template is null)
            {
                return Problem.NotFound("template");
            }

            template.Name = request.Name.Trim();
            template.Body = request.Body.Trim().ReplaceLineEndings("\n");
            template.Folder = request.Folder.Trim();
            template.Language = string.IsNullOrEmpty(request.Language) ? null : request.Language;
            template.UpdatedAt = clock.GetUtcNow();
            if (id is null)
            {
                db.Add(template);
            }

            return template.Id;
        }, ct);
    }

    public async Task<Result<Done>> RemoveAsync(Actor actor, Guid id, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<Done>(async db =>
        {
            if (await db.Set<Template>().SingleOrDefaultAsync(t => t.Id == id, ct) is not { } template)
            {
                return Problem.NotFound("template");
            }

            db.Remove(template);
            return Done.It;
        }, ct);
}
