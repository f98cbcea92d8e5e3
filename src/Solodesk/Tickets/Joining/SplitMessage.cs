using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets.Joining;

/// <summary>Gives a message that is about something else a ticket of its own; the two are linked. For thirty days it can be taken back.</summary>
[UseCase]
public sealed class SplitMessage(DeskWriter writer, Conversation conversation, TimeProvider clock)
{
    /// <param name="Message">The message that goes.</param>
    /// <param name="Subject">The new ticket's subject; empty takes the message's first line.</param>
    public sealed record Request(Guid Message, string? Subject = null);

    /// <summary>The ticket that was opened, and what undoes it.</summary>
    public sealed record Done(Guid Id, long Number, Guid Undo);

    public async Task<Result<Done>> RunAsync(Actor actor, Request request, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<Done>(async db =>
        {
            var message = await db.Set<Message>().SingleOrDefaultAsync(m => m.Id == request.Message, ct);
            if (message is null)
            {
                return Problem.NotFound("message");
            }

            var from = await db.Set<Ticket>().SingleAsync(t => t.Id == message.TicketId, ct);
            if (!await db.Set<Message>().AnyAsync(m => m.TicketId == from.Id && m.Id != message.Id, ct))
            {
                return new Problem("split.only");
            }

            return await SplitAsync(db, actor, from, message, request.Subject, ct);
        }, ct);

    private async Task<Done> SplitAsync(DeskDb db, Actor actor, Ticket from, Message message, string? subject, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (before, version) = (from.Keep(), from.Version);
        var name = string.IsNullOrWhiteSpace(subject) ? Conversation.Shorten(Conversation.OneLine(message.Body), 80) : subject.Trim();
        var into = await conversation.OpenAsync(db, actor, new NewTicket(name.Length > 0 ? name : from.Subject, from.CustomerId, message.Channel is "desk" ? from.Channel : message.Channel)
        {
            OrganizationId = from.OrganizationId,
            MailboxId = from.MailboxId,
            AssigneeId = from.AssigneeId,
            Language = message.Language ?? from.Language,
            Priority = from.Priority,
        }, ct);
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == from.CustomerId, ct);
        customer.TicketCount++;
        await db.SaveChangesAsync(ct);
        await Regroup.MoveAsync(db, [message.Id], into.Id, ct);
        await Regroup.CountAsync(db, from, ct);
        await Regroup.CountAsync(db, into, ct);
        if (message.Kind == MessageKind.Inbound)
        {
            into.WaitingSince = message.CreatedAt;
            into.Unread = true;
        }

        into.Requeue();
        from.Requeue();
        (from.UpdatedAt, into.UpdatedAt) = (now, now);
        from.Version++;
        into.Version++;
        var regrouping = new Regrouping
        {
            Id = Ids.New(clock),
            Kind = RegroupingKind.Split,
            At = now,
            ActorId = actor.Id,
            FromId = from.Id,
            IntoId = into.Id,
            Moved = new MovedParts { Messages = [message.Id] },
            From = before,
            Into = into.Keep(),
            FromVersion = from.Version,
            IntoVersion = into.Version,
            FromVersionBefore = version,
        };
        db.Add(regrouping);
        db.Entry(message).State = EntityState.Detached; // Moved by the update above; the copy in memory is of before.
        var (one, other) = TicketLink.Order(from.Id, into.Id);
        db.Add(new TicketLink { Id = Ids.New(clock), OneId = one, OtherId = other, At = now });
        var field = regrouping.Id.ToString();
        db.Add(TicketEvent.Of(from, actor, now, TicketEventKind.SplitOff, to: $"#{into.Number}", field: field));
        db.Add(TicketEvent.Of(into, actor, now, TicketEventKind.SplitFrom, to: $"#{from.Number}", field: field));
        return new Done(into.Id, into.Number, regrouping.Id);
    }
}
