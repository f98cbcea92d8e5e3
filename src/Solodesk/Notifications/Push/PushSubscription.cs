using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Agents;

namespace Solodesk.Notifications.Push;

/// <summary>One browser of one agent that wants to be told.</summary>
public sealed class PushSubscription
{
    public Guid Id { get; init; }
    public Guid AgentId { get; set; }

    /// <summary>The push service's address for this browser; whoever knows it can only send what the browser's keys can open.</summary>
    public required string Endpoint { get; init; }

    /// <summary>SHA-256 of the address: addresses are longer than indexes are good for.</summary>
    public required string EndpointHash { get; init; }

    public required byte[] Key { get; set; }
    public required byte[] Secret { get; set; }

    /// <summary>What people call the browser.</summary>
    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<PushSubscription>
    {
        public void Configure(EntityTypeBuilder<PushSubscription> builder)
        {
            builder.ToTable("PushSubscriptions");
            builder.Property(s => s.Endpoint).HasMaxLength(2000);
            builder.Property(s => s.EndpointHash).HasMaxLength(64);
            builder.Property(s => s.Name).HasMaxLength(120);
            builder.HasIndex(s => s.EndpointHash).IsUnique();
            builder.HasIndex(s => s.AgentId);
            builder.HasOne<Agent>().WithMany().HasForeignKey(s => s.AgentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>One notice on its way to one browser, tried until it arrives or is too old.</summary>
public sealed class PushDelivery
{
    public Guid Id { get; init; }
    public Guid SubscriptionId { get; init; }

    /// <summary>What is said, as the service worker reads it.</summary>
    public required string Payload { get; init; }

    public bool Urgent { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<PushDelivery>
    {
        public void Configure(EntityTypeBuilder<PushDelivery> builder)
        {
            builder.ToTable("PushDeliveries");
            builder.HasOne<PushSubscription>().WithMany().HasForeignKey(d => d.SubscriptionId).OnDelete(DeleteBehavior.Cascade);
            // The sweep: what is due.
            builder.HasIndex(d => d.DueAt);
        }
    }
}
