using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Agents;

/// <summary>A key for programs. Only its SHA-256 is kept; the secret is shown once.</summary>
public sealed class ApiToken
{
    public Guid Id { get; init; }
    public required string Name { get; set; }
    public required string Hash { get; init; }

    /// <summary>The first characters of the secret, so that a person recognises it.</summary>
    public string Prefix { get; init; } = "";

    public List<string> Scopes { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<ApiToken>
    {
        public void Configure(EntityTypeBuilder<ApiToken> builder)
        {
            builder.ToTable("ApiTokens");
            builder.Property(t => t.Name).HasMaxLength(120);
            builder.Property(t => t.Hash).HasMaxLength(64);
            // Every API request looks its token up.
            builder.HasIndex(t => t.Hash).IsUnique();
        }
    }
}
