using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Data;

namespace Solodesk.Tickets.Bulk;

public enum BulkKind { Change, Answer }

/// <summary>Where a run stands; one that was interrupted goes on where it stopped.</summary>
public enum BulkState { Queued, Running, Done, Stopped, Undoing, Undone }

/// <summary>One change, or one answer, for many tickets: done in the background, ticket by ticket in the order of their numbers, and counted honestly.</summary>
public sealed class BulkRun
{
    /// <summary>How long a change can be taken back.</summary>
    public static readonly TimeSpan UndoFor = TimeSpan.FromDays(30);

    public Guid Id { get; init; }
    public BulkKind Kind { get; init; }
    public BulkState State { get; set; }
    public Guid? ActorId { get; init; }
    public required string ActorName { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The tickets that were picked; empty for a whole view.</summary>
    public List<Guid> Picked { get; init; } = [];

    /// <summary>The condition of the view that was meant as a whole, as it stood then.</summary>
    public string? Condition { get; init; }

    /// <summary>The key of that view.</summary>
    public string? View { get; init; }

    /// <summary>What changes.</summary>
    public BulkChange Change { get; init; } = new();

    /// <summary>What is answered, with variables.</summary>
    public string? Markdown { get; init; }

    /// <summary>Our address for links in what is answered.</summary>
    public string Host { get; init; } = "";

    /// <summary>Until when all of it can be taken back: nothing is sent before.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public int Total { get; set; }
    public int Changed { get; set; }

    /// <summary>Those that were so already.</summary>
    public int Unchanged { get; set; }

    public int Refused { get; set; }

    /// <summary>The number of the last ticket that is done with.</summary>
    public long Cursor { get; set; }

    public int Undone { get; set; }

    /// <summary>Those that somebody has changed since in the same place; what they did stays.</summary>
    public int KeptSince { get; set; }

    /// <summary>Until when one node works on it.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    public bool IsMoving => State is BulkState.Queued or BulkState.Running or BulkState.Undoing;

    /// <summary>Answers that have not left, so that taking back leaves no trace.</summary>
    public bool IsHeld(DateTimeOffset now) => Kind == BulkKind.Answer && State == BulkState.Queued && NotBefore > now;

    /// <summary>All of it was taken back before anything was sent.</summary>
    public bool IsTakenBack => Kind == BulkKind.Answer && State == BulkState.Stopped && Changed + Unchanged + Refused == 0;

    public bool CanUndo(DateTimeOffset now) => IsHeld(now) || (Kind == BulkKind.Change && State is (BulkState.Done or BulkState.Stopped) && Changed > 0 && now < CreatedAt + UndoFor);

    internal sealed class Table : IEntityTypeConfiguration<BulkRun>
    {
        public void Configure(EntityTypeBuilder<BulkRun> builder)
        {
            builder.ToTable("BulkRuns");
            builder.Property(r => r.ActorName).HasMaxLength(200);
            builder.Property(r => r.Change).IsJson();
            builder.Property(r => r.View).HasMaxLength(40);
            builder.Property(r => r.Host).HasMaxLength(300);
            builder.Ignore(r => r.IsMoving);
            builder.Ignore(r => r.IsTakenBack);
            // What is to be done, oldest first.
            builder.HasIndex(r => new { r.State, r.CreatedAt });
        }
    }
}
