using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Data;

/// <summary>One section of the settings, as JSON under its name.</summary>
public sealed class Setting
{
    public required string Name { get; init; }
    public required string Json { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Setting>
    {
        public void Configure(EntityTypeBuilder<Setting> builder)
        {
            builder.ToTable("Settings").HasKey(s => s.Name);
            builder.Property(s => s.Name).HasMaxLength(80);
        }
    }
}
