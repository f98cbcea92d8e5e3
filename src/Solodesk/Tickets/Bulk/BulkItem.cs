using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Tickets.Bulk;

public enum BulkOutcome { Changed, Refused }

/// <summary>What a run did to one ticket: its state before, for taking back, or why it was left alone.</summary>
public sealed class BulkItem
{
    public Guid RunId { get; init; }
    public Guid TicketId { get; init; }
    public long Number { get; init; }
    public BulkOutcome Outcome { get; init; }

    /// <summary>The state before as JSON.</summary>
    public string? Before { get; init; }

    /// <summary>The ticket's version afterwards: as long as it has this one, taking back is exact.</summary>
    public long Version { get; init; }

    /// <summary>The code of the refusal.</summary>
    public string? Problem { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<BulkItem>
    {
        public void Configure(EntityTypeBuilder<BulkItem> builder)
        {
            builder.ToTable("BulkItems").HasKey(i => new { i.RunId, i.Number });
            builder.Property(i => i.Problem).HasMaxLength(80);
        }
    }
}
