using System.Globalization;
using System.Linq.Expressions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Engine.Conditions.Translation;

/// <summary>
/// Comparisons of numbers. The value is brought into the type of the field, never the field into another type: a cast in SQL
/// would cost the index and, on SQLite, turn decimals into text.
/// </summary>
internal static class NumberLeaf
{
    public static Func<Expression, Expression>? Of(Asked asked)
    {
        var numbers = asked.Converted(value => value as NumberValue ?? asked.Refused<NumberValue>(detail: value.Text));
        if (numbers is null)
        {
            return null;
        }

        var values = numbers.ConvertAll(number => number.Value);
        return value => Build.Guarded(value, x => asked.Operator switch
        {
            Op.Is => Exact(x.Type, values[0]) is { } one ? Expression.Equal(x, Build.Parameter(one, x.Type)) : Build.False,
            Op.AnyOf => AnyOf(x, values),
            Op.MoreThan => Compared(x, values[0], ExpressionType.GreaterThan),
            Op.LessThan => Compared(x, values[0], ExpressionType.LessThan),
            Op.Between => Expression.AndAlso(
                Compared(x, values[0], ExpressionType.GreaterThanOrEqual), Compared(x, values[1], ExpressionType.LessThanOrEqual)),
            _ => throw new InvalidOperationException(),
        });
    }

    private static Expression AnyOf(Expression x, List<decimal> values)
    {
        var exact = values.Select(value => Exact(x.Type, value)).OfType<object>().ToList();
        return exact.Count == 0 ? Build.False : Build.In(x, exact);
    }

    private static Expression Compared(Expression x, decimal value, ExpressionType comparison)
    {
        if (Whole(x.Type) is not var (least, most))
        {
            return Expression.MakeBinary(comparison, x, Build.Parameter(Exact(x.Type, value), x.Type));
        }

        // Whole numbers: "more than 2.5" is "more than 2", "less than 2.5" is "less than 3".
        var bound = comparison is ExpressionType.GreaterThan or ExpressionType.LessThanOrEqual ? decimal.Floor(value) : decimal.Ceiling(value);
        var upwards = comparison is ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual;
        if (bound > most || bound < least)
        {
            return Expression.Constant(bound < least == upwards);
        }

        return Expression.MakeBinary(comparison, x, Build.Parameter(Exact(x.Type, bound), x.Type));
    }

    /// <summary>The value in the type of the field; null when it has no such number.</summary>
    private static object? Exact(Type type, decimal value)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (Whole(type) is var (least, most) && (value != decimal.Truncate(value) || value < least || value > most))
        {
            return null;
        }

        return Convert.ChangeType(value, plain, CultureInfo.InvariantCulture);
    }

    private static (decimal Least, decimal Most)? Whole(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(int) ? (int.MinValue, int.MaxValue)
            : plain == typeof(long) ? (long.MinValue, long.MaxValue)
            : null;
    }
}
