using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;

namespace Solodesk.Customers;

/// <summary>What customers belong to: a company, a school, a book club.</summary>
public sealed class Organization : IHasFieldValues
{
    public Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>Lower case, for finding it again.</summary>
    public required string Normal { get; set; }

    /// <summary>Customers who write from this mail domain belong here.</summary>
    public string? Domain { get; set; }

    public string Note { get; set; } = "";
    public Dictionary<string, string> Attributes { get; set; } = [];

    IReadOnlyDictionary<string, string> IHasFieldValues.FieldValues => Attributes;

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Organization>
    {
        public void Configure(EntityTypeBuilder<Organization> builder)
        {
            builder.ToTable("Organizations");
            builder.Property(o => o.Name).HasMaxLength(200);
            builder.Property(o => o.Normal).HasMaxLength(200);
            builder.Property(o => o.Domain).HasMaxLength(200);
            builder.Property(o => o.Attributes).IsJson();
            builder.HasIndex(o => o.Normal).IsUnique();
            // A new customer's mail domain finds its organization.
            builder.HasIndex(o => o.Domain);
        }
    }
}
