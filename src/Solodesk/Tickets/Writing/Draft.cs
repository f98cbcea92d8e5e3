using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Tickets.Writing;

/// <summary>What the composer writes.</summary>
public enum WriteMode { Reply, All, Forward, Note }

/// <summary>What an agent has begun to write in a ticket, kept while they type. There is one for each agent and ticket.</summary>
public sealed class Draft
{
    public Guid Id { get; init; }
    public Guid AgentId { get; init; }
    public Guid TicketId { get; set; }
    public WriteMode Mode { get; set; }
    public string Markdown { get; set; } = "";
    public List<string> To { get; set; } = [];
    public List<string> Cc { get; set; } = [];
    public List<string> Bcc { get; set; } = [];
    public Guid? ForwardOf { get; set; }

    /// <summary>Another version that was written elsewhere and is older: offered, never lost.</summary>
    public string? Other { get; set; }

    public DateTimeOffset? OtherAt { get; set; }

    /// <summary>Counts the savings: who saves on an older one has not seen what lies between.</summary>
    public long Revision { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Draft>
    {
        public void Configure(EntityTypeBuilder<Draft> builder)
        {
            builder.ToTable("Drafts");
            builder.Property(d => d.Revision).IsConcurrencyToken();
            builder.HasIndex(d => new { d.AgentId, d.TicketId }).IsUnique();
            builder.HasIndex(d => d.TicketId);
        }
    }
}
