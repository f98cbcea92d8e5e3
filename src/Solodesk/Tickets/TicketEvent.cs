using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Solodesk.Common;

namespace Solodesk.Tickets;

/// <summary>
/// One change of a ticket, written in the transaction that made it: the customer's history, the audit trail, the source of every
/// number, and the queue that live pages and later rules read. Its id only grows.
/// </summary>
public sealed class TicketEvent
{
    public long Id { get; init; }
    public Guid TicketId { get; init; }
    public long TicketNumber { get; init; }
    public DateTimeOffset At { get; init; }
    public TicketEventKind Kind { get; init; }
    public ActorKind ActorKind { get; init; }
    public Guid? ActorId { get; init; }
    public string ActorName { get; init; } = "";
    public Guid? MessageId { get; init; }

    /// <summary>The field's key for changes of fields.</summary>
    public string? Field { get; init; }

    public string? From { get; init; }
    public string? To { get; init; }

    public static TicketEvent Of(Ticket ticket, Actor actor, DateTimeOffset at, TicketEventKind kind, string? from = null, string? to = null,
        Guid? message = null, string? field = null) => new()
        {
            TicketId = ticket.Id,
            TicketNumber = ticket.Number,
            At = at,
            Kind = kind,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = actor.Name,
            MessageId = message,
            Field = field,
            From = from,
            To = to,
        };

    internal sealed class Table : IEntityTypeConfiguration<TicketEvent>
    {
        public void Configure(EntityTypeBuilder<TicketEvent> builder)
        {
            builder.ToTable("TicketEvents");
            builder.Property(e => e.ActorName).HasMaxLength(200);
            builder.Property(e => e.Field).HasMaxLength(80);
            // A ticket's history in order.
            builder.HasIndex(e => new { e.TicketId, e.Id });
        }
    }
}
