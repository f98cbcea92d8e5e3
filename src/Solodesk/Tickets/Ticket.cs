using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;
using Solodesk.Engine.Conditions;

namespace Solodesk.Tickets;

/// <summary>One request of one customer, from any channel, until it is settled.</summary>
public sealed partial class Ticket : IHasFieldValues
{
    /// <summary>Stands for "no promise": sorts behind every due time.</summary>
    public static readonly DateTimeOffset NeverDue = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Guid Id { get; init; }

    /// <summary>What people see and say: <c>#10042</c>.</summary>
    public long Number { get; init; }

    public required string Subject
    {
        get;
        set
        {
            field = value;
            SubjectFolded = TextFold.Fold(value);
        }
    }

    /// <summary>The subject as conditions compare it.</summary>
    public string SubjectFolded { get; private set; } = "";

    public Guid CustomerId { get; set; }
    public Guid? OrganizationId { get; set; }

    /// <summary>The channel it came in by: <c>email</c>, <c>web</c>, <c>api</c> …</summary>
    public required string Channel { get; init; }

    /// <summary>The mailbox that answers go out from.</summary>
    public Guid? MailboxId { get; set; }

    public TicketStatus Status { get; private set; }
    public TicketPriority Priority { get; set; } = TicketPriority.Normal;
    public TicketType Type { get; set; } = TicketType.Question;

    /// <summary>Of a complaint; null when nobody has judged it yet.</summary>
    public ComplaintSeverity? Severity { get; set; }

    public Guid? CategoryId { get; set; }
    public List<string> Tags { get; set; } = [];

    /// <summary>Values of declared custom fields, by key.</summary>
    public Dictionary<string, string> Custom { get; set; } = [];

    IReadOnlyDictionary<string, string> IHasFieldValues.FieldValues => Custom;

    public Guid? AssigneeId { get; set; }
    public List<Guid> FollowerIds { get; set; } = [];
    public string? Language { get; set; }

    /// <summary>Opens the customer's own page of this ticket; cannot be guessed.</summary>
    public required string TrackingToken { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>When somebody last said something that the customer can see or said.</summary>
    public DateTimeOffset LastMessageAt { get; set; }

    /// <summary>Since when the customer waits for us; null when they do not.</summary>
    public DateTimeOffset? WaitingSince { get; set; }

    public DateTimeOffset? FirstRepliedAt { get; set; }
    public DateTimeOffset? SolvedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Promise of a first answer; null once kept or when none was made.</summary>
    public DateTimeOffset? FirstResponseDueAt { get; set; }

    public DateTimeOffset? ResolutionDueAt { get; set; }

    /// <summary>Since when the clock stands still because we wait on somebody; null while it runs.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>The next promise that runs out, or <see cref="NeverDue"/>: what lists sort by.</summary>
    public DateTimeOffset DueAt { get; private set; } = NeverDue;

    public DateTimeOffset? SnoozedUntil { get; private set; }
    public bool Spam { get; private set; }
    public TicketQueue Queue { get; private set; }
    public Guid? FollowUpOfId { get; set; }
    public Guid? MergedIntoId { get; private set; }

    /// <summary>The newest thing said, shortened: the second line of a row.</summary>
    public string Preview { get; set; } = "";

    public int MessageCount { get; set; }

    /// <summary>Messages from the customer: repeat contact weighs in the order of Today.</summary>
    public int InboundCount { get; set; }

    public int AttachmentCount { get; set; }
    public int ReopenCount { get; set; }

    /// <summary>A message of this ticket could not be delivered and nobody has looked yet.</summary>
    public bool DeliveryFailed { get; set; }

    public bool Unread { get; set; }

    /// <summary>
    /// When a reply to what was last said lay ready for whoever opens it; null when none does. Kept here so that lists ask for nothing more. It is
    /// news about the ticket and no change of it: the version stays, and a newer message makes it old by itself (<see cref="TicketRow.HasDraft"/>).
    /// </summary>
    public DateTimeOffset? DraftedAt { get; set; }

    public long Version { get; set; }

    /// <summary>Whether the next move is ours.</summary>
    public bool NeedsUs => Status is TicketStatus.New or TicketStatus.Open;

    public bool IsDone => Status is TicketStatus.Solved or TicketStatus.Closed;

    public void SetStatus(TicketStatus status, DateTimeOffset now)
    {
        if (IsDone && status is not (TicketStatus.Solved or TicketStatus.Closed))
        {
            ReopenCount++;
            SolvedAt = ClosedAt = null;
        }

        Status = status;
        // Whoever says that it is done has seen what did not arrive.
        DeliveryFailed &= !IsDone;
        PausedAt = status is TicketStatus.Pending or TicketStatus.OnHold ? PausedAt ?? now : PausedAt;
        SolvedAt = IsDone ? SolvedAt ?? now : null;
        ClosedAt = status is TicketStatus.Closed ? now : null;
        SnoozedUntil = null;
        Requeue();
    }

    public void Snooze(DateTimeOffset? until)
    {
        SnoozedUntil = until;
        Requeue();
    }

    public void MarkSpam(bool spam)
    {
        Spam = spam;
        Requeue();
    }

    public void MergeInto(Guid? target)
    {
        MergedIntoId = target;
        Requeue();
    }

    /// <summary>Back to a state that was kept, to the last derived time.</summary>
    internal void Restore(Bulk.TicketSnapshot before)
    {
        (Status, Priority, Type, CategoryId, AssigneeId) = (before.Status, before.Priority, before.Type, before.CategoryId, before.AssigneeId);
        (Tags, Custom) = ([.. before.Tags], new(before.Custom));
        (SnoozedUntil, Spam, Unread, WaitingSince) = (before.SnoozedUntil, before.Spam, before.Unread, before.WaitingSince);
        (SolvedAt, ClosedAt, PausedAt, ReopenCount) = (before.SolvedAt, before.ClosedAt, before.PausedAt, before.ReopenCount);
        (FirstResponseDueAt, ResolutionDueAt) = (before.FirstResponseDueAt, before.ResolutionDueAt);
        Requeue();
    }

    /// <summary>Puts the ticket into the list where its state belongs; call it after due times have changed.</summary>
    public void Requeue()
    {
        Queue = MergedIntoId is not null ? TicketQueue.Merged
            : Spam ? TicketQueue.Spam
            : SnoozedUntil is not null && !IsDone ? TicketQueue.Snoozed
            : Status switch
            {
                TicketStatus.New or TicketStatus.Open => TicketQueue.Mine,
                TicketStatus.Pending => TicketQueue.Waiting,
                TicketStatus.OnHold => TicketQueue.Held,
                TicketStatus.Solved => TicketQueue.Solved,
                TicketStatus.Closed => TicketQueue.Closed,
            };
        DueAt = IsDone || Status is TicketStatus.Pending or TicketStatus.OnHold ? NeverDue : Earlier(FirstResponseDueAt, ResolutionDueAt) ?? NeverDue;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;

    internal sealed class Table : IEntityTypeConfiguration<Ticket>
    {
        public void Configure(EntityTypeBuilder<Ticket> builder)
        {
            builder.ToTable("Tickets");
            builder.Property(t => t.Subject).HasMaxLength(500);
            builder.Property(t => t.SubjectFolded).HasMaxLength(1000).HasDefaultValue("");
            builder.Property(t => t.Channel).HasMaxLength(40);
            builder.Property(t => t.Preview).HasMaxLength(300);
            builder.Property(t => t.TrackingToken).HasMaxLength(40);
            builder.Property(t => t.Custom).IsJson();
            builder.Property(t => t.Version).IsConcurrencyToken();
            builder.HasIndex(t => t.Number).IsUnique();
            builder.HasIndex(t => t.TrackingToken).IsUnique();
            // Lists in the order of their promises (waiting for me) and by last word (all the others).
            builder.HasIndex(t => new { t.Queue, t.DueAt, t.Number });
            builder.HasIndex(t => new { t.Queue, t.LastMessageAt, t.Number });
            // The list of everything.
            builder.HasIndex(t => new { t.LastMessageAt, t.Number });
            // A customer's page and the panel beside the ticket.
            builder.HasIndex(t => new { t.CustomerId, t.Number });
            // What could not be delivered, for Today; nearly always empty.
            builder.HasIndex(t => t.LastMessageAt, "IX_Tickets_Undelivered").HasFilter("\"DeliveryFailed\"");
            // The sweep that wakes snoozed tickets.
            builder.HasIndex(t => t.SnoozedUntil);
            // What was merged into a ticket is looked for whenever it is opened.
            builder.HasIndex(t => t.MergedIntoId).HasFilter("\"MergedIntoId\" IS NOT NULL");
            // The sweep that closes solved tickets.
            builder.HasIndex(t => new { t.Queue, t.SolvedAt });
        }
    }
}
