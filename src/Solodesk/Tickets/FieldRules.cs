using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>
/// Whether values fit the own fields that were declared for them: else a condition "more than 5" would never find what somebody wrote as "six".
/// A key that nobody declared is taken as it is; programs keep notes of their own there.
/// </summary>
internal static class FieldRules
{
    /// <summary>As long as the keys of declared fields can be.</summary>
    private const int LongestKey = 60;

    /// <param name="db">Where the fields are declared.</param>
    /// <param name="target">What the values belong to.</param>
    /// <param name="values">By key; an empty one clears its field and always fits.</param>
    /// <param name="before">What is there already: a value that fitted an earlier declaration may stay.</param>
    /// <param name="ct">Stops reading.</param>
    public static async Task<Problem?> CheckAsync(DeskDb db, CustomFieldTarget target, IReadOnlyDictionary<string, string>? values, IReadOnlyDictionary<string, string>? before, CancellationToken ct)
    {
        var given = (values ?? new Dictionary<string, string>()).Where(v => v.Value.Length > 0 && before?.GetValueOrDefault(v.Key) != v.Value).ToList();
        if (given.Count == 0)
        {
            return null;
        }

        if (given.FirstOrDefault(v => v.Key.Length is 0 or > LongestKey) is { Key: { } key })
        {
            return new Problem("field.key") { Field = $"custom.{key}" };
        }

        var keys = given.Select(v => v.Key).ToList();
        var declared = await db.Set<CustomField>().AsNoTracking().Where(f => f.Target == target && keys.Contains(f.Key)).ToListAsync(ct);
        return given.Select(v => declared.Find(f => f.Key == v.Key) is { } field ? Check(field, v.Value) : null).FirstOrDefault(p => p is not null);
    }

    /// <summary>What is known after some was given: keys that nobody spoke of stay, because a form shows only the fields that are declared today; an empty value takes its key away.</summary>
    public static Dictionary<string, string> Merged(Dictionary<string, string> known, IReadOnlyDictionary<string, string>? given)
        => given is null ? known
            : known.Where(k => !given.ContainsKey(k.Key)).Concat(given.Where(g => g.Value.Length > 0)).ToDictionary(v => v.Key, v => v.Value);

    private static Problem? Check(CustomField field, string value)
    {
        var fits = field.Kind switch
        {
            CustomFieldKind.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
            CustomFieldKind.Date => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            CustomFieldKind.Checkbox => value == "yes",
            CustomFieldKind.Select => field.Options.Contains(value),
            CustomFieldKind.MultiSelect => value.Split('\n', StringSplitOptions.RemoveEmptyEntries).All(field.Options.Contains),
            _ => true,
        };
        return fits ? null : new Problem(field.Kind switch
        {
            CustomFieldKind.Number => "field.not_number",
            CustomFieldKind.Date => "field.not_date",
            CustomFieldKind.Checkbox => "field.not_yes",
            _ => "field.not_choice",
        }, field.Label, value.ReplaceLineEndings(", ")) { Field = $"custom.{field.Key}" };
    }
}
