using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Tickets.Needs;

public enum NeedUrgency { Now, Soon, Later }

public enum NeedLevel { Low, Medium, High }

/// <summary>What a customer really needs, and what could be done about it: an optional sheet of a ticket.</summary>
public sealed class NeedsAnalysis
{
    public Guid TicketId { get; init; }
    public required string Need { get; set; }
    public NeedUrgency Urgency { get; set; }
    public string Solution { get; set; } = "";

    /// <summary>What the solution costs, in the desk's currency; null when nobody has said.</summary>
    public decimal? Cost { get; set; }

    public NeedLevel? Risk { get; set; }
    public string RiskNote { get; set; } = "";
    public NeedLevel? Feasibility { get; set; }
    public string FeasibilityNote { get; set; } = "";
    public required string UpdatedBy { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public long Version { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<NeedsAnalysis>
    {
        public void Configure(EntityTypeBuilder<NeedsAnalysis> builder)
        {
            builder.ToTable("NeedsAnalyses").HasKey(n => n.TicketId);
            builder.Property(n => n.TicketId).ValueGeneratedNever();
            builder.Property(n => n.UpdatedBy).HasMaxLength(200);
            builder.Property(n => n.Version).IsConcurrencyToken();
            builder.HasOne<Ticket>().WithOne().HasForeignKey<NeedsAnalysis>(n => n.TicketId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
