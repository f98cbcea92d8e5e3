using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Chat.Talk;

/// <summary>What a visitor does beside talking: gives an address, calls it solved.</summary>
[UseCase]
internal sealed class VisitorActs(DeskWriter writer, ChatCustomer customers, ChatLog log, TimeProvider clock)
{
    public Task<Result<Done>> GiveAddressAsync(Visitor visitor, CancellationToken ct)
        => ActAsync(visitor.Id, async (db, _, ticket, customer) =>
        {
            if (visitor.Name is { } name && customers.IsNameless(customer, visitor))
            {
                customer.Name = name;
                customer.Version++;
            }

            var owner = await customers.GiveAddressAsync(db, customer, visitor.Email!, ct);
            if (owner.Id != customer.Id)
            {
                customers.Move(db, ticket, customer, owner);
            }

            return Done.It;
        }, ct);

    public Task<Result<Done>> SolveAsync(Visitor visitor, CancellationToken ct)
        => ActAsync(visitor.Id, (db, chat, ticket, customer) =>
        {
            if (!ticket.IsDone)
            {
                var (before, now) = (ticket.Status, clock.GetUtcNow());
                ticket.SetStatus(TicketStatus.Solved, now);
                ticket.WaitingSince = null;
                ticket.UpdatedAt = now;
                ticket.Version++;
                chat.BotDueAt = null;
                log.Add(db, chat, ChatLineKind.Solved);
                db.Add(TicketEvent.Of(ticket, Actor.Customer(customer.Id, customer.Name), now, TicketEventKind.StatusChanged, before.ToString(), nameof(TicketStatus.Solved)));
            }

            return Task.FromResult<Result<Done>>(Done.It);
        }, ct);

    private Task<Result<Done>> ActAsync(Guid visitor, Func<DeskDb, ChatConversation, Ticket, Customer, Task<Result<Done>>> act, CancellationToken ct)
        => writer.RunAsync(async db =>
        {
            var chat = await db.Set<ChatConversation>().SingleOrDefaultAsync(c => c.OpenFor == visitor, ct);
            var ticket = chat is null ? null : await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == chat.TicketId, ct);
            return chat is null || ticket is null ? Problem.NotFound("chat")
                : await act(db, chat, ticket, await db.Set<Customer>().SingleAsync(c => c.Id == ticket.CustomerId, ct));
        }, ct);
}
