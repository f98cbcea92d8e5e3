using Solodesk.Engine.Conditions;
using Field = Solodesk.Engine.Conditions.FieldDefinition<Solodesk.Tickets.Conditions.TicketScope>;

namespace Solodesk.Tickets.Conditions;

/// <summary>The fields that every desk has, as conditions name them. Keys are stored and never change.</summary>
internal static class TicketFields
{
    public const string Queue = "ticket.queue";
    public const string Status = "ticket.status";
    public const string Spam = "ticket.spam";
    public const string Category = "ticket.category";
    public const string Assignee = "ticket.assignee";

    private static readonly Choice[] Channels = [.. new[] { "email", "web", "api", "chat", "phone" }.Select(c => new Choice(c, Labels.Of($"channel.{c}")))];

    /// <summary>Those that are the same on every desk.</summary>
    public static FieldCatalogue<TicketScope> Fixed { get; } = new([.. Ticket(), .. Talk(), .. Customer(), Field.Now("now", Labels.Of("field.now"))]);

    private static Field[] Ticket() =>
    [
        Field.Choice(Queue, Labels.Of("field.queue"), s => s.Ticket.Queue, Labels.Choices<TicketQueue>("queue")),
        Field.Choice(Status, Labels.Of("field.status"), s => s.Ticket.Status, Labels.Choices<TicketStatus>("status")),
        Field.Choice("ticket.priority", Labels.Of("field.priority"), s => s.Ticket.Priority, Labels.Choices<TicketPriority>("priority")),
        Field.Choice("ticket.type", Labels.Of("field.type"), s => s.Ticket.Type, Labels.Choices<TicketType>("type")),
        Field.Choice("ticket.severity", Labels.Of("field.severity"), s => s.Ticket.Severity, Labels.Choices<ComplaintSeverity>("severity")),
        Field.Text("ticket.subject", Labels.Of("field.subject"), s => s.Ticket.SubjectFolded, folded: true),
        Field.Tags("ticket.tags", Labels.Of("field.tags"), s => s.Ticket.Tags),
        Field.Person(Category, Labels.Of("field.category"), s => s.Ticket.CategoryId),
        Field.Person(Assignee, Labels.Of("field.assignee"), s => s.Ticket.AssigneeId),
        Field.EachPerson("ticket.followers", Labels.Of("field.followers"), s => s.Ticket.FollowerIds),
        Field.Choice("ticket.channel", Labels.Of("field.channel"), s => s.Ticket.Channel, Channels),
        Field.Choice("ticket.language", Labels.Of("field.language"), s => s.Ticket.Language),
        Field.Boolean("ticket.unread", Labels.Of("field.unread"), s => s.Ticket.Unread),
        Field.Boolean(Spam, Labels.Of("field.spam"), s => s.Ticket.Spam),
        Field.Boolean("ticket.undelivered", Labels.Of("field.undelivered"), s => s.Ticket.DeliveryFailed),
        Field.Date("ticket.due", Labels.Of("field.due"), s => s.Ticket.DueAt < Tickets.Ticket.NeverDue ? s.Ticket.DueAt : null),
        Field.Date("ticket.waiting", Labels.Of("field.waiting"), s => s.Ticket.WaitingSince),
        Field.Date("ticket.snoozed", Labels.Of("field.snoozed"), s => s.Ticket.SnoozedUntil),
        Field.Date("ticket.created", Labels.Of("field.created"), s => s.Ticket.CreatedAt),
        Field.Date("ticket.lastMessage", Labels.Of("field.lastMessage"), s => s.Ticket.LastMessageAt),
        Field.Date("ticket.updated", Labels.Of("field.updated"), s => s.Ticket.UpdatedAt),
        Field.Date("ticket.firstReplied", Labels.Of("field.firstReplied"), s => s.Ticket.FirstRepliedAt),
        Field.Date("ticket.solved", Labels.Of("field.solved"), s => s.Ticket.SolvedAt),
        Field.Date("ticket.closed", Labels.Of("field.closed"), s => s.Ticket.ClosedAt),
        Field.Number("ticket.number", Labels.Of("field.number"), s => s.Ticket.Number),
        Field.Number("ticket.messages", Labels.Of("field.messages"), s => s.Ticket.MessageCount),
        Field.Number("ticket.inbound", Labels.Of("field.inbound"), s => s.Ticket.InboundCount),
        Field.Number("ticket.attachments", Labels.Of("field.attachments"), s => s.Ticket.AttachmentCount),
        Field.Number("ticket.reopened", Labels.Of("field.reopened"), s => s.Ticket.ReopenCount),
    ];

    private static Field[] Talk() =>
    [
        Field.EachText("message.body", Labels.Of("field.body"), s => s.Messages.Select(m => m.Body), isLong: true),
        Field.EachText("message.from", Labels.Of("field.from"), s => s.Messages.Select(m => m.FromAddress)),
        Field.EachText("message.attachment", Labels.Of("field.attachment"), s => s.Messages.SelectMany(m => m.Attachments.Select(a => a.Name))),
        Field.EachDate("message.at", Labels.Of("field.said"), s => s.Messages.Select(m => (DateTimeOffset?)m.CreatedAt)),
    ];

    private static Field[] Customer() =>
    [
        Field.Text("customer.name", Labels.Of("field.customer"), s => s.Customer!.NameFolded, folded: true),
        Field.EachText("customer.address", Labels.Of("field.address"), s => s.Customer!.Addresses.Select(a => a.Normal)),
        Field.Boolean("customer.vip", Labels.Of("field.vip"), s => s.Customer!.Vip),
        Field.Boolean("customer.blocked", Labels.Of("field.blocked"), s => s.Customer!.Blocked),
        Field.Tags("customer.tags", Labels.Of("field.customerTags"), s => s.Customer!.Tags),
        Field.Choice("customer.language", Labels.Of("field.customerLanguage"), s => s.Customer!.Language),
        Field.Number("customer.value", Labels.Of("field.value"), s => s.Customer!.YearlyValue),
        Field.Date("customer.renews", Labels.Of("field.renews"), s => s.Customer!.RenewsAt),
        Field.Date("customer.since", Labels.Of("field.since"), s => s.Customer!.CreatedAt),
        Field.Number("customer.tickets", Labels.Of("field.ticketCount"), s => s.Customer!.TicketCount),
        Field.Text("organization.name", Labels.Of("field.organization"), s => s.Organization!.Normal),
        Field.Text("organization.domain", Labels.Of("field.domain"), s => s.Organization!.Domain),
    ];
}
