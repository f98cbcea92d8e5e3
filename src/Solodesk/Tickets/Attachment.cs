using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Tickets;

/// <summary>A file of a message. The bytes lie in the file store under their SHA-256, once however often they came.</summary>
public sealed class Attachment
{
    public Guid Id { get; init; }

    /// <summary>Null while it was uploaded but not sent yet.</summary>
    public Guid? MessageId { get; set; }

    /// <summary>What it belongs to without a message: a draft or held reply until it is sent, an article for good. While there is one, it is not swept.</summary>
    public Guid? HolderId { get; set; }

    public required string Name { get; init; }
    public required string MediaType { get; init; }
    public long Size { get; init; }
    public required string Sha256 { get; init; }
    public string? ContentId { get; set; }

    /// <summary>Shown inside the HTML by its Content-ID, not in the list of files.</summary>
    public bool Inline { get; set; }

    /// <summary>The unguessable part of its address.</summary>
    public required string Token { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Attachment>
    {
        public void Configure(EntityTypeBuilder<Attachment> builder)
        {
            builder.ToTable("Attachments");
            builder.Property(a => a.Name).HasMaxLength(500);
            builder.Property(a => a.MediaType).HasMaxLength(200);
            builder.Property(a => a.Sha256).HasMaxLength(64);
            builder.Property(a => a.Token).HasMaxLength(40);
            builder.Property(a => a.ContentId).HasMaxLength(500);
            builder.HasIndex(a => a.Token).IsUnique();
            // The files of a draft.
            builder.HasIndex(a => a.HolderId);
        }
    }
}
