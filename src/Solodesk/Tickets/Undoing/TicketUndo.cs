using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Joining;

namespace Solodesk.Tickets.Undoing;

/// <summary>One change that an agent made to one ticket, with all that is needed to take it back.</summary>
public sealed class TicketUndo
{
    /// <summary>For so long it can be taken back.</summary>
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(30);

    /// <summary>For so long it is offered where the agent is.</summary>
    public static readonly TimeSpan Offered = TimeSpan.FromSeconds(8);

    public Guid Id { get; init; }
    public Guid TicketId { get; init; }
    public Guid AgentId { get; init; }

    /// <summary>The time of the history's lines that tell of the change.</summary>
    public DateTimeOffset At { get; init; }

    public TicketState Before { get; init; } = new();
    public TicketState After { get; init; } = new();

    /// <summary>The version that the change found.</summary>
    public long VersionBefore { get; init; }

    /// <summary>The version that it left behind: as long as the ticket has it, taking back is exact.</summary>
    public long Version { get; set; }

    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>Keeps what an agent has just changed, also whether the sender is blocked now where that was changed; what programs and the desk itself do is not theirs to take back.</summary>
    internal static void Keep(DeskDb db, Ticket ticket, Actor actor, TicketState before, long version, TimeProvider clock, bool? blocked = null)
    {
        if (actor is { Kind: ActorKind.Agent, Id: { } agent } && ticket.Version != version)
        {
            db.Add(new TicketUndo
            {
                Id = Ids.New(clock), TicketId = ticket.Id, AgentId = agent, At = ticket.UpdatedAt, Before = before, After = ticket.Keep() with { SenderBlocked = blocked }, VersionBefore = version, Version = ticket.Version,
            });
        }
    }

    internal sealed class Table : IEntityTypeConfiguration<TicketUndo>
    {
        public void Configure(EntityTypeBuilder<TicketUndo> builder)
        {
            builder.ToTable("TicketUndos");
            builder.Property(u => u.Before).IsJson();
            builder.Property(u => u.After).IsJson();
            // What can be taken back in the history of a ticket.
            builder.HasIndex(u => new { u.TicketId, u.At });
            // What an agent did last.
            builder.HasIndex(u => new { u.AgentId, u.At });
            // What is too old to be taken back.
            builder.HasIndex(u => u.At);
        }
    }
}
