using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Data;

/// <summary>A named number that only grows, drawn inside the transaction that uses it: ticket numbers have no gaps but those of rollbacks.</summary>
public sealed class Counter
{
    public required string Name { get; init; }
    public long Value { get; set; }

    /// <summary>Draws the next number of the named counter; both databases lock the row until the transaction ends.</summary>
    public static async Task<long> NextAsync(DeskDb db, string name, CancellationToken ct)
    {
        var drawn = await db.Database
            .SqlQuery<long>($"UPDATE \"Counters\" SET \"Value\" = \"Value\" + 1 WHERE \"Name\" = {name} RETURNING \"Value\"")
            .ToListAsync(ct);
        return drawn is [var value] ? value : throw new InvalidOperationException($"Counter {name} is missing");
    }

    internal sealed class Table : IEntityTypeConfiguration<Counter>
    {
        public void Configure(EntityTypeBuilder<Counter> builder)
        {
            builder.ToTable("Counters").HasKey(c => c.Name);
            builder.Property(c => c.Name).HasMaxLength(40);
            builder.HasData(new Counter { Name = "ticket", Value = 10000 });
        }
    }
}
