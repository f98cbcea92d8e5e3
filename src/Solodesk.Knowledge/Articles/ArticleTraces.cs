using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Knowledge.Articles;

/// <summary>How often an article was read and judged on one day, in one language.</summary>
public sealed class ArticleDay
{
    public Guid ArticleId { get; init; }
    public required string Language { get; init; }
    public DateOnly Day { get; init; }
    public int Views { get; set; }
    public int Helpful { get; set; }
    public int NotHelpful { get; set; }

    /// <summary>Readers who were about to write to us and did not, having read it.</summary>
    public int Saved { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<ArticleDay>
    {
        public void Configure(EntityTypeBuilder<ArticleDay> builder)
        {
            builder.ToTable("ArticleDays").HasKey(d => new { d.ArticleId, d.Day, d.Language });
            builder.Property(d => d.Language).HasMaxLength(20);
            builder.HasIndex(d => d.Day);
        }
    }
}

/// <summary>What a reader said about an article.</summary>
public sealed class ArticleFeedback
{
    public Guid Id { get; init; }
    public Guid ArticleId { get; init; }
    public required string Language { get; init; }
    public bool Helpful { get; init; }

    /// <summary>What was wrong: <c>steps</c>, <c>phone</c>, <c>unclear</c>, <c>other</c>; empty when it was not said.</summary>
    public string Reason { get; set; } = "";

    public string Words { get; set; } = "";

    /// <summary>The question that had led here.</summary>
    public string Question { get; init; } = "";

    public DateTimeOffset At { get; init; }
    public bool Handled { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<ArticleFeedback>
    {
        public void Configure(EntityTypeBuilder<ArticleFeedback> builder)
        {
            builder.ToTable("ArticleFeedback");
            builder.Property(f => f.Language).HasMaxLength(20);
            builder.Property(f => f.Reason).HasMaxLength(40);
            builder.Property(f => f.Words).HasMaxLength(2000);
            builder.Property(f => f.Question).HasMaxLength(500);
            // What readers said of an article, newest first; what waits for somebody to look.
            builder.HasIndex(f => new { f.ArticleId, f.At });
            builder.HasIndex(f => new { f.Handled, f.At });
        }
    }
}

/// <summary>What became of an article in a ticket.</summary>
public enum ArticleUseKind { Inserted, Linked, Drafted, Read }

/// <summary>One use of an article in a ticket.</summary>
public sealed class ArticleUse
{
    public Guid Id { get; init; }
    public Guid ArticleId { get; init; }
    public Guid TicketId { get; init; }
    public long TicketNumber { get; init; }
    public ArticleUseKind Kind { get; init; }
    public DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<ArticleUse>
    {
        public void Configure(EntityTypeBuilder<ArticleUse> builder)
        {
            builder.ToTable("ArticleUses");
            builder.HasIndex(u => new { u.ArticleId, u.At });
            builder.HasIndex(u => u.TicketId);
        }
    }
}
