using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Channels.Email;

/// <summary>What became of a mail. A part is a piece of a mail that was sent in several (RFC 2046 §5.2.2): it waits for the others until it is filed with them.</summary>
public enum MailOutcome { Stored, Created, Appended, Bounce, AutoReply, List, Duplicate, Spam, Failed, Skipped, Part }

/// <summary>
/// One line of the mail ledger: a message that the server showed us. It is stored raw first, then read, then filed, so that a crash
/// or a bug at any line loses nothing; filing sets <see cref="Outcome"/> in the transaction that makes the ticket.
/// </summary>
public sealed class IncomingMail
{
    public Guid Id { get; init; }
    public Guid? MailboxId { get; init; }
    public long UidValidity { get; init; }

    /// <summary>The server's number of it, or 0 when it came another way.</summary>
    public long Uid { get; init; }

    /// <summary>SHA-256 of the raw bytes: their name in the file store.</summary>
    public required string Sha256 { get; init; }

    public long Size { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? FiledAt { get; set; }
    public MailOutcome Outcome { get; set; }
    public string? Problem { get; set; }
    public int Attempts { get; set; }
    public string From { get; set; } = "";
    public string Subject { get; set; } = "";

    /// <summary>The name by which copies of one mail know each other; of a part, the name that all parts of its mail have.</summary>
    public string? InternetId { get; set; }

    public Guid? TicketId { get; set; }
    public long? TicketNumber { get; set; }
    public Guid? MessageId { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<IncomingMail>
    {
        public void Configure(EntityTypeBuilder<IncomingMail> builder)
        {
            builder.ToTable("IncomingMails");
            builder.Property(m => m.Sha256).HasMaxLength(64);
            builder.Property(m => m.From).HasMaxLength(400);
            builder.Property(m => m.Subject).HasMaxLength(500);
            builder.Property(m => m.InternetId).HasMaxLength(998);
            // The same server message is stored once, however often a fetch is repeated after a crash.
            builder.HasIndex(m => new { m.MailboxId, m.UidValidity, m.Uid, m.Sha256 }).IsUnique();
            // The same mail seen in two folders or mailboxes is filed once.
            builder.HasIndex(m => m.InternetId);
            // What is stored but not filed yet; and the ledger page, newest first.
            builder.HasIndex(m => new { m.Outcome, m.ReceivedAt });
            builder.HasIndex(m => new { m.ReceivedAt, m.Id });
        }
    }
}
