namespace Solodesk.Tickets;

/// <summary>What a list shows of a ticket.</summary>
public sealed record TicketRow(
    Guid Id, long Number, string Subject, string Preview, Guid CustomerId, string CustomerName, bool Vip, string Channel,
    TicketStatus Status, TicketQueue Queue, TicketPriority Priority, List<string> Tags, string? Language, bool Unread,
    int AttachmentCount, bool DeliveryFailed, DateTimeOffset CreatedAt, DateTimeOffset LastMessageAt, DateTimeOffset DueAt,
    DateTimeOffset? WaitingSince, DateTimeOffset? SnoozedUntil, DateTimeOffset? DraftedAt)
{
    /// <summary>Whether a reply lies ready: drafted after the last thing said, and still our turn.</summary>
    public bool HasDraft => Queue == TicketQueue.Mine && DraftedAt >= LastMessageAt;
}
