using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Common;

namespace Solodesk.Tickets;

/// <summary>One thing said in a ticket: by the customer, by an agent, by the desk itself.</summary>
public sealed class Message
{
    public Guid Id { get; init; }
    public Guid TicketId { get; set; }
    public MessageKind Kind { get; init; }
    public ActorKind AuthorKind { get; init; }
    public Guid? AuthorId { get; init; }
    public required string AuthorName { get; init; }
    public required string Channel { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What was newly written, as plain text (inbound) or Markdown (ours).</summary>
    public required string Body { get; set; }

    /// <summary>The folded part of an inbound mail: quotes and signature; nothing received is lost.</summary>
    public string? Quoted { get; set; }

    /// <summary>Sanitised HTML of an inbound mail, or our Markdown rendered; null when plain text says it all.</summary>
    public string? Html { get; set; }

    /// <summary>The mail's HTML went beyond what is drawn (<c>HtmlLimits</c>): its plain text stands in its place.</summary>
    public bool Simplified { get; set; }

    /// <summary>Detected language of the body, for fonts and line breaking.</summary>
    public string? Language { get; set; }

    public string? FromAddress { get; set; }
    public List<string> To { get; init; } = [];
    public List<string> Cc { get; init; } = [];
    public List<string> Bcc { get; init; } = [];

    /// <summary>The mail's Message-ID without brackets: ours for outgoing, theirs for inbound.</summary>
    public string? InternetId { get; set; }

    public string? InReplyTo { get; set; }

    /// <summary>The raw mail this message was read from.</summary>
    public Guid? MailId { get; set; }

    /// <summary>Written by the desk by itself (acknowledgement, notice).</summary>
    public bool Automatic { get; init; }

    public DeliveryState Delivery { get; set; }
    public string? DeliveryProblem { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
    public DateTimeOffset? RetryAt { get; set; }

    public List<Attachment> Attachments { get; init; } = [];

    /// <summary>Whether the customer may see it.</summary>
    public bool IsPublic => Kind is MessageKind.Inbound or MessageKind.Reply;

    internal sealed class Table : IEntityTypeConfiguration<Message>
    {
        public void Configure(EntityTypeBuilder<Message> builder)
        {
            builder.ToTable("Messages");
            builder.Property(m => m.AuthorName).HasMaxLength(200);
            builder.Property(m => m.Channel).HasMaxLength(40);
            builder.Property(m => m.InternetId).HasMaxLength(998);
            builder.Property(m => m.FromAddress).HasMaxLength(320);
            builder.HasMany(m => m.Attachments).WithOne().HasForeignKey(a => a.MessageId);
            // A conversation in order.
            builder.HasIndex(m => new { m.TicketId, m.CreatedAt });
            // Threading by In-Reply-To and References.
            builder.HasIndex(m => m.InternetId);
        }
    }
}
