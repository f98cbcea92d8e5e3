using Solodesk.Tickets.Joining;

namespace Solodesk.Tickets
{
    public sealed partial class Ticket
    {
        /// <summary>Everything about the ticket that work on it can change, to be restored later exactly.</summary>
        internal TicketState Keep() => new()
        {
            Subject = Subject,
            CustomerId = CustomerId,
            OrganizationId = OrganizationId,
            MailboxId = MailboxId,
            Status = Status,
            Priority = Priority,
            Type = Type,
            Severity = Severity,
            CategoryId = CategoryId,
            Tags = [.. Tags],
            Custom = new(Custom),
            AssigneeId = AssigneeId,
            FollowerIds = [.. FollowerIds],
            Language = Language,
            UpdatedAt = UpdatedAt,
            LastMessageAt = LastMessageAt,
            WaitingSince = WaitingSince,
            FirstRepliedAt = FirstRepliedAt,
            SolvedAt = SolvedAt,
            ClosedAt = ClosedAt,
            FirstResponseDueAt = FirstResponseDueAt,
            ResolutionDueAt = ResolutionDueAt,
            PausedAt = PausedAt,
            DueAt = DueAt,
            SnoozedUntil = SnoozedUntil,
            Spam = Spam,
            Queue = Queue,
            FollowUpOfId = FollowUpOfId,
            MergedIntoId = MergedIntoId,
            Preview = Preview,
            MessageCount = MessageCount,
            InboundCount = InboundCount,
            AttachmentCount = AttachmentCount,
            ReopenCount = ReopenCount,
            DeliveryFailed = DeliveryFailed,
            Unread = Unread,
        };

        /// <summary>Makes the ticket what it was; only its version goes on growing.</summary>
        internal void Restore(TicketState state)
        {
            (Subject, CustomerId, OrganizationId, MailboxId) = (state.Subject, state.CustomerId, state.OrganizationId, state.MailboxId);
            (Status, Priority, Type, Severity, CategoryId) = (state.Status, state.Priority, state.Type, state.Severity, state.CategoryId);
            (Tags, Custom, AssigneeId, FollowerIds, Language) = ([.. state.Tags], new(state.Custom), state.AssigneeId, [.. state.FollowerIds], state.Language);
            (UpdatedAt, LastMessageAt, WaitingSince, FirstRepliedAt) = (state.UpdatedAt, state.LastMessageAt, state.WaitingSince, state.FirstRepliedAt);
            (SolvedAt, ClosedAt, FirstResponseDueAt, ResolutionDueAt) = (state.SolvedAt, state.ClosedAt, state.FirstResponseDueAt, state.ResolutionDueAt);
            (PausedAt, DueAt, SnoozedUntil, Spam, Queue) = (state.PausedAt, state.DueAt, state.SnoozedUntil, state.Spam, state.Queue);
            (FollowUpOfId, MergedIntoId, Preview) = (state.FollowUpOfId, state.MergedIntoId, state.Preview);
            (MessageCount, InboundCount, AttachmentCount, ReopenCount) = (state.MessageCount, state.InboundCount, state.AttachmentCount, state.ReopenCount);
            (DeliveryFailed, Unread) = (state.DeliveryFailed, state.Unread);
            Version++;
        }
    }
}

namespace Solodesk.Tickets.Joining
{
    /// <summary>What <see cref="Ticket.Keep"/> keeps.</summary>
    public sealed record TicketState
    {
        public string Subject { get; init; } = "";
        public Guid CustomerId { get; init; }
        public Guid? OrganizationId { get; init; }
        public Guid? MailboxId { get; init; }
        public TicketStatus Status { get; init; }
        public TicketPriority Priority { get; init; }
        public TicketType Type { get; init; }
        public ComplaintSeverity? Severity { get; init; }
        public Guid? CategoryId { get; init; }
        public List<string> Tags { get; init; } = [];
        public Dictionary<string, string> Custom { get; init; } = [];
        public Guid? AssigneeId { get; init; }
        public List<Guid> FollowerIds { get; init; } = [];
        public string? Language { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public DateTimeOffset LastMessageAt { get; init; }
        public DateTimeOffset? WaitingSince { get; init; }
        public DateTimeOffset? FirstRepliedAt { get; init; }
        public DateTimeOffset? SolvedAt { get; init; }
        public DateTimeOffset? ClosedAt { get; init; }
        public DateTimeOffset? FirstResponseDueAt { get; init; }
        public DateTimeOffset? ResolutionDueAt { get; init; }
        public DateTimeOffset? PausedAt { get; init; }
        public DateTimeOffset DueAt { get; init; }
        public DateTimeOffset? SnoozedUntil { get; init; }
        public bool Spam { get; init; }
        public TicketQueue Queue { get; init; }
        public Guid? FollowUpOfId { get; init; }
        public Guid? MergedIntoId { get; init; }
        public string Preview { get; init; } = "";
        public int MessageCount { get; init; }
        public int InboundCount { get; init; }
        public int AttachmentCount { get; init; }
        public int ReopenCount { get; init; }
        public bool DeliveryFailed { get; init; }
        public bool Unread { get; init; }

        /// <summary>Whether the sender was blocked; only where a change touched that, since it is the customer's and not the ticket's.</summary>
        public bool? SenderBlocked { get; init; }
    }
}
