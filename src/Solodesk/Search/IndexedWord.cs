using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Search;

/// <summary>
/// A word that stands in some searchable text. Neither database finds the newest texts of all words with one beginning without gathering every one
/// of them first; by this list a beginning becomes words, and their places lie in order.
/// </summary>
public sealed class IndexedWord
{
    public required string Word { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<IndexedWord>
    {
        public void Configure(EntityTypeBuilder<IndexedWord> builder)
        {
            builder.ToTable("IndexedWords").HasKey(w => w.Word);
            builder.Property(w => w.Word).HasMaxLength(64);
        }
    }
}
