using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Tickets.Writing;

/// <summary>A note that calls an agent by name, until they have looked at it.</summary>
public sealed class Mention
{
    public Guid Id { get; init; }
    public Guid AgentId { get; init; }
    public Guid TicketId { get; set; }
    public Guid MessageId { get; init; }
    public required string By { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? SeenAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Mention>
    {
        public void Configure(EntityTypeBuilder<Mention> builder)
        {
            builder.ToTable("Mentions");
            builder.Property(m => m.By).HasMaxLength(200);
            // Today, and the ticket that is opened: what this agent has not seen.
            builder.HasIndex(m => new { m.AgentId, m.SeenAt, m.At });
            builder.HasIndex(m => m.MessageId);
        }
    }
}
