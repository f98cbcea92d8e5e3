using System.Linq.Expressions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Conditions.Translation;

/// <summary>
/// Turns a condition into one expression for both worlds. Every comparison is two-valued: it guards against null before it
/// compares, so that denial means the same to C# (null &lt; 5 is false) and to SQL (null &lt; 5 is unknown).
/// </summary>
internal sealed class Translator<T>(FieldCatalogue<T> catalogue, ConditionContext context, bool inSql)
{
    private readonly ParameterExpression _row = Expression.Parameter(typeof(T), "row");
    private readonly List<ConditionProblem> _problems = [];
    private int _comparisons;

    public static Outcome<Expression<Func<T, bool>>> Translate(
        Condition condition, FieldCatalogue<T> catalogue, ConditionContext context, bool inSql)
    {
        var translator = new Translator<T>(catalogue, context, inSql);
        var body = translator.Of(condition, 0);
        return translator._problems.Count == 0
            ? new(Expression.Lambda<Func<T, bool>>(body, translator._row))
            : new(translator._problems);
    }

    private Expression Of(Condition condition, int depth)
    {
        if (depth > Condition.DeepestNesting)
        {
            return Refuse(new(ConditionFault.TooLarge, Detail: $"more than {Condition.DeepestNesting} levels"));
        }

        return condition switch
        {
            AllOf all => Build.Balanced([.. all.Parts.Select(part => Of(part, depth + 1))], Expression.AndAlso, whenNone: true),
            AnyOf any => Build.Balanced([.. any.Parts.Select(part => Of(part, depth + 1))], Expression.OrElse, whenNone: false),
            Not not => Expression.Not(Of(not.Part, depth + 1)),
            Comparison comparison => Of(comparison),
            _ => throw new ArgumentException($"{condition.GetType().Name} is no condition.", nameof(condition)),
        };
    }

    private Expression Of(Comparison comparison)
    {
        if (++_comparisons == Condition.MostComparisons + 1)
        {
            return Refuse(new(ConditionFault.TooLarge, Detail: $"more than {Condition.MostComparisons} comparisons"));
        }

        if (!catalogue.TryFind(comparison.Field, out var field))
        {
            return Refuse(new(ConditionFault.UnknownField, comparison.Field));
        }

        if (!field.Operators.Contains(comparison.Operator))
        {
            return Refuse(new(ConditionFault.UnfitOperator, field.Key, comparison.Operator.StoredName()));
        }

        return comparison.Operator switch
        {
            Op.IsNot => Expression.Not(Test(field, Op.Is, comparison.Value)),
            Op.NoneOf => Expression.Not(Test(field, Op.AnyOf, comparison.Value)),
            Op.DoesNotContain => Expression.Not(Test(field, Op.Contains, comparison.Value)),
            Op.IsEmpty => Expression.Not(Test(field, Op.IsSet, comparison.Value)),
            Op.HasChanged or Op.ChangedFrom or Op.ChangedTo => Changed(field, comparison),
            _ => Test(field, comparison.Operator, comparison.Value),
        };
    }

    /// <summary>Whether the field, or one of its values, fits.</summary>
    private Expression Test(FieldDefinition<T> field, Op op, ConditionValue? value)
    {
        var asked = new Asked(field, field.ElementType, field.Folded, op, value, context, inSql && field.Accessor is not null, _problems);
        if (Leaves.Of(asked) is not { } test)
        {
            return Build.False;
        }

        if (field.Accessor is not { } accessor)
        {
            return test(Build.Parameter(context.Now.ToUniversalTime(), typeof(DateTimeOffset?)));
        }

        var read = Build.Inline(accessor, _row);
        if (!field.Each)
        {
            return test(Build.Lifted(read));
        }

        var item = Expression.Parameter(field.ElementType, "item");
        return Build.Any(read, Expression.Lambda(test(Build.Lifted(item)), item));
    }

    private Expression Changed(FieldDefinition<T> field, Comparison comparison)
    {
        var value = default(string);
        if (comparison.Operator != Op.HasChanged)
        {
            var asked = new Asked(field, field.ElementType, field.Folded, Op.Is, comparison.Value, context, inSql, _problems);
            value = Leaves.AsChanged(asked);
            if (value is null)
            {
                return Build.False;
            }
        }
        else if (comparison.Value is { } extra)
        {
            return Refuse(new(ConditionFault.UnfitValue, field.Key, extra.Text));
        }

        if (!inSql && context.Changes is { } changes)
        {
            return Expression.Constant(changes.Any(change => change.Field == field.Key && comparison.Operator switch
            {
                Op.ChangedFrom => change.From == value,
                Op.ChangedTo => change.To == value,
                _ => true,
            }));
        }

        if (catalogue.ChangeSource is not { } source)
        {
            return Refuse(new(ConditionFault.NoChanges, field.Key, comparison.Operator.StoredName()));
        }

        var change = Expression.Parameter(typeof(FieldChange), "change");
        Expression test = Expression.Equal(
            Expression.Property(change, nameof(FieldChange.Field)), Build.Parameter(field.Key, typeof(string)));
        if (value is not null)
        {
            var side = Expression.Property(
                change, comparison.Operator == Op.ChangedFrom ? nameof(FieldChange.From) : nameof(FieldChange.To));
            test = Expression.AndAlso(test, Build.Guarded(side, x => Expression.Equal(x, Build.Parameter(value, typeof(string)))));
        }

        return Build.Any(Build.Inline(source, _row), Expression.Lambda(test, change));
    }

    private ConstantExpression Refuse(ConditionProblem problem)
    {
        _problems.Add(problem);
        return Build.False;
    }
}
