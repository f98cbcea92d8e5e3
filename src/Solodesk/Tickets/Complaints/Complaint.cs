using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Tickets.Complaints;

/// <summary>How a complaint was settled. Its severity stands on the ticket, where lists and promises need it.</summary>
public sealed class Complaint
{
    public Guid TicketId { get; init; }

    /// <summary>What was done for the customer.</summary>
    public string Resolution { get; set; } = "";

    /// <summary>What the desk learned: the closing summary.</summary>
    public string Summary { get; set; } = "";

    public string UpdatedBy { get; set; } = "";
    public DateTimeOffset UpdatedAt { get; set; }
    public long Version { get; set; }

    /// <summary>Whether both were written, as closing asks for.</summary>
    public bool IsComplete => Resolution.Length > 0 && Summary.Length > 0;

    internal sealed class Table : IEntityTypeConfiguration<Complaint>
    {
        public void Configure(EntityTypeBuilder<Complaint> builder)
        {
            builder.ToTable("Complaints").HasKey(c => c.TicketId);
            builder.Property(c => c.TicketId).ValueGeneratedNever();
            builder.Property(c => c.UpdatedBy).HasMaxLength(200);
            builder.Property(c => c.Version).IsConcurrencyToken();
            builder.Ignore(c => c.IsComplete);
            builder.HasOne<Ticket>().WithOne().HasForeignKey<Complaint>(c => c.TicketId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
