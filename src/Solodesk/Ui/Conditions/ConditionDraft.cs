using System.Globalization;
using Solodesk.Engine.Conditions;

namespace Solodesk.Ui.Conditions;

/// <summary>A condition while somebody edits it: every part may be unfinished. It is posted whole, so the editor works without scripts.</summary>
public abstract class ConditionDraft
{
    /// <summary>Most parts of one group, so that a form stays one that a person can read.</summary>
    public const int MostParts = 40;

    /// <summary>The draft of a condition; a single comparison stands in a group of its own.</summary>
    public static Group Of(Condition condition) => Read(condition) is Group group ? group : new Group { Parts = { Read(condition) } };

    public abstract Condition ToCondition(FieldCatalogue fields);

    private static ConditionDraft Read(Condition condition) => condition switch
    {
        AllOf all => new Group { Mode = GroupMode.All, Parts = [.. all.Parts.Select(Read)] },
        AnyOf any => new Group { Mode = GroupMode.Any, Parts = [.. any.Parts.Select(Read)] },
        Not { Part: AnyOf none } => new Group { Mode = GroupMode.None, Parts = [.. none.Parts.Select(Read)] },
        Not not => new Group { Mode = GroupMode.None, Parts = [Read(not.Part)] },
        Comparison one => new Leaf
        {
            Field = one.Field,
            Operator = one.Operator,
            Values = one.Value switch
            {
                ManyValues many => [.. many.Items.Select(i => i.Text)],
                SpanValue span => [span.Amount.ToString(CultureInfo.InvariantCulture)],
                { } value => [value.Text],
                null => [],
            },
            Unit = one.Value is SpanValue { Unit: var unit } ? unit : SpanUnit.Days,
        },
        _ => new Group(),
    };

    public enum GroupMode { All, Any, None }

    /// <summary>Several parts, of which all, one or none must fit.</summary>
    public sealed class Group : ConditionDraft
    {
        public GroupMode Mode { get; set; }

        public List<ConditionDraft> Parts { get; init; } = [];

        public override Condition ToCondition(FieldCatalogue fields)
        {
            List<Condition> parts = [.. Parts.Select(p => p.ToCondition(fields))];
            return Mode switch
            {
                GroupMode.All => new AllOf(parts),
                GroupMode.Any => new AnyOf(parts),
                GroupMode.None => new Not(new AnyOf(parts)),
            };
        }
    }

    /// <summary>One comparison, as far as it has been filled in.</summary>
    public sealed class Leaf : ConditionDraft
    {
        public string Field { get; set; } = "";

        public ConditionOperator Operator { get; set; }

        public List<string> Values { get; init; } = [];

        public SpanUnit Unit { get; set; } = SpanUnit.Days;

        public override Condition ToCondition(FieldCatalogue fields)
        {
            var field = fields.Find(Field);
            ConditionValue? value = Operator.Takes() switch
            {
                OperatorValue.None => null,
                OperatorValue.One => Values.Count > 0 ? One(field, Values[0]) : null,
                OperatorValue.Many or OperatorValue.Pair => new ManyValues([.. Values.Select(v => One(field, v))]),
                OperatorValue.Span => Values.Count > 0 && int.TryParse(Values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? new SpanValue(amount, Unit) : null,
                _ => null,
            };
            return new Comparison(Field, Operator, value);
        }

        // What was typed as the kind of the field wants it; a word where a number belongs stays a word and is refused by the check.
        private static ConditionValue One(FieldDefinition? field, string text) => field?.Kind switch
        {
            FieldKind.Number when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => new NumberValue(number),
            FieldKind.Boolean when bool.TryParse(text, out var flag) => new FlagValue(flag),
            _ => new TextValue(text),
        };
    }
}
