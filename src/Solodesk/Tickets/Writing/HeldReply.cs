using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Common;

namespace Solodesk.Tickets.Writing;

/// <summary>Waiting leaves at its time; yielded did not leave because the customer wrote first, and its words are a draft again.</summary>
public enum HeldState { Waiting, Yielded }

/// <summary>
/// An answer that was sent but has not left: for the few seconds in which it can be taken back, or until the time it was scheduled for.
/// Nothing of it is visible to the customer, and the ticket is as if it had not been written. Its id becomes the message's.
/// </summary>
public sealed class HeldReply
{
    public Guid Id { get; init; }
    public Guid TicketId { get; set; }
    public ActorKind AuthorKind { get; init; }
    public Guid? AuthorId { get; init; }
    public required string AuthorName { get; init; }
    public required string Markdown { get; set; }
    public List<string> To { get; init; } = [];
    public List<string> Cc { get; init; } = [];
    public List<string> Bcc { get; init; } = [];

    /// <summary>The message that is passed on to others; null for an answer to the customer.</summary>
    public Guid? ForwardOf { get; init; }

    /// <summary>The ticket's status after it has left.</summary>
    public TicketStatus? Status { get; init; }

    /// <summary>The status when it was written: who has changed it since then knows better.</summary>
    public TicketStatus StatusBefore { get; init; }

    /// <summary>Chosen by the writer, not only the time to change their mind.</summary>
    public bool Scheduled { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset SendAt { get; set; }

    /// <summary>The snooze that the ticket had before it was put away until <see cref="SendAt"/>.</summary>
    public DateTimeOffset? SnoozedBefore { get; init; }

    public HeldState State { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    public Actor ToActor() => new(AuthorKind, AuthorId, AuthorName, Role.Agent);

    internal sealed class Table : IEntityTypeConfiguration<HeldReply>
    {
        public void Configure(EntityTypeBuilder<HeldReply> builder)
        {
            builder.ToTable("HeldReplies");
            builder.Property(h => h.AuthorName).HasMaxLength(200);
            // The sweep: what may leave now.
            builder.HasIndex(h => new { h.State, h.SendAt });
            // Beside a conversation, and when the customer writes.
            builder.HasIndex(h => h.TicketId);
        }
    }
}
