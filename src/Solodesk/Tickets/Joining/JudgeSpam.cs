using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets.Undoing;

namespace Solodesk.Tickets.Joining;

/// <summary>Puts a ticket into the spam list, and if wanted everything else that its sender will send; or takes both back.</summary>
[UseCase]
public sealed class JudgeSpam(DeskWriter writer, TimeProvider clock)
{
    /// <param name="Ticket">The ticket.</param>
    /// <param name="Spam">Whether it is spam; taking it back also unblocks the sender.</param>
    /// <param name="Block">Whether mail and forms of this sender are spam from now on.</param>
    public sealed record Request(Guid Ticket, bool Spam, bool Block = false);

    public async Task<Result<Done>> RunAsync(Actor actor, Request request, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<Done>(async db =>
        {
            var ticket = await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == request.Ticket, ct);
            if (ticket is null)
            {
                return Problem.NotFound("ticket");
            }

            var now = clock.GetUtcNow();
            var (before, version) = (ticket.Keep(), ticket.Version);
            if (ticket.Spam != request.Spam)
            {
                ticket.MarkSpam(request.Spam);
                ticket.Unread = !request.Spam && ticket.Unread;
                db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.MarkedSpam, (!request.Spam).ToString(), request.Spam.ToString()));
            }

            var customer = await db.Set<Customer>().SingleAsync(c => c.Id == ticket.CustomerId, ct);
            var blocked = request.Spam && (request.Block || customer.Blocked);
            var touched = customer.Blocked != blocked;
            if (touched)
            {
                before = before with { SenderBlocked = customer.Blocked };
                customer.Blocked = blocked;
                customer.Version++;
                db.Add(TicketEvent.Of(ticket, actor, now, blocked ? TicketEventKind.SenderBlocked : TicketEventKind.SenderUnblocked, to: customer.Name));
            }

            if (touched || before.Spam != ticket.Spam)
            {
                ticket.UpdatedAt = now;
                ticket.Version++;
                TicketUndo.Keep(db, ticket, actor, before, version, clock, touched ? blocked : null);
            }

            return Done.It;
        }, ct);
}
