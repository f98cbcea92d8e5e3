using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Live;

namespace Solodesk.Tickets.Writing;

/// <summary>Takes an answer back that has not left, moves it to another time, or sends it now.</summary>
[UseCase]
public sealed class ChangeHeldReply(DeskWriter writer, HeldReplies replies, SendHeldReplies sender, LiveFeed live, HeldSignal signal, TimeProvider clock)
{
    /// <summary>Its words go back into the composer of whoever takes it back.</summary>
    public async Task<Result<Done>> TakeBackAsync(Actor actor, Guid id, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        TicketEvent? told = null;
        var done = await writer.RunAsync<Done>(async db =>
        {
            var (held, ticket) = await FindAsync(db, id, ct);
            if (held is null || ticket is null)
            {
                return new Problem("held.gone");
            }

            await replies.ToDraftAsync(db, held, ticket, ct);
            db.Remove(held);
            var now = clock.GetUtcNow();
            told = TicketEvent.Of(ticket, actor, now, TicketEventKind.Held, message: held.Id);
            if (held.Scheduled)
            {
                Unsnooze(ticket, held, now);
                db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.SendCancelled, held.SendAt.ToString("O", CultureInfo.InvariantCulture)));
            }

            return Done.It;
        }, ct);
        if (done.Ok && told is not null)
        {
            live.Publish([told]);
        }

        return done;
    }

    /// <summary>Another time for a scheduled answer.</summary>
    public async Task<Result<Done>> MoveAsync(Actor actor, Guid id, DateTimeOffset sendAt, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (sendAt <= clock.GetUtcNow() || sendAt > clock.GetUtcNow().AddDays(366))
        {
            return new Problem("message.schedule_past") { Field = "sendAt" };
        }

        var moved = await writer.RunAsync<Done>(async db =>
        {
            var (held, ticket) = await FindAsync(db, id, ct);
            if (held is null || ticket is null || !held.Scheduled)
            {
                return new Problem("held.gone");
            }

            var now = clock.GetUtcNow();
            db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.Rescheduled, held.SendAt.ToString("O", CultureInfo.InvariantCulture), sendAt.ToString("O", CultureInfo.InvariantCulture)));
            if (ticket.SnoozedUntil == held.SendAt)
            {
                ticket.Snooze(sendAt);
            }

            held.SendAt = sendAt;
            ticket.UpdatedAt = now;
            ticket.Version++;
            return Done.It;
        }, ct);
        signal.Wake();
        return moved;
    }

    /// <summary>Leaves at once.</summary>
    public async Task<Result<Done>> SendNowAsync(Actor actor, Guid id, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await sender.SendAsync(id, ct) ? Done.It : new Problem("held.gone");

    /// <summary>The notice that an answer did not leave was read; its words stay a draft.</summary>
    public async Task<Result<Done>> DismissAsync(Actor actor, Guid id, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<Done>(async db =>
        {
            await db.Set<HeldReply>().Where(h => h.Id == id && h.State == HeldState.Yielded).ExecuteDeleteAsync(ct);
            return Done.It;
        }, ct);

    /// <summary>The ticket comes back from where the schedule had put it.</summary>
    internal static void Unsnooze(Ticket ticket, HeldReply held, DateTimeOffset now)
    {
        if (ticket.SnoozedUntil == held.SendAt)
        {
            ticket.Snooze(held.SnoozedBefore > now ? held.SnoozedBefore : null);
        }

        ticket.UpdatedAt = now;
        ticket.Version++;
    }

    // The row is locked by a change that changes nothing: whoever sends it at this moment has it, or finds it gone.
    private static async Task<(HeldReply?, Ticket?)> FindAsync(DeskDb db, Guid id, CancellationToken ct)
    {
        if (await db.Set<HeldReply>().Where(h => h.Id == id && h.State == HeldState.Waiting).ExecuteUpdateAsync(s => s.SetProperty(h => h.State, HeldState.Waiting), ct) != 1)
        {
            return (null, null);
        }

        var held = await db.Set<HeldReply>().SingleAsync(h => h.Id == id, ct);
        return (held, await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == held.TicketId, ct));
    }
}
