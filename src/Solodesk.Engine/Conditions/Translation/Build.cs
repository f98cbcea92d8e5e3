using System.Linq.Expressions;

namespace Solodesk.Engine.Conditions.Translation;

/// <summary>The few shapes of expression that every comparison is made of.</summary>
internal static class Build
{
    public static ConstantExpression False => Expression.Constant(false);

    /// <summary>
    /// A value as a captured variable would be: EF Core makes a parameter of it, so that the plan of a query is found again
    /// with other values.
    /// </summary>
    public static Expression Parameter(object? value, Type type) =>
        Expression.Field(Expression.Constant(Activator.CreateInstance(typeof(Captured<>).MakeGenericType(type), value)), "Value");

    public static Type Nullable(Type type) =>
        type.IsValueType && System.Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;

    public static Expression Lifted(Expression value) =>
        Nullable(value.Type) == value.Type ? value : Expression.Convert(value, Nullable(value.Type));

    /// <summary>False when the value is missing, else the test.</summary>
    public static Expression Guarded(Expression value, Func<Expression, Expression> test) =>
        Expression.AndAlso(Expression.NotEqual(value, Expression.Constant(null, value.Type)), test(value));

    /// <summary>The body of a lambda, read from another parameter.</summary>
    public static Expression Inline(LambdaExpression lambda, ParameterExpression parameter) =>
        new Replace(lambda.Parameters[0], parameter).Visit(lambda.Body);

    public static Expression Any(Expression source, LambdaExpression test) =>
        Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [test.Parameters[0].Type], source, test);

    public static Expression In(Expression value, System.Collections.IEnumerable values)
    {
        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(value.Type))!;
        foreach (var each in values)
        {
            list.Add(each);
        }

        return Expression.Call(
            typeof(Enumerable), nameof(Enumerable.Contains), [value.Type],
            Parameter(list, typeof(IEnumerable<>).MakeGenericType(value.Type)), value);
    }

    /// <summary>Joins parts into a tree of logarithmic depth: SQLite refuses expressions deeper than 1,000.</summary>
    public static Expression Balanced(ReadOnlySpan<Expression> parts, Func<Expression, Expression, Expression> join, bool whenNone) =>
        parts.Length switch
        {
            0 => Expression.Constant(whenNone),
            1 => parts[0],
            _ => join(Balanced(parts[..(parts.Length / 2)], join, whenNone), Balanced(parts[(parts.Length / 2)..], join, whenNone)),
        };

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}

/// <summary>What the compiler would have made to hold a captured variable.</summary>
internal sealed class Captured<TValue>(TValue value)
{
#pragma warning disable CA1051 // a field, because captured variables are fields
    public readonly TValue Value = value;
#pragma warning restore CA1051
}
