using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Knowledge.Ai;

/// <summary>One call of the AI service: what for, how much, whether it worked. Never what was said.</summary>
public sealed class AiCall
{
    public Guid Id { get; init; }

    /// <summary>A word below the phrase <c>ai.purpose.</c></summary>
    public required string Purpose { get; init; }

    public required string Model { get; init; }
    public int PromptTokens { get; init; }
    public int AnswerTokens { get; init; }
    public int Milliseconds { get; init; }

    /// <summary>How many secrets and personal data were masked before it was sent.</summary>
    public int Masked { get; init; }

    /// <summary>Empty when it worked, else a word of <see cref="AiFault"/>.</summary>
    public string Failure { get; init; } = "";

    public DateTimeOffset At { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<AiCall>
    {
        public void Configure(EntityTypeBuilder<AiCall> builder)
        {
            builder.ToTable("AiCalls");
            builder.Property(c => c.Purpose).HasMaxLength(40);
            builder.Property(c => c.Model).HasMaxLength(120);
            builder.Property(c => c.Failure).HasMaxLength(300);
            // What a day has cost, the newest calls, and what is old enough to forget.
            builder.HasIndex(c => c.At);
        }
    }
}
