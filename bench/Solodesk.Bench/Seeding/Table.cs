namespace Solodesk.Bench.Seeding;

/// <summary>A table of the product and the columns that seeding fills; those left out have no value or their default.</summary>
internal sealed record Table(string Name, params string[] Columns)
{
    public static Table Customers { get; } = new("Customers",
        "Id", "Name", "NameFolded", "Language", "Note", "Attributes", "Tags", "Vip", "Blocked", "CreatedAt", "SeenAt", "TicketCount", "Version");

    public static Table Addresses { get; } = new("CustomerAddresses", "Id", "CustomerId", "Kind", "Value", "Normal", "Primary");

    public static Table Tickets { get; } = new("Tickets",
        "Id", "Number", "Subject", "SubjectFolded", "CustomerId", "Channel", "Status", "Priority", "Type", "Tags", "Custom", "FollowerIds", "Language", "TrackingToken",
        "CreatedAt", "UpdatedAt", "LastMessageAt", "WaitingSince", "FirstRepliedAt", "SolvedAt", "ClosedAt", "ResolutionDueAt", "DueAt", "SnoozedUntil",
        "Spam", "Queue", "Preview", "MessageCount", "InboundCount", "AttachmentCount", "ReopenCount", "DeliveryFailed", "Unread", "Version");

    public static Table Messages { get; } = new("Messages",
        "Id", "TicketId", "Kind", "AuthorKind", "AuthorName", "Channel", "CreatedAt", "Body", "Html", "Language", "FromAddress", "To", "Cc", "Bcc",
        "InternetId", "Automatic", "Delivery", "Simplified");

    public static Table Events { get; } = new("TicketEvents",
        "TicketId", "TicketNumber", "At", "Kind", "ActorKind", "ActorName", "MessageId", "From", "To");

    public static Table Words { get; } = new("CustomerWords", "Word", "CustomerId");

    /// <summary>Rows that others point at come first.</summary>
    public static IReadOnlyList<Table> All { get; } = [Customers, Addresses, Words, Tickets, Messages, Events];

    public string QuotedColumns => string.Join(", ", Columns.Select(c => $"\"{c}\""));
}
