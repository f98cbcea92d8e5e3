using System.Linq.Expressions;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Tickets.Conditions;

namespace Solodesk.Views;

/// <summary>What a view shows of a ticket: the row of every list, and what only wide lists have room for.</summary>
public sealed class ViewRow
{
    public required TicketRow Row { get; init; }
    public TicketType Type { get; init; }
    public string? Category { get; init; }
    public string? Assignee { get; init; }
    public string? Organization { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? SolvedAt { get; init; }
    public int Messages { get; init; }
    public IReadOnlyDictionary<string, string> Custom { get; init; } = new Dictionary<string, string>();

    internal static Expression<Func<TicketScope, ViewRow>> Narrow { get; } = s => new ViewRow
    {
        Row = new TicketRow(s.Ticket.Id, s.Ticket.Number, s.Ticket.Subject, s.Ticket.Preview, s.Ticket.CustomerId, s.Customer!.Name, s.Customer.Vip, s.Ticket.Channel,
            s.Ticket.Status, s.Ticket.Queue, s.Ticket.Priority, s.Ticket.Tags, s.Ticket.Language, s.Ticket.Unread, s.Ticket.AttachmentCount, s.Ticket.DeliveryFailed,
            s.Ticket.CreatedAt, s.Ticket.LastMessageAt, s.Ticket.DueAt, s.Ticket.WaitingSince, s.Ticket.SnoozedUntil, s.Ticket.DraftedAt),
    };

    internal static Expression<Func<TicketScope, ViewRow>> Wide(DeskDb db) => s => new ViewRow
    {
        Row = new TicketRow(s.Ticket.Id, s.Ticket.Number, s.Ticket.Subject, s.Ticket.Preview, s.Ticket.CustomerId, s.Customer!.Name, s.Customer.Vip, s.Ticket.Channel,
            s.Ticket.Status, s.Ticket.Queue, s.Ticket.Priority, s.Ticket.Tags, s.Ticket.Language, s.Ticket.Unread, s.Ticket.AttachmentCount, s.Ticket.DeliveryFailed,
            s.Ticket.CreatedAt, s.Ticket.LastMessageAt, s.Ticket.DueAt, s.Ticket.WaitingSince, s.Ticket.SnoozedUntil, s.Ticket.DraftedAt),
        Type = s.Ticket.Type,
        Category = db.Set<Category>().Where(c => c.Id == s.Ticket.CategoryId).Select(c => c.Name).FirstOrDefault(),
        Assignee = db.Set<Agents.Agent>().Where(a => a.Id == s.Ticket.AssigneeId).Select(a => a.Name).FirstOrDefault(),
        Organization = s.Organization!.Name,
        UpdatedAt = s.Ticket.UpdatedAt,
        SolvedAt = s.Ticket.SolvedAt,
        Messages = s.Ticket.MessageCount,
        Custom = s.Ticket.Custom,
    };
}
