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
        Of(11, "complaints", new AllOf([Condition.Where("ticket.type", Op.Is, "complaint"), InWork()]), ViewSort.Due, place: 6),
        Of(6, Unassigned, new AllOf([Condition.Where(TicketFields.Assignee, Op.IsEmpty), InWork()]), ViewSort.Due, place: 7),
        Of(7, "solved", In("solved"), place: 8),
        Of(8, Everything, Condition.Everything, place: 9),
        Of(9, "closed", In("closed"), place: 10),
        Of(10, "spam", In("spam"), place: 11),
    ];

    private static Comparison In(string queue) => Condition.Where(TicketFields.Queue, Op.Is, queue);

    private static Comparison InWork() => Condition.Where(TicketFields.Queue, Op.AnyOf, Working);

    private static View Of(int id, string key, Condition condition, string sort = ViewSort.LastMessage, int? place = null) => new()
    {
        Id = new Guid($"019b0000-0000-7000-8000-0000000000{id:00}"),
        Key = key,
        Condition = condition.ToJson(),
        Sort = sort,
        Descending = sort != ViewSort.Due,
        Position = place ?? id,
    };
}
