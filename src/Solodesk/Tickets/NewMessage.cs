namespace Solodesk.Tickets;

/// <summary>What is to be said in a ticket, before it is a row.</summary>
public sealed record NewMessage(MessageKind Kind, string Body)
{
    /// <summary>The id that it gets; null makes one.</summary>
    public Guid? Id { get; init; }

    public required string Channel { get; init; }
    public string? Quoted { get; init; }
    public string? Html { get; init; }
    public bool Simplified { get; init; }
    public string? Language { get; init; }
    public string? FromAddress { get; init; }
    public IReadOnlyList<string> To { get; init; } = [];
    public IReadOnlyList<string> Cc { get; init; } = [];
    public IReadOnlyList<string> Bcc { get; init; } = [];
    public string? InternetId { get; init; }
    public string? InReplyTo { get; init; }
    public Guid? MailId { get; init; }
    public bool Automatic { get; init; }

    /// <summary>Files already in the store, uploaded or received.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];
}

/// <summary>What a ticket starts with.</summary>
public sealed record NewTicket(string Subject, Guid CustomerId, string Channel)
{
    public Guid? OrganizationId { get; init; }
    public Guid? MailboxId { get; init; }
    public TicketPriority Priority { get; init; } = TicketPriority.Normal;
    public TicketType Type { get; init; } = TicketType.Question;
    public ComplaintSeverity? Severity { get; init; }
    public Guid? CategoryId { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyDictionary<string, string> Custom { get; init; } = new Dictionary<string, string>();
    public Guid? AssigneeId { get; init; }
    public string? Language { get; init; }
    public Guid? FollowUpOfId { get; init; }
    public bool Spam { get; init; }
}
