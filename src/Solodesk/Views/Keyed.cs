using System.Linq.Expressions;
using Solodesk.Tickets.Conditions;

namespace Solodesk.Views;

/// <summary>A row of a list with what it was sorted by.</summary>
internal sealed class Keyed<T>
{
    public required T Row { get; init; }
    public long Number { get; init; }
    public long Group { get; init; }
    public DateTimeOffset Time { get; init; }
    public long Rank { get; init; }

    public ViewCursor Key(ViewSort sort) => new(Group, sort.Time is null ? Rank : Time.UtcTicks, Number);

    public static Expression<Func<TicketScope, Keyed<T>>> Of(Expression<Func<TicketScope, T>> shown, ViewSort sort, ViewGroup group)
    {
        var scope = shown.Parameters[0];
        List<MemberBinding> members =
        [
            Expression.Bind(typeof(Keyed<T>).GetProperty(nameof(Row))!, shown.Body),
            Bind(nameof(Number), ViewSort.Find(ViewSort.Number)!.Rank!),
        ];
        if (group.Rank is { } rank)
        {
            members.Add(Bind(nameof(Group), rank));
        }

        members.Add(sort.Time is { } time ? Bind(nameof(Time), time) : Bind(nameof(Rank), sort.Rank!));
        return Expression.Lambda<Func<TicketScope, Keyed<T>>>(Expression.MemberInit(Expression.New(typeof(Keyed<T>)), members), scope);

        MemberAssignment Bind(string name, LambdaExpression value) => Expression.Bind(typeof(Keyed<T>).GetProperty(name)!, ViewOrder.Inline(value, scope));
    }
}
