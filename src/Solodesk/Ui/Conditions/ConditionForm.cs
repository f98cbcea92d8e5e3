using Microsoft.AspNetCore.Http;
using Solodesk.Engine.Conditions;

namespace Solodesk.Ui.Conditions;

/// <summary>
/// The posted form of the editor. Each part has a path (<c>c</c> is the whole, <c>c.0.1</c> the second part of its first); what stands
/// under <c>do</c> is a step of editing: <c>add:c</c>, <c>group:c</c>, <c>remove:c.0</c>.
/// </summary>
internal static class ConditionForm
{
    public const string Root = "c";

    /// <summary>Reads the draft, the step already taken.</summary>
    public static ConditionDraft.Group Read(IFormCollection form, FieldCatalogue fields)
    {
        var (step, at) = form["do"].ToString().Split(':', 2) is [var name, var path] ? (name, path) : ("", "");
        return ReadGroup(form, fields, Root, 0, step, at) ?? new ConditionDraft.Group();
    }

    /// <summary>Whether the form was posted to edit on, not to be saved.</summary>
    public static bool IsStep(IFormCollection form) => form["do"].ToString() is { Length: > 0 } step && step != "save";

    /// <summary>The operators that the editor offers for a field.</summary>
    public static IEnumerable<ConditionOperator> Operators(FieldDefinition field, bool withChanges)
        => field.Operators.Where(o => o switch
        {
            ConditionOperator.HasChanged or ConditionOperator.ChangedFrom or ConditionOperator.ChangedTo => withChanges,
            ConditionOperator.InWorkingHours => withChanges || field.Key == "now",
            _ => withChanges || field.Key != "now",
        });

    private static ConditionDraft.Group? ReadGroup(IFormCollection form, FieldCatalogue fields, string path, int depth, string step, string at)
    {
        if (depth >= Condition.DeepestNesting)
        {
            return null;
        }

        var group = new ConditionDraft.Group
        {
            Mode = Enum.TryParse<ConditionDraft.GroupMode>(form[$"{path}.mode"], out var mode) && Enum.IsDefined(mode) ? mode : ConditionDraft.GroupMode.All,
        };
        for (var i = 0; i < ConditionDraft.MostParts && form[$"{path}.{i}.is"].ToString() is { Length: > 0 } kind; i++)
        {
            var child = $"{path}.{i}";
            if (step == "remove" && at == child)
            {
                continue;
            }

            ConditionDraft? part = kind == "group" ? ReadGroup(form, fields, child, depth + 1, step, at) : ReadLeaf(form, fields, child);
            if (part is not null)
            {
                group.Parts.Add(part);
            }
        }

        if (at == path && group.Parts.Count < ConditionDraft.MostParts)
        {
            if (step == "add")
            {
                group.Parts.Add(First(fields));
            }
            else if (step == "group" && depth + 2 < Condition.DeepestNesting)
            {
                group.Parts.Add(new ConditionDraft.Group { Mode = ConditionDraft.GroupMode.Any, Parts = { First(fields) } });
            }
        }

        return group;
    }

    private static ConditionDraft.Leaf First(FieldCatalogue fields) => new() { Field = fields.Fields[0].Key, Operator = fields.Fields[0].Operators[0] };

    private static ConditionDraft.Leaf ReadLeaf(IFormCollection form, FieldCatalogue fields, string path)
    {
        var key = form[$"{path}.field"].ToString();
        var leaf = new ConditionDraft.Leaf { Field = key };
        if (fields.Find(key) is not { } field)
        {
            return leaf;
        }

        // Another field than before: its usual operator, and nothing of the old value.
        var changed = form[$"{path}.was"].ToString() is { Length: > 0 } was && was != key;
        leaf.Operator = !changed && Engine.Conditions.Operators.TryFind(form[$"{path}.op"], out var op) && field.Operators.Contains(op) ? op : field.Operators[0];
        if (changed)
        {
            return leaf;
        }

        leaf.Unit = Enum.TryParse<SpanUnit>(form[$"{path}.unit"], out var unit) && Enum.IsDefined(unit) ? unit : SpanUnit.Days;
        var typed = form[$"{path}.v"].OfType<string>().Select(v => v.Trim()).ToList();
        leaf.Values.AddRange(field.Kind == FieldKind.Date && leaf.Operator.Takes() is (OperatorValue.One or OperatorValue.Pair)
            ? Dates(typed, [.. form[$"{path}.day"].OfType<string>()])
            : leaf.Operator.Takes() == OperatorValue.Many && field.Choices.Count == 0
                ? typed.SelectMany(v => v.Split([',', '，', '、', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                : typed.Where(v => v.Length > 0));
        return leaf;
    }

    // Each date is chosen by name, or "a day" and the day beside it.
    private static IEnumerable<string> Dates(List<string> names, List<string> days)
        => names.Select((name, i) => name == "day" ? days.ElementAtOrDefault(i) ?? "" : name).Where(d => d.Length > 0);
}
