using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Search;

/// <summary>One searchable text and what it belongs to. Its tokens lie in the database's own full-text index under the same id.</summary>
public sealed class SearchEntry
{
    public long Id { get; init; }
    public Guid TicketId { get; set; }
    public Guid? MessageId { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<SearchEntry>
    {
        public void Configure(EntityTypeBuilder<SearchEntry> builder)
        {
            builder.ToTable("SearchEntries");
            builder.HasIndex(s => s.TicketId);
        }
    }
}
