using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>Declares the founder's own fields of tickets, customers and organizations. A field is archived, never deleted: its values stay.</summary>
[UseCase]
public sealed class EditCustomFields(DeskWriter writer, TimeProvider clock)
{
    /// <param name="Target">What it belongs to.</param>
    /// <param name="Kind">Cannot change later, because values are kept by it.</param>
    /// <param name="Label">What people read.</param>
    /// <param name="Key">For the API; empty makes one from the label.</param>
    /// <param name="Options">The choices of the two kinds of select.</param>
    public sealed record NewField(CustomFieldTarget Target, CustomFieldKind Kind, string Label, string Key, IReadOnlyList<string> Options);

    public async Task<Result<Guid>> AddAsync(Actor actor, NewField request, CancellationToken ct)
    {
        var options = Clean(request.Options);
        if (Check(actor, request.Label, request.Kind, options) is { } problem)
        {
            return problem;
        }

        return await writer.RunAsync<Guid>(async db =>
        {
            var known = await db.Set<CustomField>().Where(f => f.Target == request.Target).Select(f => new { f.Key, f.Position }).ToListAsync(ct);
            var wanted = request.Key.Trim();
            var key = wanted.Length > 0 ? wanted : Free(KeyFrom(request.Label), [.. known.Select(k => k.Key)]);
            if (!IsKey(key))
            {
                return new Problem("field.key") { Field = "key" };
            }

            if (known.Any(k => k.Key == key))
            {
                return new Problem("field.taken", key) { Field = "key" };
            }

            var field = new CustomField
            {
                Id = Ids.New(clock),
                Target = request.Target,
                Kind = request.Kind,
                Key = key,
                Label = request.Label.Trim(),
                Options = options,
                Position = known.Count == 0 ? 0 : known.Max(k => k.Position) + 1,
            };
            db.Add(field);
            return field.Id;
        }, ct);
    }

    public async Task<Result<Guid>> ChangeAsync(Actor actor, Guid id, string label, IReadOnlyList<string>? options, bool archived, CancellationToken ct)
        => await writer.RunAsync<Guid>(async db =>
        {
            if (await db.Set<CustomField>().SingleOrDefaultAsync(f => f.Id == id, ct) is not { } field)
            {
                return Problem.NotFound("field");
            }

            var cleaned = options is null ? field.Options : Clean(options);
            if (Check(actor, label, field.Kind, cleaned) is { } problem)
            {
                return problem;
            }

            field.Label = label.Trim();
            field.Options = cleaned;
            field.Archived = archived;
            return id;
        }, ct);

    private static Problem? Check(Actor actor, string label, CustomFieldKind kind, List<string> options)
        => !actor.CanAdminister ? Problem.Forbidden
            : label.Trim().Length is 0 or > 120 ? new Problem("field.label") { Field = "label" }
            : kind is CustomFieldKind.Select or CustomFieldKind.MultiSelect && options.Count is < 2 or > 200 ? new Problem("field.options") { Field = "options" }
            : null;

    private static List<string> Clean(IReadOnlyList<string> options)
        => [.. options.Select(o => o.Trim()).Where(o => o.Length is > 0 and <= 120).Distinct(StringComparer.Ordinal)];

    private static bool IsKey(string key)
        => key.Length is > 0 and <= 60 && char.IsAsciiLetterLower(key[0]) && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static string KeyFrom(string label)
    {
        var key = string.Join('_', new string([.. label.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        // A Chinese label leaves nothing over.
        return key.Length == 0 ? "field" : char.IsAsciiLetterLower(key[0]) ? key[..Math.Min(50, key.Length)] : $"f_{key[..Math.Min(48, key.Length)]}";
    }

    private static string Free(string key, HashSet<string> taken)
    {
        var free = key;
        for (var n = 2; taken.Contains(free); n++)
        {
            free = $"{key}_{n}";
        }

        return free;
    }
}
