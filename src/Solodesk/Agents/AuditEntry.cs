using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Common;

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

    /// <summary>For a use case that writes it with its own change; a request that knows an address tells it to the <see cref="AuditLog"/>.</summary>
    internal static AuditEntry Of(Actor actor, DateTimeOffset at, string action, string detail) => new()
    {
        At = at,
        AgentId = actor.Kind == ActorKind.Agent ? actor.Id : null,
        Who = actor.Name,
        Action = action,
        Detail = detail,
    };

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
