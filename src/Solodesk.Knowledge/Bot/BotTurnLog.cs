using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;

namespace Solodesk.Knowledge.Bot;

/// <summary>One turn of the bot: what was asked, what it searched and scored, and why it answered or stopped.</summary>
public sealed class BotTurnLog
{
    public Guid Id { get; init; }
    public Guid ConversationId { get; init; }
    public required string Channel { get; init; }
    public required string Language { get; init; }
    public required string Asked { get; init; }
    public required string Said { get; init; }
    public required string Kind { get; init; }
    public required string Reason { get; init; }
    public double Confidence { get; init; }

    /// <summary>What it looked at, best first.</summary>
    public List<Looked> Candidates { get; init; } = [];

    public int Milliseconds { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>One article that it considered.</summary>
    public sealed record Looked(Guid ArticleId, long Number, string Title, double Score, double Certainty, string Words)
    {
        /// <summary>What the vectors said; 0 where there are none.</summary>
        public double Meaning { get; init; }
    }

    internal sealed class Table : IEntityTypeConfiguration<BotTurnLog>
    {
        public void Configure(EntityTypeBuilder<BotTurnLog> builder)
        {
            builder.ToTable("BotTurns");
            builder.Property(t => t.Channel).HasMaxLength(40);
            builder.Property(t => t.Language).HasMaxLength(20);
            builder.Property(t => t.Asked).HasMaxLength(2000);
            builder.Property(t => t.Kind).HasMaxLength(20);
            builder.Property(t => t.Reason).HasMaxLength(40);
            builder.Property(t => t.Candidates).IsJson();
            builder.HasIndex(t => new { t.ConversationId, t.At });
            builder.HasIndex(t => t.At);
        }
    }
}
