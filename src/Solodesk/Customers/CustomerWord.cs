using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Customers;

/// <summary>One word by which a customer is found: of the name or an address, in the tokens of full-text search.</summary>
public sealed class CustomerWord
{
    public required string Word { get; init; }
    public Guid CustomerId { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<CustomerWord>
    {
        public void Configure(EntityTypeBuilder<CustomerWord> builder)
        {
            // From the word, or its beginning, to the customers.
            builder.ToTable("CustomerWords").HasKey(w => new { w.Word, w.CustomerId });
            builder.Property(w => w.Word).HasMaxLength(64);
            builder.HasOne<Customer>().WithMany().HasForeignKey(w => w.CustomerId);
        }
    }
}
