using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;

namespace Solodesk.Data;

/// <summary>A named number that only grows, drawn inside the transaction that uses it: ticket numbers have no gaps but those of rollbacks.</summary>
public sealed class Counter
{
    public required string Name { get; init; }
    public long Value { get; set; }

    /// <summary>Draws the next number of the named counter; both databases lock the row until the transaction ends.</summary>
    public static async Task<long> NextAsync(DeskDb db, string name, CancellationToken ct)
    {
        // Past EF's query pipeline, which takes several times as long as the statement; writers wait for each other here.
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var draw = db.Database.GetDbConnection().CreateCommand();
            draw.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            draw.CommandText = "UPDATE \"Counters\" SET \"Value\" = \"Value\" + 1 WHERE \"Name\" = @name RETURNING \"Value\"";
            var parameter = draw.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@name", name);
            draw.Parameters.Add(parameter);
            return await draw.ExecuteScalarAsync(ct) is long value ? value : throw new InvalidOperationException($"Counter {name} is missing");
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    internal sealed class Table : IEntityTypeConfiguration<Counter>
    {
        public void Configure(EntityTypeBuilder<Counter> builder)
        {
            builder.ToTable("Counters").HasKey(c => c.Name);
            builder.Property(c => c.Name).HasMaxLength(40);
            // Notices begin with what happens after the first look, which is told from the start by −1.
            builder.HasData(new Counter { Name = "ticket", Value = 10000 }, new Counter { Name = "notices", Value = -1 });
        }
    }
}
