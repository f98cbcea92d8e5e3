using Solodesk.Api;

namespace Solodesk.Tickets;

/// <summary>A ticket to open.</summary>
/// <param name="Subject">One line; empty takes the start of the body.</param>
/// <param name="Body">What the customer said, as plain text; with <c>outbound</c> what we say to them, as Markdown.</param>
/// <param name="Customer">Who it is for: by id, or by an address that finds or makes them.</param>
public sealed record NewTicketBody(string? Subject, string Body, CustomerReference Customer)
{
    public TicketPriority Priority { get; init; } = TicketPriority.Normal;
    public TicketType Type { get; init; } = TicketType.Question;

    /// <summary>Of a complaint: minor, serious or critical.</summary>
    public ComplaintSeverity? Severity { get; init; }

    public Guid? CategoryId { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Values of custom fields, by key.</summary>
    public IReadOnlyDictionary<string, string>? Custom { get; init; }

    public Guid? AssigneeId { get; init; }
    public Guid? MailboxId { get; init; }

    /// <summary>zh-Hans or en.</summary>
    public string? Language { get; init; }

    /// <summary>Uploaded files.</summary>
    public IReadOnlyList<Guid>? AttachmentIds { get; init; }

    /// <summary>We write first: the body goes to the customer instead of coming from them.</summary>
    public bool Outbound { get; init; }

    internal OpenTicket.Request ToRequest() => new(Subject ?? "", Body, "api")
    {
        CustomerId = Customer.Id,
        CustomerEmail = Customer.Email,
        CustomerName = Customer.Name,
        Priority = Priority,
        Type = Type,
        Severity = Severity,
        CategoryId = CategoryId,
        Tags = Tags ?? [],
        Custom = Custom ?? new Dictionary<string, string>(),
        AssigneeId = AssigneeId,
        MailboxId = MailboxId,
        Language = Language,
        AttachmentIds = AttachmentIds ?? [],
        Outbound = Outbound,
    };
}

/// <summary>A customer by id, or by an e-mail address (with a name for a new one).</summary>
public sealed record CustomerReference(Guid? Id, string? Email, string? Name);

/// <summary>A ticket that was opened, and its first message.</summary>
public sealed record TicketCreated(TicketResource Ticket, Guid MessageId);

/// <summary>Changes of a ticket: absent members stay, null clears where clearing makes sense.</summary>
public sealed record TicketChanges
{
    public string? Subject { get; init; }
    public TicketStatus? Status { get; init; }
    public TicketPriority? Priority { get; init; }
    public TicketType? Type { get; init; }

    /// <summary>Of a complaint: minor, serious or critical.</summary>
    public ComplaintSeverity? Severity { get; init; }

    public Change<Guid?> CategoryId { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public Change<Guid?> AssigneeId { get; init; }

    /// <summary>Only the keys that are given change; an empty value clears one.</summary>
    public IReadOnlyDictionary<string, string>? Custom { get; init; }

    public IReadOnlyList<Guid>? FollowerIds { get; init; }

    /// <summary>Until when it sleeps; null wakes it.</summary>
    public Change<DateTimeOffset?> SnoozedUntil { get; init; }

    public bool? Unread { get; init; }
    public bool? Spam { get; init; }

    internal ChangeTicket.Request ToRequest(Guid ticket) => new(ticket)
    {
        Subject = Subject,
        Status = Status,
        Priority = Priority,
        Type = Type,
        Severity = Severity,
        CategoryId = CategoryId.Given ? CategoryId.Value ?? Guid.Empty : null,
        Tags = Tags,
        AssigneeId = AssigneeId.Given ? AssigneeId.Value ?? Guid.Empty : null,
        Custom = Custom,
        FollowerIds = FollowerIds,
        SnoozeUntil = SnoozedUntil.Given ? SnoozedUntil.Value ?? DateTimeOffset.MinValue : null,
        Unread = Unread,
        Spam = Spam,
    };
}

/// <summary>An answer to the customer.</summary>
/// <param name="Body">Markdown.</param>
/// <param name="Status">The status afterwards; without it the ticket waits on the customer.</param>
/// <param name="Cc">Further recipients who are seen.</param>
/// <param name="Bcc">Further recipients who are not seen.</param>
/// <param name="AttachmentIds">Uploaded files.</param>
public sealed record ReplyBody(string Body, TicketStatus? Status = null, IReadOnlyList<string>? Cc = null, IReadOnlyList<string>? Bcc = null, IReadOnlyList<Guid>? AttachmentIds = null);

/// <summary>A note that only the desk sees.</summary>
/// <param name="Body">Markdown.</param>
/// <param name="AttachmentIds">Uploaded files.</param>
public sealed record NoteBody(string Body, IReadOnlyList<Guid>? AttachmentIds = null);
