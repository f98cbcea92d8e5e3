using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Knowledge.Meaning;

/// <summary>What one passage of an article means, as a vector of unit length; kept, so that a restart does not pay again.</summary>
public sealed class ArticleVector
{
    public Guid ArticleId { get; init; }
    public required string Language { get; init; }

    /// <summary>Which passage, from 0.</summary>
    public int Passage { get; init; }

    /// <summary>The model and the address that computed it.</summary>
    public required string Model { get; init; }

    /// <summary>Of the passage that was computed: another one needs another vector.</summary>
    public required string TextHash { get; init; }

    /// <summary>Single-precision numbers, little-endian.</summary>
    public required byte[] Numbers { get; init; }

    public float[] Vector() => MemoryMarshal.Cast<byte, float>(Numbers).ToArray();

    public static byte[] Bytes(float[] vector) => MemoryMarshal.AsBytes<float>(vector).ToArray();

    internal sealed class Table : IEntityTypeConfiguration<ArticleVector>
    {
        public void Configure(EntityTypeBuilder<ArticleVector> builder)
        {
            builder.ToTable("ArticleVectors").HasKey(v => new { v.ArticleId, v.Language, v.Passage });
            builder.Property(v => v.Language).HasMaxLength(20);
            builder.Property(v => v.Model).HasMaxLength(300);
            builder.Property(v => v.TextHash).HasMaxLength(64);
        }
    }
}
