using System.Linq.Expressions;
using Solodesk.Tickets;
using Solodesk.Tickets.Conditions;

namespace Solodesk.Views;

/// <summary>A column that lists can be sorted by: a time or a number of the ticket, never missing, so that a page can go on after a value.</summary>
internal sealed class ViewSort
{
    public const string Due = "due";
    public const string LastMessage = "lastMessage";
    public const string Number = "number";

    private ViewSort(string key, bool descending) => (Key, DescendingFirst) = (key, descending);

    public string Key { get; }

    /// <summary>The way round that is asked for first.</summary>
    public bool DescendingFirst { get; }

    public Expression<Func<TicketScope, DateTimeOffset>>? Time { get; private init; }

    public Expression<Func<TicketScope, long>>? Rank { get; private init; }

    /// <summary>An index gives one queue in this order, however long it is.</summary>
    public bool InQueueIndex { get; private init; }

    /// <summary>An index gives all tickets in this order.</summary>
    public bool InIndex { get; private init; }

    public static IReadOnlyList<ViewSort> All { get; } =
    [
        new(Due, false) { Time = s => s.Ticket.DueAt, InQueueIndex = true },
        new(LastMessage, true) { Time = s => s.Ticket.LastMessageAt, InQueueIndex = true, InIndex = true },
        new(Number, true) { Rank = s => s.Ticket.Number, InIndex = true },
        new("updated", true) { Time = s => s.Ticket.UpdatedAt },
        new("waiting", false) { Time = s => s.Ticket.WaitingSince ?? Ticket.NeverDue },
        new("snoozed", false) { Time = s => s.Ticket.SnoozedUntil ?? Ticket.NeverDue },
        new("priority", true)
        {
            Rank = s => s.Ticket.Priority == TicketPriority.Urgent ? 3 : s.Ticket.Priority == TicketPriority.High ? 2 : s.Ticket.Priority == TicketPriority.Normal ? 1 : 0,
        },
        new("status", false)
        {
            Rank = s => s.Ticket.Status == TicketStatus.New ? 0 : s.Ticket.Status == TicketStatus.Open ? 1 : s.Ticket.Status == TicketStatus.Pending ? 2
                : s.Ticket.Status == TicketStatus.OnHold ? 3 : s.Ticket.Status == TicketStatus.Solved ? 4 : 5,
        },
        new("messages", true) { Rank = s => s.Ticket.MessageCount },
    ];

    public static ViewSort? Find(string? key) => All.FirstOrDefault(s => s.Key == key);

    public static ViewSort Usual => All[1];
}
