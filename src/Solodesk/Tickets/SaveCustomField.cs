using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>Declares a custom field, or changes or archives one; its key and kind stay, because values hang on them.</summary>
[UseCase]
public sealed class SaveCustomField(DeskWriter writer, TimeProvider clock)
{
    /// <summary>What to change; null leaves a field as it is.</summary>
    public sealed record Request
    {
        /// <summary>Null declares a new one.</summary>
        public Guid? Id { get; init; }

        public CustomFieldTarget Target { get; init; }
        public string? Key { get; init; }
        public CustomFieldKind Kind { get; init; }
        public string? Label { get; init; }
        public IReadOnlyList<string>? Options { get; init; }
        public int? Position { get; init; }
        public bool? Archived { get; init; }
    }

    public async Task<Result<Guid>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        if (Check(request) is { } problem)
        {
            return problem;
        }

        return await writer.RunAsync<Guid>(async db =>
        {
            var field = request.Id is { } id ? await db.Set<CustomField>().SingleOrDefaultAsync(f => f.Id == id, ct) : await DeclareAsync(db, request, ct);
            if (field is null)
            {
                return request.Id is null ? new Problem("custom_field.exists", request.Key!) { Field = "key" } : Problem.NotFound("custom_field");
            }

            field.Label = request.Label?.Trim() ?? field.Label;
            field.Options = request.Options?.Select(o => o.Trim()).Where(o => o.Length > 0).Distinct().ToList() ?? field.Options;
            field.Position = request.Position ?? field.Position;
            field.Archived = request.Archived ?? field.Archived;
            return field.Kind is CustomFieldKind.Select or CustomFieldKind.MultiSelect && field.Options.Count == 0
                ? new Problem("custom_field.options_empty") { Field = "options" }
                : field.Id;
        }, ct);
    }

    private static Problem? Check(Request request)
    {
        if (request.Label?.Trim() is { Length: 0 or > 120 } || (request.Id is null && request.Label is null))
        {
            return new Problem("custom_field.label_invalid") { Field = "label" };
        }

        return request.Id is null && (request.Key is not { Length: > 0 and <= 60 } key || !key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            ? new Problem("custom_field.key_invalid") { Field = "key" }
            : null;
    }

    private async Task<CustomField?> DeclareAsync(DeskDb db, Request request, CancellationToken ct)
    {
        if (await db.Set<CustomField>().AnyAsync(f => f.Target == request.Target && f.Key == request.Key, ct))
        {
            return null;
        }

        var last = await db.Set<CustomField>().Where(f => f.Target == request.Target).MaxAsync(f => (int?)f.Position, ct);
        return db.Add(new CustomField
        {
            Id = Ids.New(clock),
            Target = request.Target,
            Key = request.Key!,
            Kind = request.Kind,
            Label = request.Label!.Trim(),
            Position = (last ?? -1) + 1,
        }).Entity;
    }
}
