using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Agents;

/// <summary>A sign-in or a change of security: who, when, from where, what.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public Guid? AgentId { get; init; }
    public string Who { get; init; } = "";

    /// <summary>Dotted and stable: <c>signin.ok</c>, <c>signin.failed</c>, <c>token.created</c>; also the phrase key below <c>audit.</c></summary>
    public required string Action { get; init; }

    public string Detail { get; init; } = "";
    public string Address { get; init; } = "";

    internal sealed class Table : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.ToTable("AuditEntries");
            builder.Property(a => a.Action).HasMaxLength(60);
            builder.Property(a => a.Who).HasMaxLength(200);
            builder.Property(a => a.Address).HasMaxLength(60);
        }
    }
}
