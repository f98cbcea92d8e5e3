using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email;

/// <summary>One line of the outbox: a message that must leave, how often it was tried, and when it is tried next.</summary>
public sealed class OutgoingMail
{
    public Guid Id { get; init; }
    public Guid MessageId { get; init; }
    public Guid TicketId { get; init; }

    /// <summary>A letter of the desk's own making, which belongs to no ticket; null for the mail of a message.</summary>
    public DeskLetter? Letter { get; init; }

    public Guid MailboxId { get; set; }
    public DeliveryState State { get; set; } = DeliveryState.Queued;

    /// <summary>Every recipient, lower case; the loop governor counts automatic mail by it.</summary>
    public List<string> Recipients { get; init; } = [];

    public bool Automatic { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset DueAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public int Attempts { get; set; }
    public string? Problem { get; set; }

    /// <summary>When a copy of the sent mail is next put into the mailbox's Sent folder; null when there is one, or none is wanted.</summary>
    public DateTimeOffset? CopyDueAt { get; set; }

    public int CopyAttempts { get; set; }

    /// <summary>Set while a node sends it; another node takes over when it runs out.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<OutgoingMail>
    {
        public void Configure(EntityTypeBuilder<OutgoingMail> builder)
        {
            builder.ToTable("OutgoingMails");
            builder.Property(m => m.Letter).HasConversion(l => System.Text.Json.JsonSerializer.Serialize(l, System.Text.Json.JsonSerializerOptions.Web), s => System.Text.Json.JsonSerializer.Deserialize<DeskLetter>(s, System.Text.Json.JsonSerializerOptions.Web)!);
            // The sweep: what is due.
            builder.HasIndex(m => new { m.State, m.DueAt });
            // The sweep of copies that are still to be made: few at any time.
            builder.HasIndex(m => m.CopyDueAt).HasFilter("\"CopyDueAt\" IS NOT NULL");
            // The loop governor: automatic mail of a ticket in the last hour.
            builder.HasIndex(m => new { m.TicketId, m.CreatedAt });
            builder.HasIndex(m => m.MessageId);
        }
    }
}
