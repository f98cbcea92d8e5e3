using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Agents;

/// <summary>One signed-in browser of an agent; revoking it signs that browser out.</summary>
public sealed class AgentSession
{
    public Guid Id { get; init; }
    public Guid AgentId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset SeenAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
    public string Browser { get; init; } = "";
    public string Address { get; init; } = "";

    internal sealed class Table : IEntityTypeConfiguration<AgentSession>
    {
        public void Configure(EntityTypeBuilder<AgentSession> builder)
        {
            builder.ToTable("AgentSessions");
            builder.Property(s => s.Browser).HasMaxLength(300);
            builder.Property(s => s.Address).HasMaxLength(60);
            // The list of one agent's sessions in settings.
            builder.HasIndex(s => new { s.AgentId, s.SeenAt });
        }
    }
}
