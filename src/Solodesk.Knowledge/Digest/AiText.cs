using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;

namespace Solodesk.Knowledge.Digest;

/// <summary>What the AI service made of something that was said: paid once, shown from then on.</summary>
public sealed class AiText
{
    public const string Summary = "summary";
    public const string Translation = "translation";

    public Guid Id { get; init; }

    /// <summary><see cref="Summary"/> of a ticket or <see cref="Translation"/> of a message.</summary>
    public required string Kind { get; init; }

    /// <summary>The ticket or the message.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Written in.</summary>
    public required string Language { get; init; }

    /// <summary>The parts by name: <c>wants</c>, <c>tried</c>, <c>open</c> of a summary, <c>text</c> of a translation.</summary>
    public Dictionary<string, string> Parts { get; set; } = [];

    /// <summary>How many messages a summary is about.</summary>
    public int Messages { get; set; }

    public DateTimeOffset At { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<AiText>
    {
        public void Configure(EntityTypeBuilder<AiText> builder)
        {
            builder.ToTable("AiTexts");
            builder.Property(t => t.Kind).HasMaxLength(20);
            builder.Property(t => t.Language).HasMaxLength(20);
            builder.Property(t => t.Parts).IsJson();
            builder.HasIndex(t => new { t.Kind, t.SubjectId, t.Language }).IsUnique();
        }
    }
}
