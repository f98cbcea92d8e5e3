using Solodesk.Engine.Conditions;
using Solodesk.Tickets.Conditions;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Views;

/// <summary>What a founder finds in the navigation on the first day. They can be changed and hidden like any other view.</summary>
internal static class DefaultViews
{
    /// <summary>The list that opens by itself.</summary>
    public const string Mine = "mine";

    /// <summary>Shown only where there is somebody to assign to.</summary>
    public const string Unassigned = "unassigned";

    public const string Everything = "all";

    private static readonly string[] Working = ["mine", "waiting", "held", "snoozed"];

    public static IReadOnlyList<View> All { get; } =
    [
        Of(1, Mine, In("mine"), ViewSort.Due),
        Of(2, "waiting", In("waiting")),
        Of(3, "snoozed", In("snoozed")),
        Of(4, "held", In("held")),
        Of(5, "urgent", new AllOf([Condition.Where("ticket.priority", Op.Is, "urgent"), InWork()]), ViewSort.Due),
        Of(6, Unassigned, new AllOf([Condition.Where(TicketFields.Assignee, Op.IsEmpty), InWork()]), ViewSort.Due),
        Of(7, "solved", In("solved")),
        Of(8, Everything, Condition.Everything),
        Of(9, "closed", In("closed")),
        Of(10, "spam", In("spam")),
    ];

    private static Comparison In(string queue) => Condition.Where(TicketFields.Queue, Op.Is, queue);

    private static Comparison InWork() => Condition.Where(TicketFields.Queue, Op.AnyOf, Working);

    private static View Of(int position, string key, Condition condition, string sort = ViewSort.LastMessage) => new()
    {
        Id = new Guid($"019b0000-0000-7000-8000-0000000000{position:00}"),
        Key = key,
        Condition = condition.ToJson(),
        Sort = sort,
        Descending = sort != ViewSort.Due,
        Position = position,
    };
}
