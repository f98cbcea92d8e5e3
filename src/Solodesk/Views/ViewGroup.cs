using System.Linq.Expressions;
using Solodesk.Engine.Conditions;
using Solodesk.Tickets.Conditions;

namespace Solodesk.Views;

/// <summary>How a list is cut into groups: each value of a column has a rank, and the list is sorted by it first.</summary>
/// <param name="Rank">The place of a ticket's group; null for no groups.</param>
/// <param name="Values">The values in the order of their groups; what has none of them comes last.</param>
internal sealed record ViewGroup(Expression<Func<TicketScope, long>>? Rank, IReadOnlyList<Choice> Values)
{
    /// <summary>More groups than a person can tell apart are one.</summary>
    private const int Most = 100;

    public static ViewGroup None { get; } = new(null, []);

    /// <summary>The columns that make groups.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        [TicketFields.Status, "ticket.priority", "ticket.type", TicketFields.Category, TicketFields.Assignee, "ticket.channel"];

    public static ViewGroup By(string? key, FieldCatalogue<TicketScope> fields)
    {
        if (key is null || !Fields.Contains(key) || !fields.TryFind(key, out var field) || field.Accessor is not { } accessor)
        {
            return None;
        }

        Choice[] values = [.. field.Choices.Take(Most)];
        // The most pressing group first.
        if (key == "ticket.priority")
        {
            Array.Reverse(values);
        }

        Expression rank = Expression.Constant((long)values.Length);
        for (var i = values.Length - 1; i >= 0; i--)
        {
            rank = Expression.Condition(Expression.Equal(accessor.Body, ValueOf(accessor.ReturnType, values[i].Value)), Expression.Constant((long)i), rank);
        }

        return new ViewGroup(Expression.Lambda<Func<TicketScope, long>>(rank, accessor.Parameters), values);
    }

    private static ConstantExpression ValueOf(Type type, string value)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        object constant = plain.IsEnum ? Enum.Parse(plain, value, ignoreCase: true) : plain == typeof(Guid) ? Guid.Parse(value) : value;
        return Expression.Constant(constant, type);
    }
}
