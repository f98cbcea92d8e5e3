using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Solodesk.Tickets.Joining;

/// <summary>Two tickets that have to do with each other, kept once for both directions: the smaller id first.</summary>
public sealed class TicketLink
{
    public Guid Id { get; init; }
    public Guid OneId { get; init; }
    public Guid OtherId { get; init; }
    public DateTimeOffset At { get; init; }

    public static (Guid One, Guid Other) Order(Guid a, Guid b) => a.CompareTo(b) < 0 ? (a, b) : (b, a);

    internal sealed class Table : IEntityTypeConfiguration<TicketLink>
    {
        public void Configure(EntityTypeBuilder<TicketLink> builder)
        {
            builder.ToTable("TicketLinks");
            builder.HasIndex(l => new { l.OneId, l.OtherId }).IsUnique();
            builder.HasIndex(l => l.OtherId);
        }
    }
}
