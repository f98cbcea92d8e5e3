using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;

namespace Solodesk.Chat.Talk;

/// <summary>One line of a conversation as the widget shows it: a message, or something that happened.</summary>
public sealed class ChatLine
{
    public Guid ConversationId { get; init; }

    /// <summary>1, 2, 3 … without a gap.</summary>
    public long Seq { get; init; }

    public ChatLineKind Kind { get; init; }

    /// <summary>The words; null for something that happened.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>The id that the widget gave what it sent.</summary>
    public string? ClientId { get; init; }

    public bool HasFiles { get; init; }

    /// <summary>What belongs to a bot's turn beside its words.</summary>
    public BotLine Bot { get; init; } = new();

    public DateTimeOffset At { get; init; }

    /// <summary>When it goes by mail unless the visitor has seen it before; null when it need not.</summary>
    public DateTimeOffset? MailDueAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<ChatLine>
    {
        public void Configure(EntityTypeBuilder<ChatLine> builder)
        {
            builder.ToTable("ChatLines").HasKey(l => new { l.ConversationId, l.Seq });
            builder.Property(l => l.ClientId).HasMaxLength(40);
            builder.Property(l => l.Bot).IsJson();
            // A message is one line. What is sent again is found by it.
            builder.HasIndex(l => l.MessageId).IsUnique();
            // Answers that nobody has seen yet.
            builder.HasIndex(l => l.MailDueAt);
        }
    }
}

public enum ChatLineKind { Visitor, Agent, Bot, HandedOver, Joined, Solved, Mailed }

/// <summary>Sources, choices and fields of a bot's turn; empty for every other line.</summary>
public sealed record BotLine
{
    public string? Kind { get; init; }
    public string? Reason { get; init; }
    public double? Confidence { get; init; }
    public List<BotLineSource> Sources { get; init; } = [];
    public List<string> Choices { get; init; } = [];
    public List<BotLineField> Fields { get; init; } = [];
}

public sealed record BotLineSource(string Title, string Url);

public sealed record BotLineField(string Name, string Label, string Kind);
