using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Customers;
using Solodesk.Tickets;

namespace Solodesk.FollowUps;

/// <summary>A follow-up asks how it went, by any channel; a call-back is owed on the phone.</summary>
public enum FollowUpKind { FollowUp, CallBack }

public enum FollowUpState { Planned, Done, Cancelled }

/// <summary>A contact that we owe a customer at a time, planned from a ticket or from the customer's page.</summary>
public sealed class FollowUp
{
    public Guid Id { get; init; }
    public FollowUpKind Kind { get; set; }
    public Guid CustomerId { get; init; }

    /// <summary>The ticket it grew out of; null when it is about the customer as a whole.</summary>
    public Guid? TicketId { get; init; }

    /// <summary>Whose task it is; null is everybody's.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>What it is about.</summary>
    public string Note { get; set; } = "";

    /// <summary>The number to call; only of call-backs.</summary>
    public string? Phone { get; set; }

    public DateTimeOffset DueAt { get; set; }
    public FollowUpState State { get; set; }

    /// <summary>What came of it, or why it was cancelled.</summary>
    public string Result { get; set; } = "";

    public required string PlannedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SettledAt { get; set; }
    public string? SettledBy { get; set; }

    /// <summary>When open pages were told that it is due; null until then, and again after it was moved.</summary>
    public DateTimeOffset? CalledAt { get; set; }

    public long Version { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<FollowUp>
    {
        public void Configure(EntityTypeBuilder<FollowUp> builder)
        {
            builder.ToTable("FollowUps");
            builder.Property(f => f.Note).HasMaxLength(2000);
            builder.Property(f => f.Phone).HasMaxLength(60);
            builder.Property(f => f.Result).HasMaxLength(4000);
            builder.Property(f => f.PlannedBy).HasMaxLength(200);
            builder.Property(f => f.SettledBy).HasMaxLength(200);
            builder.Property(f => f.Version).IsConcurrencyToken();
            builder.HasOne<Customer>().WithMany().HasForeignKey(f => f.CustomerId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Ticket>().WithMany().HasForeignKey(f => f.TicketId).OnDelete(DeleteBehavior.Cascade);
            // Today, the list of what is planned, and the sweep of what has come due.
            builder.HasIndex(f => new { f.State, f.DueAt });
            builder.HasIndex(f => new { f.DueAt, f.Id });
            // A customer's page, newest first.
            builder.HasIndex(f => new { f.CustomerId, f.CreatedAt });
            // Beside the ticket.
            builder.HasIndex(f => f.TicketId);
        }
    }
}
