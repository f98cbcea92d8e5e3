using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Joining;

/// <summary>Notes that two tickets have to do with each other; each keeps its own conversation and customer.</summary>
[UseCase]
public sealed class LinkTickets(DeskWriter writer, TimeProvider clock)
{
    /// <summary>Gives back what undoes it.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid ticket, Guid other, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (ticket == other)
        {
            return new Problem("merge.self") { Field = "other" };
        }

        return await writer.RunAsync<Guid>(async db =>
        {
            var (a, b) = await BothAsync(db, ticket, other, ct);
            if (a is null || b is null)
            {
                return Problem.NotFound("ticket");
            }

            var (one, second) = TicketLink.Order(ticket, other);
            if (await db.Set<TicketLink>().AnyAsync(l => l.OneId == one && l.OtherId == second, ct))
            {
                return new Problem("link.exists", b.Number) { Field = "other" };
            }

            var now = clock.GetUtcNow();
            var regrouping = new Regrouping { Id = Ids.New(clock), Kind = RegroupingKind.Link, At = now, ActorId = actor.Id, FromId = ticket, IntoId = other };
            db.Add(regrouping);
            db.Add(new TicketLink { Id = Ids.New(clock), OneId = one, OtherId = second, At = now });
            db.Add(TicketEvent.Of(a, actor, now, TicketEventKind.Linked, to: $"#{b.Number}", field: regrouping.Id.ToString()));
            db.Add(TicketEvent.Of(b, actor, now, TicketEventKind.Linked, to: $"#{a.Number}", field: regrouping.Id.ToString()));
            return regrouping.Id;
        }, ct);
    }

    public async Task<Result<Common.Done>> UnlinkAsync(Actor actor, Guid ticket, Guid other, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<Common.Done>(async db =>
        {
            var (a, b) = await BothAsync(db, ticket, other, ct);
            var (one, second) = TicketLink.Order(ticket, other);
            if (a is null || b is null || await db.Set<TicketLink>().Where(l => l.OneId == one && l.OtherId == second).ExecuteDeleteAsync(ct) == 0)
            {
                return Problem.NotFound("ticket");
            }

            var now = clock.GetUtcNow();
            db.Add(TicketEvent.Of(a, actor, now, TicketEventKind.Unlinked, to: $"#{b.Number}"));
            db.Add(TicketEvent.Of(b, actor, now, TicketEventKind.Unlinked, to: $"#{a.Number}"));
            return Common.Done.It;
        }, ct);

    private static async Task<(Ticket?, Ticket?)> BothAsync(DeskDb db, Guid ticket, Guid other, CancellationToken ct)
        => (await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == ticket, ct), await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == other, ct));
}
