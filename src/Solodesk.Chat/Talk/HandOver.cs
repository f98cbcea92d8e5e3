using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Chat.Talk;

/// <summary>Puts a conversation before a person: the bot is silent, the ticket waits for us, and its promise starts now.</summary>
[UseCase]
internal sealed class HandOver(DeskWriter writer, Promises promises, ChatLog log, TimeProvider clock)
{
    /// <summary>At the visitor's wish. Asking again changes nothing.</summary>
    public Task<Result<Done>> RunAsync(Guid visitor, CancellationToken ct)
        => writer.RunAsync<Done>(async db =>
        {
            var chat = await db.Set<ChatConversation>().SingleOrDefaultAsync(c => c.OpenFor == visitor, ct);
            if (chat is null)
            {
                return Problem.NotFound("chat");
            }

            var ticket = await db.Set<Ticket>().SingleAsync(t => t.Id == chat.TicketId, ct);
            var name = await db.Set<Customers.Customer>().Where(c => c.Id == ticket.CustomerId).Select(c => c.Name).SingleAsync(ct);
            await StepAsync(db, chat, ticket, Actor.Customer(ticket.CustomerId, name), ct);
            return Done.It;
        }, ct);

    public async Task StepAsync(DeskDb db, ChatConversation chat, Ticket ticket, Actor actor, CancellationToken ct)
    {
        if (!chat.BotActive)
        {
            return;
        }

        var now = clock.GetUtcNow();
        chat.BotActive = false;
        chat.BotDueAt = null;
        var before = ticket.Status;
        if (!ticket.NeedsUs)
        {
            ticket.SetStatus(TicketStatus.Open, now);
        }

        ticket.FirstResponseDueAt = null;
        ticket.WaitingSince = now;
        ticket.Unread = true;
        ticket.UpdatedAt = now;
        ticket.Version++;
        await promises.ResumeAsync(ticket, before, ct);
        log.Add(db, chat, ChatLineKind.HandedOver);
        db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.HandedOver));
    }
}
