using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Customers;

public enum AddressKind { Email, Phone, External }

/// <summary>One way to reach a customer, unique over the desk in its normal form.</summary>
public sealed class CustomerAddress
{
    public Guid Id { get; init; }
    public Guid CustomerId { get; set; }
    public AddressKind Kind { get; init; }

    /// <summary>As it was given, for showing.</summary>
    public required string Value { get; set; }

    /// <summary>Lower case for mail, digits for phones: what look-ups compare.</summary>
    public required string Normal { get; set; }

    /// <summary>The one that answers go to when there are several.</summary>
    public bool Primary { get; set; }

    /// <summary>Mail addresses compare without case, phones by their digits.</summary>
    public static string Normalize(AddressKind kind, string value) => kind switch
    {
        AddressKind.Email => value.Trim().ToLowerInvariant(),
        AddressKind.Phone => string.Concat(value.Where(c => char.IsAsciiDigit(c) || c == '+')),
        AddressKind.External => value.Trim(),
    };

    internal sealed class Table : IEntityTypeConfiguration<CustomerAddress>
    {
        public void Configure(EntityTypeBuilder<CustomerAddress> builder)
        {
            builder.ToTable("CustomerAddresses");
            builder.Property(a => a.Value).HasMaxLength(320);
            builder.Property(a => a.Normal).HasMaxLength(320);
            // Intake finds the sender; two intakes at once cannot make the same customer twice.
            builder.HasIndex(a => new { a.Kind, a.Normal }).IsUnique();
        }
    }
}
