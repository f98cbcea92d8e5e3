using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Tickets;

/// <summary>A prepared reply with variables.</summary>
public sealed class Template
{
    public Guid Id { get; init; }
    public required string Name { get; set; }
    public required string Body { get; set; }
    public string Folder { get; set; } = "";

    /// <summary>Null fits every customer.</summary>
    public string? Language { get; set; }

    public int UseCount { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Template>
    {
        public void Configure(EntityTypeBuilder<Template> builder)
        {
            builder.ToTable("Templates");
            builder.Property(t => t.Name).HasMaxLength(200);
            builder.Property(t => t.Folder).HasMaxLength(120);
            builder.Property(t => t.Language).HasMaxLength(20);
        }
    }
}
