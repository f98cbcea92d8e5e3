using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;

namespace Solodesk.Knowledge.Drafts;

/// <summary>What became of an offered draft.</summary>
public enum ReplyDraftState
{
    /// <summary>It waits above the composer.</summary>
    Offered,

    /// <summary>Its words went into the composer; whether they are sent is the founder's business.</summary>
    Taken,

    /// <summary>Not wanted.</summary>
    Dropped,

    /// <summary>The articles answer nothing of it; so that it is not tried again for the same message.</summary>
    Empty,
}

/// <summary>A reply that was drafted for the founder, one for each ticket. It is never sent by itself.</summary>
public sealed class ReplyDraft
{
    public Guid Id { get; init; }
    public Guid TicketId { get; init; }

    /// <summary>The customer's message that it answers; a newer one makes it old.</summary>
    public Guid MessageId { get; set; }

    public ReplyDraftState State { get; set; }

    /// <summary>With its marks, such as <c>[1]</c>; they stay behind when it is taken.</summary>
    public string Text { get; set; } = "";

    /// <summary>What it is written from, in the order of the marks.</summary>
    public List<Source> Sources { get; set; } = [];

    public required string Language { get; set; }

    /// <summary>How many were written for this message: each other one is told to be different.</summary>
    public int Attempt { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>One article behind it.</summary>
    /// <param name="ArticleId">The article.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="Title">Its title when the draft was written.</param>
    /// <param name="Internal">Whether customers may not read it.</param>
    /// <param name="Cited">Whether the draft says that something is from it.</param>
    public sealed record Source(Guid ArticleId, long Number, string Title, bool Internal, bool Cited);

    internal sealed class Table : IEntityTypeConfiguration<ReplyDraft>
    {
        public void Configure(EntityTypeBuilder<ReplyDraft> builder)
        {
            builder.ToTable("ReplyDrafts");
            builder.Property(d => d.Language).HasMaxLength(20);
            builder.Property(d => d.Sources).IsJson();
            builder.HasIndex(d => d.TicketId).IsUnique();
        }
    }
}
