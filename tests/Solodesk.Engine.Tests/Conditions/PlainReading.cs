using Solodesk.Engine.Conditions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Tests.Conditions;

/// <summary>What a condition means, written a second time without expressions, as plainly as can be: the umpire of the property tests.</summary>
internal sealed class PlainReading(ConditionContext context)
{
    public bool Meets(Condition condition, Case row) => condition switch
    {
        AllOf all => all.Parts.All(part => Meets(part, row)),
        AnyOf any => any.Parts.Any(part => Meets(part, row)),
        Not not => !Meets(not.Part, row),
        Comparison comparison => Meets(comparison, row),
        _ => throw new InvalidOperationException(),
    };

    private bool Meets(Comparison comparison, Case row)
    {
        var (field, op, value) = comparison;
        return op switch
        {
            Op.IsNot => !Meets(comparison with { Operator = Op.Is }, row),
            Op.NoneOf => !Meets(comparison with { Operator = Op.AnyOf }, row),
            Op.DoesNotContain => !Meets(comparison with { Operator = Op.Contains }, row),
            Op.IsEmpty => !Meets(comparison with { Operator = Op.IsSet }, row),
            Op.HasChanged => row.Events.Any(each => each.Field == field),
            Op.ChangedFrom => row.Events.Any(each => each.Field == field && each.From is { } from && from == Recorded(value!)),
            Op.ChangedTo => row.Events.Any(each => each.Field == field && each.To is { } to && to == Recorded(value!)),
            Op.InWorkingHours => true,
            Op.AnyOf => ((ManyValues)value!).Items.Any(item => Values(row, field).Any(each => each is not null && Fits(each, Op.Is, item))),
            _ => Values(row, field).Any(each => each is not null && Fits(each, op, value)),
        };
    }

    private string? Recorded(ConditionValue value) => value.Text == "me" ? context.Me : value.Text;

    private IEnumerable<object?> Values(Case row, string field) => field switch
    {
        "case.subject" => [row.SubjectFolded],
        "case.status" => [Key(row.Status.ToString())],
        "case.mood" => [Key(row.Mood?.ToString())],
        "case.channel" => [row.Channel is null ? null : new Keyed(row.Channel)],
        "case.replies" => [(double)row.Replies],
        "case.size" => [(double?)row.Size],
        "case.value" => [(double?)row.Value],
        "case.score" => [row.Score],
        "case.paid" => [row.Paid],
        "case.satisfied" => [row.Satisfied],
        "case.created" => [row.Created],
        "case.due" => [row.Due],
        "case.assignee" => [Key(row.Assignee?.ToString())],
        "case.tags" => row.Tags.Select(tag => new Keyed(tag.Name)),
        "case.labels" => row.Labels.Select(label => new Keyed(label)),
        "client.name" => [row.Client?.Name is { } name ? Fold(name) : null],
        "client.visits" => [(double?)row.Client?.Visits],
        "client.since" => [row.Client?.Since],
        "message.body" => row.Messages.Select(said => said.BodyFolded),
        "message.at" => row.Messages.Select(said => (object)said.At),
        "message.by" => row.Messages.Select(said => Key(said.By?.ToString())),
        "message.mood" => row.Messages.Select(said => Key(said.Mood?.ToString())),
        "message.read" => row.Messages.Select(said => (object?)said.Read),
        "case.custom.size" => row.Custom.Where(each => each.Key == "size").Select(each => each.Text),
        "case.custom.weight" => row.Custom.Where(each => each.Key == "weight").Select(each => (object?)(double?)each.Number),
        "now" => [context.Now],
        _ => throw new InvalidOperationException(field),
    };

    private bool Fits(object it, Op op, ConditionValue? value) => (it, op) switch
    {
        (string text, Op.IsSet) => text.Length > 0,
        (Keyed key, Op.IsSet) => key.Key.Length > 0,
        (_, Op.IsSet) => true,
        (string text, Op.Is) => text == Fold(value!.Text),
        (string text, Op.Contains) => text.Contains(Fold(value!.Text), StringComparison.Ordinal),
        (string text, Op.StartsWith) => text.StartsWith(Fold(value!.Text), StringComparison.Ordinal),
        (string text, Op.Matches) => Fit([.. text.EnumerateRunes()], [.. Fold(value!.Text).EnumerateRunes()]),
        (Keyed key, Op.Is) => key.Key == (value!.Text == "me" ? context.Me : value.Text),
        (bool flag, Op.Is) => flag == ((FlagValue)value!).Value,
        (double number, Op.Is) => number == Number(value!),
        (double number, Op.MoreThan) => number > Number(value!),
        (double number, Op.LessThan) => number < Number(value!),
        (double number, Op.Between) => number >= Number(Item(value!, 0)) && number <= Number(Item(value!, 1)),
        (DateTimeOffset at, Op.Is) => at >= Date(value!).From && at < Date(value!).To,
        (DateTimeOffset at, Op.Before) => at < Date(value!).From,
        (DateTimeOffset at, Op.After) => at >= Date(value!).To,
        (DateTimeOffset at, Op.Between) => at >= Date(Item(value!, 0)).From && at < Date(Item(value!, 1)).To,
        (DateTimeOffset at, Op.WithinLast) => at <= context.Now && at >= DateValue.Away((SpanValue)value!, -1, context),
        (DateTimeOffset at, Op.WithinNext) => at >= Now && at <= DateValue.Away((SpanValue)value!, 1, context),
        _ => throw new InvalidOperationException($"{it} {op}"),
    };

    // Patterns tell a plain star by its backslash; written as recursion over what is left.
    private static bool Fit(ReadOnlySpan<System.Text.Rune> text, ReadOnlySpan<System.Text.Rune> pattern)
    {
        if (pattern.IsEmpty)
        {
            return text.IsEmpty;
        }

        var escaped = pattern is [{ Value: '\\' }, { Value: '*' or '?' or '\\' }, ..];
        if (!escaped && pattern[0].Value == '*')
        {
            return Fit(text, pattern[1..]) || (!text.IsEmpty && Fit(text[1..], pattern));
        }

        var next = escaped ? 1 : 0;
        return !text.IsEmpty && ((!escaped && pattern[0].Value == '?') || text[0] == pattern[next]) && Fit(text[1..], pattern[(next + 1)..]);
    }

    // what is stored knows microseconds only
    private DateTimeOffset Now => context.Now.AddTicks(-(context.Now.Ticks % 10));

    private static string Fold(string text) => TextFold.Fold(text);

    private static Keyed? Key(string? key) => key is null ? null : new Keyed(key.ToLowerInvariant());

    private static double Number(ConditionValue value) => (double)((NumberValue)value).Value;

    private static ConditionValue Item(ConditionValue value, int index) => ((ManyValues)value).Items[index];

    private (DateTimeOffset From, DateTimeOffset To) Date(ConditionValue value) => DateValue.Resolve(value.Text, context)!.Value;

    private sealed record Keyed(string Key);
}
