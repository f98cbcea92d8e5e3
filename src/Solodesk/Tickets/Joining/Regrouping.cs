using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;

namespace Solodesk.Tickets.Joining;

/// <summary>What was done to which messages belong together.</summary>
public enum RegroupingKind { Merge, Split, Link }

/// <summary>One merge, split or link, with all that is needed to take it back.</summary>
public sealed class Regrouping
{
    /// <summary>For so long it can be taken back.</summary>
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(30);

    public Guid Id { get; init; }
    public RegroupingKind Kind { get; init; }
    public DateTimeOffset At { get; init; }
    public Guid? ActorId { get; init; }

    /// <summary>Where the messages were.</summary>
    public Guid FromId { get; init; }

    /// <summary>Where they went.</summary>
    public Guid IntoId { get; init; }

    /// <summary>What moved: messages, and answers and drafts that had not left.</summary>
    public MovedParts Moved { get; init; } = new();

    /// <summary>Both tickets before it.</summary>
    public TicketState From { get; init; } = new();

    public TicketState Into { get; init; } = new();

    /// <summary>The versions that it left behind: a ticket that still has its version is put back exactly, another is counted anew.</summary>
    public long FromVersion { get; set; }

    public long IntoVersion { get; set; }

    /// <summary>The versions that it found: when it is undone, what was done before it is the last thing done again.</summary>
    public long FromVersionBefore { get; init; }

    public long IntoVersionBefore { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Regrouping>
    {
        public void Configure(EntityTypeBuilder<Regrouping> builder)
        {
            builder.ToTable("Regroupings");
            builder.Property(r => r.Moved).IsJson();
            builder.Property(r => r.From).IsJson();
            builder.Property(r => r.Into).IsJson();
            // What can be taken back on the page of a ticket.
            builder.HasIndex(r => r.IntoId);
            builder.HasIndex(r => r.FromId);
        }
    }
}

/// <summary>The ids of what moved.</summary>
public sealed record MovedParts
{
    public List<Guid> Messages { get; init; } = [];
    public List<Guid> Held { get; init; } = [];
    public List<Guid> Drafts { get; init; } = [];
}
