using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Common;

/// <summary>The answer to a POST that carried an <c>Idempotency-Key</c>: repeated calls get it again instead of acting again.</summary>
public sealed class IdempotentCall
{
    public Guid Id { get; init; }

    /// <summary>The caller and the key they chose.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body (of the parts of an upload): the same key with another request is refused.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>0 while the first call is still running.</summary>
    public int Status { get; set; }

    public string? Body { get; set; }
    public string? ContentType { get; set; }

    /// <summary>The <c>Location</c> of what was made.</summary>
    public string? Location { get; set; }

    /// <summary>The <c>ETag</c> to change it with.</summary>
    public string? ETag { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<IdempotentCall>
    {
        public void Configure(EntityTypeBuilder<IdempotentCall> builder)
        {
            builder.ToTable("IdempotentCalls");
            builder.Property(c => c.Key).HasMaxLength(300);
            builder.Property(c => c.Fingerprint).HasMaxLength(64);
            builder.HasIndex(c => c.Key).IsUnique();
            builder.HasIndex(c => c.CreatedAt);
        }
    }
}
