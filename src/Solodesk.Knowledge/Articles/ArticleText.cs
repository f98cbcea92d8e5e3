using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Knowledge.Articles;

/// <summary>An article in one language: what is being written, and what readers see.</summary>
public sealed class ArticleText
{
    public Guid Id { get; init; }
    public Guid ArticleId { get; init; }
    public required string Language { get; init; }

    /// <summary>The title as it is being written.</summary>
    public string Title { get; set; } = "";

    /// <summary>The Markdown as it is being written.</summary>
    public string Body { get; set; } = "";

    /// <summary>What it says in a sentence or two, as it is being written; null where lists take its beginning.</summary>
    public string? Summary { get; set; }

    /// <summary>Other ways of asking: found like the title, never shown.</summary>
    public List<string> Questions { get; set; } = [];

    /// <summary>What readers see; null while nothing was published in this language.</summary>
    public string? PublicTitle { get; set; }

    public string? PublicBody { get; set; }
    public string? PublicSummary { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>When readers saw it for the first time.</summary>
    public DateTimeOffset? FirstPublishedAt { get; set; }

    /// <summary>The newest version's number; 0 before the first.</summary>
    public int Version { get; set; }

    /// <summary>The original's version that this was translated from.</summary>
    public int BasedOn { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Whether something was written since it was published.</summary>
    public bool HasChanges => PublicTitle != Title || PublicBody != Body || PublicSummary != Summary;

    internal sealed class Table : IEntityTypeConfiguration<ArticleText>
    {
        public void Configure(EntityTypeBuilder<ArticleText> builder)
        {
            builder.ToTable("ArticleTexts");
            builder.Property(t => t.Language).HasMaxLength(20);
            builder.Property(t => t.Title).HasMaxLength(300);
            builder.Property(t => t.PublicTitle).HasMaxLength(300);
            builder.Property(t => t.Summary).HasMaxLength(WriteArticle.LongestSummary);
            builder.Property(t => t.PublicSummary).HasMaxLength(WriteArticle.LongestSummary);
            builder.HasIndex(t => new { t.ArticleId, t.Language }).IsUnique();
        }
    }
}

/// <summary>A text as it stood once; never changed.</summary>
public sealed class ArticleVersion
{
    public Guid Id { get; init; }
    public Guid ArticleId { get; init; }
    public required string Language { get; init; }
    public int Number { get; init; }
    public required string Title { get; init; }
    public required string Body { get; init; }

    /// <summary>Why it was kept, in the writer's words or as a phrase key below <c>knowledge.note.</c></summary>
    public string Note { get; init; } = "";

    public string Author { get; init; } = "";
    public DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<ArticleVersion>
    {
        public void Configure(EntityTypeBuilder<ArticleVersion> builder)
        {
            builder.ToTable("ArticleVersions");
            builder.Property(v => v.Language).HasMaxLength(20);
            builder.Property(v => v.Title).HasMaxLength(300);
            builder.Property(v => v.Note).HasMaxLength(300);
            builder.Property(v => v.Author).HasMaxLength(200);
            builder.HasIndex(v => new { v.ArticleId, v.Language, v.Number }).IsUnique();
        }
    }
}

/// <summary>Says that an article changed, in the order of the changes: what the indexes of all nodes read.</summary>
public sealed class ArticleChange
{
    public long Id { get; init; }

    /// <summary>The article; null when everything may have changed (topics, an import).</summary>
    public Guid? ArticleId { get; init; }

    public DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<ArticleChange>
    {
        public void Configure(EntityTypeBuilder<ArticleChange> builder) => builder.ToTable("ArticleChanges");
    }
}
