using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;

namespace Solodesk.Knowledge.Articles;

/// <summary>One thing that customers or the desk can read up on, in one or more languages.</summary>
public sealed class Article
{
    public Guid Id { get; init; }

    /// <summary>What stands in its address; stays when the title changes.</summary>
    public long Number { get; init; }

    public ArticleKind Kind { get; set; } = ArticleKind.Faq;
    public ArticleState State { get; set; } = ArticleState.Draft;
    public Guid? TopicId { get; set; }
    public List<string> Tags { get; set; } = [];

    /// <summary>The language that the others are translated from.</summary>
    public required string Language { get; init; }

    public Guid? OwnerId { get; set; }

    /// <summary>Days between two reviews; null when it is not reviewed.</summary>
    public int? ReviewDays { get; set; }

    public DateTimeOffset? ReviewAt { get; set; }

    /// <summary>When a scheduled article becomes public.</summary>
    public DateTimeOffset? PublishAt { get; set; }

    /// <summary>Whether the bot and <c>/support</c> may answer with it.</summary>
    public bool ForBot { get; set; } = true;

    /// <summary>What the bot asks for before it hands over a question about this, such as an order number; empty for nothing.</summary>
    public string Asks { get; set; } = "";

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Grows with every change; a form that was filled in on an older one is not written over it.</summary>
    public long Revision { get; set; }

    public List<ArticleText> Texts { get; init; } = [];

    public ArticleText? In(string language) => Texts.Find(t => t.Language == language);

    /// <summary>The text in the language, or the original, or whatever there is.</summary>
    public ArticleText? Nearest(string language) => In(language) ?? In(Language) ?? Texts.FirstOrDefault();

    /// <summary>By how many published versions a translation is behind the original; 0 for the original itself.</summary>
    public int Behind(ArticleText text)
        => text.Language == Language || In(Language) is not { } original ? 0 : Math.Max(0, original.Version - text.BasedOn);

    internal sealed class Table : IEntityTypeConfiguration<Article>
    {
        public void Configure(EntityTypeBuilder<Article> builder)
        {
            builder.ToTable("Articles");
            builder.Property(a => a.Language).HasMaxLength(20);
            builder.Property(a => a.Asks).HasMaxLength(40);
            builder.Property(a => a.Revision).IsConcurrencyToken();
            builder.HasMany(a => a.Texts).WithOne().HasForeignKey(t => t.ArticleId);
            builder.HasIndex(a => a.Number).IsUnique();
            // The sweep that publishes what is due.
            builder.HasIndex(a => new { a.State, a.PublishAt });
            builder.HasIndex(a => a.TopicId);
        }
    }

    /// <summary>Article numbers come from the same counters as ticket numbers.</summary>
    internal sealed class Numbers : IEntityTypeConfiguration<Counter>
    {
        public void Configure(EntityTypeBuilder<Counter> builder) => builder.HasData(new Counter { Name = "article", Value = 0 });
    }
}
