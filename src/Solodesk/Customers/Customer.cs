using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;
using Solodesk.Engine.Conditions;

namespace Solodesk.Customers;

/// <summary>The person a ticket is for, found by any of their addresses or made when they first write.</summary>
public sealed class Customer : IHasFieldValues
{
    public Guid Id { get; init; }
    public required string Name
    {
        get;
        set
        {
            field = value;
            NameFolded = TextFold.Fold(value);
        }
    }

    /// <summary>The name as conditions compare it.</summary>
    public string NameFolded { get; private set; } = "";


    /// <summary>Detected from what they write; answers and public pages follow it.</summary>
    public string? Language { get; set; }

    public string? TimeZone { get; set; }
    public Guid? OrganizationId { get; set; }
    public string Note { get; set; } = "";

    /// <summary>Free attributes and declared custom fields, by key.</summary>
    public Dictionary<string, string> Attributes { get; set; } = [];

    IReadOnlyDictionary<string, string> IHasFieldValues.FieldValues => Attributes;

    public List<string> Tags { get; set; } = [];

    /// <summary>What this customer pays in a year, in the business' currency; weighs in the order of Today.</summary>
    public decimal? YearlyValue { get; set; }

    public DateTimeOffset? RenewsAt { get; set; }
    public bool Vip { get; set; }

    /// <summary>Mail from a blocked customer is filed as spam.</summary>
    public bool Blocked { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset SeenAt { get; set; }
    public int TicketCount { get; set; }

    /// <summary>Set when this customer was merged into another, whose page answers for both.</summary>
    public Guid? MergedIntoId { get; set; }

    public long Version { get; set; }

    public List<CustomerAddress> Addresses { get; init; } = [];

    internal sealed class Table : IEntityTypeConfiguration<Customer>
    {
        public void Configure(EntityTypeBuilder<Customer> builder)
        {
            builder.ToTable("Customers");
            builder.Property(c => c.Name).HasMaxLength(200);
            builder.Property(c => c.NameFolded).HasMaxLength(400).HasDefaultValue("");
            builder.Property(c => c.Attributes).IsJson();
            builder.Property(c => c.Version).IsConcurrencyToken();
            builder.HasMany(c => c.Addresses).WithOne().HasForeignKey(a => a.CustomerId);
            // The customer list, latest seen first.
            builder.HasIndex(c => new { c.SeenAt, c.Id });
            builder.HasIndex(c => c.OrganizationId).HasFilter("\"OrganizationId\" IS NOT NULL");
            builder.HasIndex(c => c.MergedIntoId).HasFilter("\"MergedIntoId\" IS NOT NULL");
        }
    }
}
