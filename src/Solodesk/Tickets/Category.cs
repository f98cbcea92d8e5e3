using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Tickets;

/// <summary>A node of the tree that says what tickets are about.</summary>
public sealed class Category
{
    public Guid Id { get; init; }
    public Guid? ParentId { get; set; }
    public required string Name { get; set; }
    public int Position { get; set; }
    public bool Archived { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Category>
    {
        public void Configure(EntityTypeBuilder<Category> builder)
        {
            builder.ToTable("Categories");
            builder.Property(c => c.Name).HasMaxLength(120);
        }
    }
}
