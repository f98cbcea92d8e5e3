using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Tickets;

public enum CustomFieldTarget { Ticket, Customer, Organization }

public enum CustomFieldKind { Text, Number, Date, Select, MultiSelect, Checkbox }

/// <summary>A field that the founder declared for tickets, customers or organizations.</summary>
public sealed class CustomField
{
    public Guid Id { get; init; }
    public CustomFieldTarget Target { get; init; }

    /// <summary>Lower-case letters, digits and underscores; never changes.</summary>
    public required string Key { get; init; }

    public required string Label { get; set; }
    public CustomFieldKind Kind { get; init; }
    public List<string> Options { get; set; } = [];
    public int Position { get; set; }
    public bool Archived { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<CustomField>
    {
        public void Configure(EntityTypeBuilder<CustomField> builder)
        {
            builder.ToTable("CustomFields");
            builder.Property(f => f.Key).HasMaxLength(60);
            builder.Property(f => f.Label).HasMaxLength(120);
            builder.HasIndex(f => new { f.Target, f.Key }).IsUnique();
        }
    }
}
