using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;

namespace Solodesk.Chat.Talk;

/// <summary>What one visitor and the desk say to each other, in the order of its lines. The words themselves are the ticket's messages.</summary>
public sealed class ChatConversation
{
    public Guid Id { get; init; }
    public Guid VisitorId { get; init; }

    /// <summary>The visitor while this is their open conversation, null when it is over: unique, so that nobody has two.</summary>
    public Guid? OpenFor { get; set; }

    public Guid TicketId { get; set; }

    /// <summary>The number of the newest line; whoever adds one collides here with whoever adds another.</summary>
    public long LastSeq { get; set; }

    /// <summary>Up to where the visitor has seen it.</summary>
    public long VisitorReadSeq { get; set; }

    /// <summary>Up to where a person at the desk has seen it.</summary>
    public long DeskReadSeq { get; set; }

    /// <summary>Whether the bot answers; a person taking over ends that.</summary>
    public bool BotActive { get; set; }

    /// <summary>Since when the bot owes an answer.</summary>
    public DateTimeOffset? BotDueAt { get; set; }

    public required string Language { get; set; }

    /// <summary>The site's own id of the person, proven by its secret.</summary>
    public string? SiteUser { get; set; }

    /// <summary>Where the visitor was and with what, as their browser said.</summary>
    public VisitorContext Context { get; set; } = new();

    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset SeenAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<ChatConversation>
    {
        public void Configure(EntityTypeBuilder<ChatConversation> builder)
        {
            builder.ToTable("ChatConversations");
            builder.Property(c => c.LastSeq).IsConcurrencyToken();
            builder.Property(c => c.Language).HasMaxLength(20);
            builder.Property(c => c.SiteUser).HasMaxLength(200);
            builder.Property(c => c.Context).IsJson();
            builder.HasIndex(c => c.OpenFor).IsUnique();
            // The conversation beside a ticket.
            builder.HasIndex(c => c.TicketId);
            // Questions that a bot owes an answer to, after a restart.
            builder.HasIndex(c => c.BotDueAt);
        }
    }
}

/// <summary>What a visitor's browser tells about itself and about the page.</summary>
public sealed record VisitorContext
{
    public string? Page { get; init; }
    public string? Title { get; init; }
    public string? Referrer { get; init; }
    public string? Browser { get; init; }
    public string? Locale { get; init; }
    public string? Zone { get; init; }

    /// <summary>The pages before, newest last; only where the site says that the visitor agreed.</summary>
    public List<string> Pages { get; init; } = [];

    /// <summary>Where they are now, and what brought them here in the beginning.</summary>
    public VisitorContext Since(VisitorContext first) => string.IsNullOrEmpty(Page) ? first : this with
    {
        Referrer = first.Referrer ?? Referrer,
        Pages = Pages.Count > 0 ? Pages : first.Pages,
    };
}
