using System.Linq.Expressions;

namespace Solodesk.Engine.Conditions.Translation;

/// <summary>
/// Makes an expression that was written for SQL safe to run on objects: a missing object or collection on the way gives a
/// missing value, as an outer join would.
/// </summary>
internal sealed class InMemory : ExpressionVisitor
{
    public static Expression<Func<T, bool>> Prepare<T>(Expression<Func<T, bool>> condition) =>
        condition.Update(new InMemory().Visit(condition.Body)!, condition.Parameters);

    /// <summary>Visits a node whose reader takes exactly its type: a value that went missing becomes the default.</summary>
    public override Expression? Visit(Expression? node)
    {
        var visited = VisitLifted(node);
        return visited is null || visited.Type == node!.Type ? visited : Expression.Coalesce(visited, Expression.Default(node.Type));
    }

    protected override Expression VisitUnary(UnaryExpression node)
    {
        if (node.NodeType != ExpressionType.Convert || node.Method is not null)
        {
            return base.VisitUnary(node);
        }

        var operand = VisitLifted(node.Operand)!;
        return operand.Type == node.Type ? operand : Expression.Convert(operand, node.Type);
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        if (node.Expression is null or ParameterExpression or ConstantExpression || node.Expression.Type.IsValueType)
        {
            return base.VisitMember(node);
        }

        return WhenThere(VisitLifted(node.Expression)!, node.Update);
    }

    protected override Expression VisitMethodCall(MethodCallExpression node)
    {
        if (node.Object is null && node.Method.DeclaringType == typeof(Enumerable))
        {
            return VisitSequence(node);
        }

        return node.Object is null or ParameterExpression or ConstantExpression || node.Object.Type.IsValueType || node.Type == typeof(bool)
            ? base.VisitMethodCall(node)
            : WhenThere(VisitLifted(node.Object)!, there => node.Update(there, Visit(node.Arguments)));
    }

    private MethodCallExpression VisitSequence(MethodCallExpression node)
    {
        var arguments = Visit(node.Arguments).ToArray();
        var sequence = node.Method.GetParameters()[0].ParameterType;
        var element = sequence.IsGenericType ? sequence.GetGenericArguments()[0] : typeof(object);
        if (arguments[0] is MemberExpression or ConditionalExpression or UnaryExpression)
        {
            arguments[0] = Expression.Coalesce(
                Expression.Convert(arguments[0], sequence), Expression.Constant(Array.CreateInstance(element, 0), sequence));
        }

        return node.Update(null, arguments);
    }

    private Expression? VisitLifted(Expression? node) => base.Visit(node);

    private static ConditionalExpression WhenThere(Expression owner, Func<Expression, Expression> read)
    {
        var value = Build.Lifted(read(owner));
        return Expression.Condition(
            Expression.Equal(owner, Expression.Constant(null, owner.Type)), Expression.Default(value.Type), value);
    }
}
