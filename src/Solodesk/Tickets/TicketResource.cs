using System.Linq.Expressions;
using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>A ticket as the API gives it.</summary>
public sealed record TicketResource
{
    public Guid Id { get; init; }

    /// <summary>What people see and say: #10042.</summary>
    public long Number { get; init; }

    public required string Subject { get; init; }
    public TicketStatus Status { get; init; }
    public TicketPriority Priority { get; init; }
    public TicketType Type { get; init; }

    /// <summary>Of a complaint; null when nobody has judged it yet.</summary>
    public ComplaintSeverity? Severity { get; init; }

    /// <summary>The channel it came in by: email, web, api …</summary>
    public required string Channel { get; init; }

    /// <summary>The list that it stands in.</summary>
    public TicketQueue Queue { get; init; }

    public required Requester Customer { get; init; }
    public Guid? OrganizationId { get; init; }
    public Guid? MailboxId { get; init; }
    public Guid? CategoryId { get; init; }
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Values of custom fields, by key.</summary>
    public required IReadOnlyDictionary<string, string> Custom { get; init; }

    public Guid? AssigneeId { get; init; }
    public required IReadOnlyList<Guid> FollowerIds { get; init; }
    public string? Language { get; init; }

    /// <summary>The newest thing said, shortened.</summary>
    public required string Preview { get; init; }

    public bool Unread { get; init; }
    public bool Spam { get; init; }
    public int MessageCount { get; init; }
    public int AttachmentCount { get; init; }
    public int ReopenCount { get; init; }

    /// <summary>A message of this ticket could not be delivered and nobody has looked yet.</summary>
    public bool DeliveryFailed { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset LastMessageAt { get; init; }

    /// <summary>Since when the customer waits for us.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    public DateTimeOffset? FirstRepliedAt { get; init; }
    public DateTimeOffset? SolvedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public DateTimeOffset? FirstResponseDueAt { get; init; }
    public DateTimeOffset? ResolutionDueAt { get; init; }
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>The closed ticket that this one goes on from.</summary>
    public Guid? FollowUpOfId { get; init; }

    public Guid? MergedIntoId { get; init; }

    /// <summary>The customer's own page of this ticket, without the host.</summary>
    public required string TrackingPath { get; init; }

    /// <summary>Grows with every change; the ETag.</summary>
    public long Version { get; init; }

    /// <summary>The customer that a ticket is for.</summary>
    public sealed record Requester(Guid Id, string Name, string? Email);

    /// <summary>Reads tickets in this shape; written once for one ticket and for lists.</summary>
    internal static Expression<Func<Ticket, TicketResource>> From(DeskDb db) => t => new TicketResource
    {
        Id = t.Id,
        Number = t.Number,
        Subject = t.Subject,
        Status = t.Status,
        Priority = t.Priority,
        Type = t.Type,
        Severity = t.Severity,
        Channel = t.Channel,
        Queue = t.Queue,
        // Two single values: asked for as one row, the whole table of customers is numbered to find the first of each.
        Customer = new Requester(t.CustomerId, db.Set<Customer>().Where(c => c.Id == t.CustomerId).Select(c => c.Name).First(),
            db.Set<CustomerAddress>().Where(a => a.CustomerId == t.CustomerId && a.Kind == AddressKind.Email)
                .OrderByDescending(a => a.Primary).ThenBy(a => a.Id).Select(a => a.Value).FirstOrDefault()),
        OrganizationId = t.OrganizationId,
        MailboxId = t.MailboxId,
        CategoryId = t.CategoryId,
        Tags = t.Tags,
        Custom = t.Custom,
        AssigneeId = t.AssigneeId,
        FollowerIds = t.FollowerIds,
        Language = t.Language,
        Preview = t.Preview,
        Unread = t.Unread,
        Spam = t.Spam,
        MessageCount = t.MessageCount,
        AttachmentCount = t.AttachmentCount,
        ReopenCount = t.ReopenCount,
        DeliveryFailed = t.DeliveryFailed,
        CreatedAt = t.CreatedAt,
        UpdatedAt = t.UpdatedAt,
        LastMessageAt = t.LastMessageAt,
        WaitingSince = t.WaitingSince,
        FirstRepliedAt = t.FirstRepliedAt,
        SolvedAt = t.SolvedAt,
        ClosedAt = t.ClosedAt,
        FirstResponseDueAt = t.FirstResponseDueAt,
        ResolutionDueAt = t.ResolutionDueAt,
        SnoozedUntil = t.SnoozedUntil,
        FollowUpOfId = t.FollowUpOfId,
        MergedIntoId = t.MergedIntoId,
        TrackingPath = "/track/" + t.TrackingToken,
        Version = t.Version,
    };

    /// <summary>The same of a ticket at hand. A test holds the two alike.</summary>
    internal static TicketResource Of(Ticket ticket, Requester customer) => new()
    {
        Id = ticket.Id,
        Number = ticket.Number,
        Subject = ticket.Subject,
        Status = ticket.Status,
        Priority = ticket.Priority,
        Type = ticket.Type,
        Severity = ticket.Severity,
        Channel = ticket.Channel,
        Queue = ticket.Queue,
        Customer = customer,
        OrganizationId = ticket.OrganizationId,
        MailboxId = ticket.MailboxId,
        CategoryId = ticket.CategoryId,
        Tags = ticket.Tags,
        Custom = ticket.Custom,
        AssigneeId = ticket.AssigneeId,
        FollowerIds = ticket.FollowerIds,
        Language = ticket.Language,
        Preview = ticket.Preview,
        Unread = ticket.Unread,
        Spam = ticket.Spam,
        MessageCount = ticket.MessageCount,
        AttachmentCount = ticket.AttachmentCount,
        ReopenCount = ticket.ReopenCount,
        DeliveryFailed = ticket.DeliveryFailed,
        CreatedAt = ticket.CreatedAt,
        UpdatedAt = ticket.UpdatedAt,
        LastMessageAt = ticket.LastMessageAt,
        WaitingSince = ticket.WaitingSince,
        FirstRepliedAt = ticket.FirstRepliedAt,
        SolvedAt = ticket.SolvedAt,
        ClosedAt = ticket.ClosedAt,
        FirstResponseDueAt = ticket.FirstResponseDueAt,
        ResolutionDueAt = ticket.ResolutionDueAt,
        SnoozedUntil = ticket.SnoozedUntil,
        FollowUpOfId = ticket.FollowUpOfId,
        MergedIntoId = ticket.MergedIntoId,
        TrackingPath = "/track/" + ticket.TrackingToken,
        Version = ticket.Version,
    };
}
