using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Preparing;

/// <summary>Makes, changes and removes macros.</summary>
[UseCase]
public sealed class EditMacros(DeskWriter writer, TimeProvider clock)
{
    public sealed record Request(string Name, int? Key, MacroSteps Steps);

    public async Task<Result<Guid>> SaveAsync(Actor actor, Guid? id, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        var problem = request.Name.Trim().Length is 0 or > 120 ? new Problem("macro.name") { Field = "name" }
            : request.Key is < 1 or > 9 ? new Problem("macro.key") { Field = "key" }
            : request.Steps.IsEmpty ? new Problem("macro.empty")
            : TemplateText.Unknown(request.Steps.Reply) is [var wrong, ..] ? new Problem("template.variable", wrong) { Field = "reply" }
            : TemplateText.Unknown(request.Steps.Note) is [var unknown, ..] ? new Problem("template.variable", unknown) { Field = "note" }
            : null;
        if (problem is not null)
        {
            return problem;
        }

        return await writer.RunAsync<Guid>(async db =>
        {
            if (request.Key is { } key && await db.Set<Macro>().AnyAsync(m => m.Key == key && m.Id != id, ct))
            {
                return new Problem("macro.key_taken", key) { Field = "key" };
            }

            var macro = id is { } known ? await db.Set<Macro>().SingleOrDefaultAsync(m => m.Id == known, ct) : db.Add(new Macro { Id = Ids.New(clock), Name = "" }).Entity;
            if (macro is null)
            {
                return Problem.NotFound("macro");
            }

            (macro.Name, macro.Key, macro.Steps, macro.UpdatedAt) = (request.Name.Trim(), request.Key, request.Steps, clock.GetUtcNow());
            return macro.Id;
        }, ct);
    }

    public async Task<Result<Done>> RemoveAsync(Actor actor, Guid id, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<Done>(async db
            => await db.Set<Macro>().Where(m => m.Id == id).ExecuteDeleteAsync(ct) == 0 ? Problem.NotFound("macro") : Done.It, ct);
}
