using System.Globalization;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Conditions;

/// <summary>Writes a condition as a sentence.</summary>
internal sealed class Sentence(FieldCatalogue catalogue, CultureInfo culture)
{
    private readonly bool _chinese = LocalText.IsChinese(culture);

    private static readonly Dictionary<Op, LocalText> Verbs = new()
    {
        [Op.Is] = new("{0}是{1}", "{0} is {1}"),
        [Op.IsNot] = new("{0}不是{1}", "{0} is not {1}"),
        [Op.AnyOf] = new("{0}是{1}之一", "{0} is any of {1}"),
        [Op.NoneOf] = new("{0}不是{1}中的任何一个", "{0} is none of {1}"),
        [Op.Contains] = new("{0}包含{1}", "{0} contains {1}"),
        [Op.DoesNotContain] = new("{0}不包含{1}", "{0} does not contain {1}"),
        [Op.StartsWith] = new("{0}以{1}开头", "{0} starts with {1}"),
        [Op.Matches] = new("{0}符合{1}", "{0} matches {1}"),
        [Op.IsSet] = new("{0}已填写", "{0} is set"),
        [Op.IsEmpty] = new("{0}为空", "{0} is empty"),
        [Op.Before] = new("{0}早于{1}", "{0} is before {1}"),
        [Op.After] = new("{0}晚于{1}", "{0} is after {1}"),
        [Op.WithinLast] = new("{0}在过去 {1}内", "{0} is within the last {1}"),
        [Op.WithinNext] = new("{0}在未来 {1}内", "{0} is within the next {1}"),
        [Op.MoreThan] = new("{0}大于 {1}", "{0} is more than {1}"),
        [Op.LessThan] = new("{0}小于 {1}", "{0} is less than {1}"),
        [Op.Between] = new("{0}介于{1}之间", "{0} is between {1}"),
        [Op.HasChanged] = new("{0}发生变更", "{0} has changed"),
        [Op.ChangedFrom] = new("{0}从{1}变更", "{0} changed from {1}"),
        [Op.ChangedTo] = new("{0}变更为{1}", "{0} changed to {1}"),
        [Op.InWorkingHours] = new("{0}在工作时间内", "{0} is in working hours"),
    };

    // Tags are held, not equalled.
    private static readonly Dictionary<Op, LocalText> TagVerbs = new()
    {
        [Op.Is] = new("{0}包含{1}", "{0} include {1}"),
        [Op.IsNot] = new("{0}不包含{1}", "{0} do not include {1}"),
        [Op.AnyOf] = new("{0}包含{1}之一", "{0} include any of {1}"),
        [Op.NoneOf] = new("{0}不包含{1}中的任何一个", "{0} include none of {1}"),
        [Op.IsSet] = new("有{0}", "{0} are set"),
        [Op.IsEmpty] = new("没有{0}", "{0} are empty"),
    };

    private static readonly Dictionary<SpanUnit, LocalText> Units = new()
    {
        [SpanUnit.Minutes] = new("分钟", "minutes"),
        [SpanUnit.Hours] = new("小时", "hours"),
        [SpanUnit.Days] = new("天", "days"),
        [SpanUnit.Weeks] = new("周", "weeks"),
    };

    public string Of(Condition condition) => condition switch
    {
        AllOf { Parts.Count: 0 } => Say("全部", "everything"),
        AnyOf { Parts.Count: 0 } => Say("无", "nothing"),
        AllOf all => string.Join(Say("，并且", " and "), all.Parts.Select(part => Inner(part, alone: all.Parts.Count == 1))),
        AnyOf any => string.Join(Say("，或者", " or "), any.Parts.Select(part => Inner(part, alone: any.Parts.Count == 1))),
        Not not => Say($"不满足（{Of(not.Part)}）", $"not ({Of(not.Part)})"),
        Comparison comparison => Of(comparison),
        _ => throw new ArgumentException("No such condition.", nameof(condition)),
    };

    private string Inner(Condition part, bool alone) => part is AllOf { Parts.Count: > 1 } or AnyOf { Parts.Count: > 1 } && !alone
        ? Say($"（{Of(part)}）", $"({Of(part)})")
        : Of(part);

    private string Of(Comparison comparison)
    {
        var field = catalogue.Find(comparison.Field);
        var verb = field?.Kind == FieldKind.Tags && TagVerbs.TryGetValue(comparison.Operator, out var held) ? held : Verbs[comparison.Operator];
        var label = field?.Label.In(culture) ?? comparison.Field;
        return string.Format(culture, verb.In(culture), label, Of(comparison.Value, field, comparison.Operator == Op.Between));
    }

    private string Of(ConditionValue? value, FieldDefinition? field, bool pair) => value switch
    {
        null => "…",
        ManyValues many => Listed([.. many.Items.Select(item => Of(item, field, pair: false))], pair),
        SpanValue { Amount: 1 } span when !_chinese => "1 " + Units[span.Unit].En.TrimEnd('s'),
        SpanValue span => Say($"{span.Amount} {Unit(span)}", $"{span.Amount} {Unit(span)}"),
        FlagValue flag => flag.Value ? Say("“是”", "yes") : Say("“否”", "no"),
        NumberValue number => number.Value.ToString("0.############################", culture),
        TextValue text => Of(text.Value, field),
        _ => value.Text,
    };

    private string Of(string text, FieldDefinition? field)
    {
        if (field?.Choices.FirstOrDefault(choice => choice.Value == text) is { } choice)
        {
            return choice.Label.In(culture);
        }

        return field?.Kind switch
        {
            FieldKind.Person when text == "me" => Say("我", "me"),
            FieldKind.Date when DateValue.Names.TryGetValue(text, out var name) => name.In(culture),
            FieldKind.Date => text.Replace('T', ' '),
            _ => $"“{text}”",
        };
    }

    private string Listed(string[] items, bool pair) => items switch
    {
        [] => "…",
        [var only] => only,
        [.. var first, var last] when pair => string.Join(", ", first) + Say("和", " and ") + last,
        [.. var first, var last] => string.Join(Say("、", ", "), first) + Say("、", " or ") + last,
    };

    private string Unit(SpanValue span) => Units[span.Unit].In(culture);

    private string Say(string zh, string en) => _chinese ? zh : en;
}
