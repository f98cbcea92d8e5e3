using System.Globalization;
using System.Text.Json;

namespace Solodesk.Engine.Conditions;

/// <summary>Reads one stored condition, stopping at the first problem.</summary>
internal sealed class ConditionReader
{
    private int _comparisons;

    public ConditionProblem? Problem { get; private set; }

    public Condition? Read(JsonElement element, int depth = 0)
    {
        if (depth > Condition.DeepestNesting)
        {
            return Refuse(ConditionFault.TooLarge, detail: Invariant($"more than {Condition.DeepestNesting} levels"));
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return Refuse(ConditionFault.Unreadable, detail: "a condition is an object");
        }

        if (element.TryGetProperty("all", out var parts))
        {
            return ReadParts(parts, depth) is { } all ? new AllOf(all) : null;
        }

        if (element.TryGetProperty("any", out parts))
        {
            return ReadParts(parts, depth) is { } any ? new AnyOf(any) : null;
        }

        if (element.TryGetProperty("not", out var part))
        {
            return Read(part, depth + 1) is { } denied ? new Not(denied) : null;
        }

        return ReadComparison(element);
    }

    private List<Condition>? ReadParts(JsonElement element, int depth)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Refuse(ConditionFault.Unreadable, detail: "“all” and “any” hold a list");
            return null;
        }

        var parts = new List<Condition>();
        foreach (var each in element.EnumerateArray())
        {
            if (Read(each, depth + 1) is not { } part)
            {
                return null;
            }

            parts.Add(part);
        }

        return parts;
    }

    private Comparison? ReadComparison(JsonElement element)
    {
        if (++_comparisons > Condition.MostComparisons)
        {
            return Refuse<Comparison>(ConditionFault.TooLarge, null, Invariant($"more than {Condition.MostComparisons} comparisons"));
        }

        if (TextOf(element, "field") is not { Length: > 0 } field)
        {
            return Refuse<Comparison>(ConditionFault.Unreadable, null, "a part is neither “all”, “any”, “not” nor names a “field”");
        }

        var name = TextOf(element, "op");
        if (!Operators.TryFind(name, out var op))
        {
            return Refuse<Comparison>(ConditionFault.UnknownOperator, field, name ?? "");
        }

        if (!element.TryGetProperty("value", out var stored) || stored.ValueKind == JsonValueKind.Null)
        {
            return new Comparison(field, op);
        }

        return ReadValue(stored, within: true) is { } value
            ? new Comparison(field, op, value)
            : Refuse<Comparison>(ConditionFault.UnfitValue, field, Short(stored.GetRawText()));
    }

    private static ConditionValue? ReadValue(JsonElement element, bool within) => element.ValueKind switch
    {
        JsonValueKind.String => Text(element) is { } text ? new TextValue(text) : null,
        JsonValueKind.Number => element.TryGetDecimal(out var number) ? new NumberValue(number) : null,
        JsonValueKind.True => new FlagValue(true),
        JsonValueKind.False => new FlagValue(false),
        JsonValueKind.Array when within => ReadMany(element),
        JsonValueKind.Object when within => ReadSpan(element),
        _ => null,
    };

    private static ManyValues? ReadMany(JsonElement element)
    {
        var items = new List<ConditionValue>();
        foreach (var each in element.EnumerateArray())
        {
            if (items.Count == Operators.MostValues || ReadValue(each, within: false) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new ManyValues(items);
    }

    private static SpanValue? ReadSpan(JsonElement element) =>
        element.TryGetProperty("amount", out var amount) && amount.ValueKind == JsonValueKind.Number
            && amount.TryGetInt32(out var count)
            && Enum.GetValues<SpanUnit>().Cast<SpanUnit?>().FirstOrDefault(unit =>
                unit.ToString()!.Equals(TextOf(element, "unit"), StringComparison.OrdinalIgnoreCase)) is { } found
            ? new SpanValue(count, found)
            : null;

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? Text(member) : null;

    /// <summary>The text, or null when it holds half a surrogate pair, which no database stores.</summary>
    private static string? Text(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private Condition? Refuse(ConditionFault fault, string detail) => Refuse<Condition>(fault, null, detail);

    private TCondition? Refuse<TCondition>(ConditionFault fault, string? field, string detail)
        where TCondition : Condition
    {
        Problem ??= new ConditionProblem(fault, field, detail);
        return null;
    }
}
