using System.Linq.Expressions;
using System.Reflection;
using Solodesk.Engine.Sla;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Conditions.Translation;

/// <summary>
/// The affirmative comparisons by kind of field. Each gives a test of one (nullable) value that is false when the value is missing;
/// null, with a problem noted, when the condition's value does not fit.
/// </summary>
internal static class Leaves
{
    private static readonly MethodInfo Contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;
    private static readonly MethodInfo IsOpen = typeof(BusinessHours).GetMethod(nameof(BusinessHours.IsOpen))!;

    public static Func<Expression, Expression>? Of(Asked asked) => (asked.Operator, asked.Field.Kind) switch
    {
        (Op.IsSet, _) when asked.Value is not null => asked.Refused<Func<Expression, Expression>>(),
        (Op.IsSet, _) => IsSet,
        (_, FieldKind.Text or FieldKind.LongText) => Text(asked),
        (_, FieldKind.Number) => NumberLeaf.Of(asked),
        (_, FieldKind.Boolean) => Flag(asked),
        (_, FieldKind.Date) => Date(asked),
        (_, FieldKind.Choice or FieldKind.Tags or FieldKind.Person) => KeyLeaf.Of(asked),
        _ => throw new ArgumentException("No such kind of field.", nameof(asked)),
    };

    /// <summary>The value as a <see cref="FieldChange"/> writes it; null, with a problem noted, when it does not fit.</summary>
    public static string? AsChanged(Asked asked)
    {
        if (asked.Field.Kind is FieldKind.Choice or FieldKind.Tags or FieldKind.Person)
        {
            return KeyLeaf.AsChanged(asked);
        }

        return (asked.Field.Kind, asked.Value) switch
        {
            (FieldKind.Text, TextValue { Value: { Length: > 0 and <= Operators.LongestText } text }) when TextFold.IsStorable(text) => text,
            (FieldKind.Number, NumberValue number) => number.Text,
            (FieldKind.Boolean, FlagValue flag) => flag.Text,
            _ => asked.Refused<string>(),
        };
    }

    private static Expression IsSet(Expression value) =>
        Build.Guarded(value, x => x.Type == typeof(string) ? Expression.NotEqual(x, Expression.Constant("")) : Expression.Constant(true));

    private static Func<Expression, Expression>? Text(Asked asked)
    {
        var texts = asked.Converted(value =>
            value is TextValue { Value: { Length: > 0 and <= Operators.LongestText } text } && TextFold.IsStorable(text)
                ? TextFold.Fold(text)
                : asked.Refused<string>(detail: value.Text));
        if (texts is null)
        {
            return null;
        }

        Expression Fold(Expression value) => asked.Folded ? value : Expression.Call(TextFold.FoldMethod, value);
        Expression One(string text) => Build.Parameter(text, typeof(string));
        return value => Build.Guarded(value, x => asked.Operator switch
        {
            Op.Is => Expression.Equal(Fold(x), One(texts[0])),
            Op.AnyOf => Build.In(Fold(x), texts),
            Op.Contains => Expression.Call(Fold(x), Contains, One(texts[0])),
            Op.StartsWith => Expression.Call(Wildcard.LikeMethod, Fold(x), One(Wildcard.Prefix(texts[0]))),
            Op.Matches => Expression.Call(Wildcard.LikeMethod, Fold(x), One(Wildcard.ToLike(texts[0]))),
            _ => throw new InvalidOperationException(),
        });
    }

    private static Func<Expression, Expression>? Flag(Asked asked) => asked.Value is FlagValue flag
        ? value => Build.Guarded(value, x => Expression.Equal(x, Build.Parameter(flag.Value, typeof(bool?))))
        : asked.Refused<Func<Expression, Expression>>();

    private static Func<Expression, Expression>? Date(Asked asked) => asked.Operator switch
    {
        Op.WithinLast or Op.WithinNext => Within(asked),
        Op.InWorkingHours => InWorkingHours(asked),
        _ => Calendar(asked),
    };

    private static Func<Expression, Expression>? Within(Asked asked)
    {
        if (asked.Value is not SpanValue { Amount: >= 1 and <= SpanValue.Most } span)
        {
            return asked.Refused<Func<Expression, Expression>>();
        }

        var now = DateValue.Now(asked.Context);
        var (from, to) = asked.Operator == Op.WithinLast
            ? (DateValue.Away(span, -1, asked.Context), now)
            : (now, DateValue.Away(span, 1, asked.Context));
        return value => Build.Guarded(value, x => Expression.AndAlso(
            Expression.GreaterThanOrEqual(x, Instant(from)), Expression.LessThan(x, Instant(to + DateValue.Instant))));
    }

    private static Func<Expression, Expression>? InWorkingHours(Asked asked)
    {
        if (asked.Value is not null)
        {
            return asked.Refused<Func<Expression, Expression>>();
        }

        if (asked.Context.Hours is not { } hours)
        {
            return asked.Refused<Func<Expression, Expression>>(ConditionFault.NoBusinessHours);
        }

        if (asked.InSql)
        {
            return asked.Refused<Func<Expression, Expression>>(ConditionFault.NotInSql, asked.Operator.StoredName());
        }

        // Not reached in SQL except for "now", whose answer is known beforehand.
        return value => value is MemberExpression { Expression: ConstantExpression { Value: Captured<DateTimeOffset?> now } }
            ? Expression.Constant(hours.IsOpen(now.Value!.Value))
            : Build.Guarded(value, x => Expression.Call(Expression.Constant(hours), IsOpen, Expression.Convert(x, typeof(DateTimeOffset))));
    }

    private static Func<Expression, Expression>? Calendar(Asked asked)
    {
        var dates = asked.Converted(value =>
            value is TextValue text && DateValue.Resolve(text.Value, asked.Context) is { } found
                ? new Stretch(found.From, found.To)
                : asked.Refused<Stretch>(detail: value.Text));
        if (dates is null)
        {
            return null;
        }

        Expression From(Expression x) => Expression.GreaterThanOrEqual(x, Instant(dates[0].From));
        Expression Until(Expression x) => Expression.LessThan(x, Instant(dates[^1].To));
        return value => Build.Guarded(value, x => asked.Operator switch
        {
            Op.Is or Op.Between => Expression.AndAlso(From(x), Until(x)),
            Op.Before => Expression.LessThan(x, Instant(dates[0].From)),
            Op.After => Expression.GreaterThanOrEqual(x, Instant(dates[0].To)),
            _ => throw new InvalidOperationException(),
        });
    }

    private static Expression Instant(DateTimeOffset at) => Build.Parameter(at, typeof(DateTimeOffset?));

    private sealed record Stretch(DateTimeOffset From, DateTimeOffset To);
}
