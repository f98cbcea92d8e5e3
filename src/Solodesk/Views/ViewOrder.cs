using System.Linq.Expressions;
using Solodesk.Tickets.Conditions;

namespace Solodesk.Views;

/// <summary>
/// Sorting by group, column and number, and going on after a row of that order. The bound of the column stands by itself before the tie:
/// PostgreSQL starts in the index at a plain comparison, of an OR it makes a filter over all that lies before.
/// </summary>
internal static class ViewOrder
{
    private static readonly Expression<Func<TicketScope, long>> Number = s => s.Ticket.Number;

    public static IQueryable<TicketScope> Ordered(IQueryable<TicketScope> scopes, ViewSort sort, bool descending, ViewGroup group)
    {
        var byGroup = group.Rank is { } rank ? scopes.OrderBy(rank) : null;
        var ordered = sort.Time is { } time ? By(scopes, byGroup, time, descending) : By(scopes, byGroup, sort.Rank!, descending);
        return descending ? ordered.ThenByDescending(Number) : ordered.ThenBy(Number);
    }

    /// <summary>Behind a row: in a later group, or in its group behind its value, or at its value behind its number.</summary>
    public static Expression<Func<TicketScope, bool>> After(ViewCursor from, ViewSort sort, bool descending, ViewGroup group)
    {
        var scope = Expression.Parameter(typeof(TicketScope), "scope");
        var value = Value(sort, scope);
        var at = Constant(sort, from);
        var behind = Expression.AndAlso(Reaches(value, at, descending), Expression.OrElse(Passes(value, at, descending), Passes(Inline(Number, scope), Long(from.Number), descending)));
        if (group.Rank is { } rank)
        {
            var groupOf = Inline(rank, scope);
            behind = Expression.OrElse(Expression.GreaterThan(groupOf, Long(from.Group)), Expression.AndAlso(Expression.Equal(groupOf, Long(from.Group)), behind));
        }

        return Expression.Lambda<Func<TicketScope, bool>>(behind, scope);
    }

    /// <summary>Not behind a row, the row included.</summary>
    public static Expression<Func<TicketScope, bool>> UpTo(ViewCursor end, ViewSort sort, bool descending)
    {
        var scope = Expression.Parameter(typeof(TicketScope), "scope");
        var value = Value(sort, scope);
        var at = Constant(sort, end);
        var within = Expression.AndAlso(Reaches(value, at, !descending), Expression.OrElse(Passes(value, at, !descending), Reaches(Inline(Number, scope), Long(end.Number), !descending)));
        return Expression.Lambda<Func<TicketScope, bool>>(within, scope);
    }

    /// <summary>The same order in memory, for rows of several queues.</summary>
    public static int Compare(ViewCursor a, ViewCursor b, bool descending)
    {
        if (a.Group != b.Group)
        {
            return a.Group.CompareTo(b.Group);
        }

        var order = a.Value != b.Value ? a.Value.CompareTo(b.Value) : a.Number.CompareTo(b.Number);
        return descending ? -order : order;
    }

    /// <summary>The body of a lambda, read from something else than its parameter.</summary>
    public static Expression Inline(LambdaExpression lambda, Expression parameter) => new Replace(lambda.Parameters[0], parameter).Visit(lambda.Body);

    private static IOrderedQueryable<TicketScope> By<TKey>(IQueryable<TicketScope> scopes, IOrderedQueryable<TicketScope>? grouped, Expression<Func<TicketScope, TKey>> key, bool descending)
        => (grouped, descending) switch
        {
            (null, true) => scopes.OrderByDescending(key),
            (null, false) => scopes.OrderBy(key),
            (_, true) => grouped.ThenByDescending(key),
            (_, false) => grouped.ThenBy(key),
        };

    private static Expression Value(ViewSort sort, ParameterExpression scope) => Inline((LambdaExpression?)sort.Time ?? sort.Rank!, scope);

    private static Expression Constant(ViewSort sort, ViewCursor at)
    {
        var time = at.Time;
        Expression<Func<DateTimeOffset>> captured = () => time;
        return sort.Time is null ? Long(at.Value) : captured.Body;
    }

    // As the compiler captures a variable, so that the database sees a parameter and finds its plan again.
    private static Expression Long(long value)
    {
        Expression<Func<long>> captured = () => value;
        return captured.Body;
    }

    private static BinaryExpression Reaches(Expression value, Expression at, bool descending)
        => descending ? Expression.LessThanOrEqual(value, at) : Expression.GreaterThanOrEqual(value, at);

    private static BinaryExpression Passes(Expression value, Expression at, bool descending)
        => descending ? Expression.LessThan(value, at) : Expression.GreaterThan(value, at);

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
