using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Knowledge.Gaps;

/// <summary>A question that somebody asked, wherever, and whether an answer was found: what the match rate and the list of gaps are made of.</summary>
public sealed class AskedQuestion
{
    public Guid Id { get; init; }

    /// <summary>Where it was asked: <c>help</c>, <c>contact</c>, <c>support</c>, <c>chat</c>, <c>ticket</c>.</summary>
    public required string Channel { get; init; }

    public required string Text { get; set; }
    public required string Language { get; init; }

    /// <summary>Whether an answer fitted well enough to show.</summary>
    public bool Matched { get; set; }

    public double Confidence { get; set; }

    /// <summary>The best article, even when it did not fit well enough.</summary>
    public Guid? ArticleId { get; set; }

    public Guid? TicketId { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Somebody has dealt with it: wrote an article, or said that it needs none.</summary>
    public bool Settled { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<AskedQuestion>
    {
        public void Configure(EntityTypeBuilder<AskedQuestion> builder)
        {
            builder.ToTable("AskedQuestions");
            builder.Property(q => q.Channel).HasMaxLength(20);
            builder.Property(q => q.Text).HasMaxLength(1000);
            builder.Property(q => q.Language).HasMaxLength(20);
            // The match rate of a span of time; the newest that found nothing.
            builder.HasIndex(q => new { q.At, q.Channel });
            builder.HasIndex(q => new { q.Matched, q.Settled, q.At });
        }
    }
}
