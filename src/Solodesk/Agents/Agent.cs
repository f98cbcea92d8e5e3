using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Common;

namespace Solodesk.Agents;

/// <summary>Stays at the ticket, goes to the next of the list, or back to the list.</summary>
public enum AfterSend { Stay, Next, List }

/// <summary>A person who works the desk. One is the normal case.</summary>
public sealed class Agent : IdentityUser<Guid>
{
    public required string Name { get; set; }
    public Role Role { get; set; } = Role.Agent;

    /// <summary><c>zh-Hans</c> or <c>en</c>; the interface speaks it.</summary>
    public string Language { get; set; } = "zh-Hans";

    /// <summary>IANA zone; null takes the business' zone.</summary>
    public string? TimeZone { get; set; }

    /// <summary><c>light</c>, <c>dark</c> or null for the system's.</summary>
    public string? Theme { get; set; }

    public string Signature { get; set; } = "";

    /// <summary>Where to go after an answer or after solving.</summary>
    public AfterSend AfterSend { get; set; } = AfterSend.Next;

    public bool Active { get; set; } = true;
    public DateTimeOffset CreatedAt { get; init; }

    public Actor ToActor() => new(ActorKind.Agent, Id, Name, Role);

    internal sealed class Table : IEntityTypeConfiguration<Agent>
    {
        public void Configure(EntityTypeBuilder<Agent> builder)
        {
            builder.ToTable("Agents");
            builder.Property(a => a.Name).HasMaxLength(120);
            builder.Property(a => a.Language).HasMaxLength(20);
        }
    }
}
