namespace Solodesk.Tickets.Bulk;

/// <summary>What changes in every ticket of a run; null and empty leave a field as it is.</summary>
public sealed record BulkChange
{
    public TicketStatus? Status { get; init; }
    public TicketPriority? Priority { get; init; }
    public TicketType? Type { get; init; }

    /// <summary><see cref="Guid.Empty"/> takes the category away.</summary>
    public Guid? CategoryId { get; init; }

    /// <summary><see cref="Guid.Empty"/> takes the owner away.</summary>
    public Guid? AssigneeId { get; init; }

    public List<string> AddTags { get; init; } = [];
    public List<string> RemoveTags { get; init; } = [];

    /// <summary>A time in the past wakes.</summary>
    public DateTimeOffset? SnoozeUntil { get; init; }

    public bool? Spam { get; init; }
    public bool? Unread { get; init; }
    public Dictionary<string, string> Custom { get; init; } = [];

    internal bool IsNothing => Status is null && Priority is null && Type is null && CategoryId is null && AssigneeId is null && SnoozeUntil is null && Spam is null && Unread is null
        && AddTags.Count == 0 && RemoveTags.Count == 0 && Custom.Count == 0;

    /// <summary>The change of one ticket.</summary>
    internal ChangeTicket.Request For(Ticket ticket) => new(ticket.Id)
    {
        Status = Status,
        Priority = Priority,
        Type = Type,
        CategoryId = CategoryId,
        AssigneeId = AssigneeId,
        Tags = AddTags.Count + RemoveTags.Count == 0 ? null
            : [.. ticket.Tags.Except(RemoveTags, StringComparer.OrdinalIgnoreCase), .. AddTags.Except(ticket.Tags, StringComparer.OrdinalIgnoreCase)],
        SnoozeUntil = SnoozeUntil,
        Spam = Spam,
        Unread = Unread,
        Custom = Custom.Count == 0 ? null : Custom,
    };

    /// <summary>Why this ticket cannot be changed so; null when it can.</summary>
    internal string? Refuses(Ticket ticket, DateTimeOffset now)
        => ticket.MergedIntoId is not null ? "bulk.merged"
            : SnoozeUntil > now && (Status is TicketStatus.Solved or TicketStatus.Closed || (Status is null && ticket.IsDone)) ? "bulk.snooze_done"
            : null;
}
