using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets.Undoing;

namespace Solodesk.Tickets.Joining;

/// <summary>
/// Takes a merge, split or link back within thirty days. A ticket that nobody has touched since is put back exactly as it was; on one that
/// went on, only the messages that had moved go back, and what it says about them is counted anew.
/// </summary>
[UseCase]
public sealed class UndoRegrouping(DeskWriter writer, TimeProvider clock)
{
    /// <summary>Gives back the number of the ticket that has its messages again.</summary>
    public async Task<Result<long>> RunAsync(Actor actor, Guid id, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<long>(async db =>
        {
            var regrouping = await db.Set<Regrouping>().SingleOrDefaultAsync(r => r.Id == id, ct);
            var now = clock.GetUtcNow();
            if (regrouping is null || regrouping.UndoneAt is not null)
            {
                return new Problem("regroup.undone");
            }

            if (regrouping.At + Regrouping.Undoable < now)
            {
                return new Problem("regroup.late");
            }

            var from = await db.Set<Ticket>().SingleAsync(t => t.Id == regrouping.FromId, ct);
            var into = await db.Set<Ticket>().SingleAsync(t => t.Id == regrouping.IntoId, ct);
            if (regrouping.Kind != RegroupingKind.Link && await UnderOthersAsync(db, regrouping, from, into, ct))
            {
                return new Problem("regroup.later");
            }

            regrouping.UndoneAt = now;
            switch (regrouping.Kind)
            {
                case RegroupingKind.Merge:
                    await UnmergeAsync(db, regrouping, from, into, ct);
                    break;
                case RegroupingKind.Split:
                    await UnsplitAsync(db, regrouping, from, into, ct);
                    break;
                case RegroupingKind.Link:
                    await UnlinkAsync(db, from.Id, into.Id, ct);
                    break;
            }

            db.Add(TicketEvent.Of(from, actor, now, TicketEventKind.RegroupingUndone, regrouping.Kind.ToString(), $"#{into.Number}"));
            db.Add(TicketEvent.Of(into, actor, now, TicketEventKind.RegroupingUndone, regrouping.Kind.ToString(), $"#{from.Number}"));
            return from.Number;
        }, ct);

    // Later merges and splits lie on top of this one: they have to go first.
    private static async Task<bool> UnderOthersAsync(DeskDb db, Regrouping regrouping, Ticket from, Ticket into, CancellationToken ct)
    {
        var moved = regrouping.Moved.Messages;
        var there = 0;
        foreach (var some in moved.Chunk(200))
        {
            var ids = some.ToList();
            there += await db.Set<Message>().CountAsync(m => ids.Contains(m.Id) && m.TicketId == into.Id, ct);
        }

        return there != moved.Count || into.MergedIntoId is not null || (regrouping.Kind == RegroupingKind.Merge ? from.MergedIntoId != into.Id : from.MergedIntoId is not null);
    }

    private static async Task UnmergeAsync(DeskDb db, Regrouping regrouping, Ticket from, Ticket into, CancellationToken ct)
    {
        await Regroup.MoveAsync(db, regrouping.Moved.Messages, from.Id, ct);
        await Regroup.PlaceUnsentAsync(db, regrouping.Moved.Held, regrouping.Moved.Drafts, from.Id, ct);
        from.Restore(regrouping.From);
        await UndoChange.UncoverAsync(db, from, regrouping.FromVersionBefore, ct);
        await PutBackAsync(db, into, regrouping.Into, regrouping.IntoVersion, regrouping.IntoVersionBefore, ct);
    }

    private static async Task UnsplitAsync(DeskDb db, Regrouping regrouping, Ticket from, Ticket into, CancellationToken ct)
    {
        await Regroup.MoveAsync(db, regrouping.Moved.Messages, from.Id, ct);
        await PutBackAsync(db, from, regrouping.From, regrouping.FromVersion, regrouping.FromVersionBefore, ct);
        await UnlinkAsync(db, from.Id, into.Id, ct);
        if (await db.Set<Message>().AnyAsync(m => m.TicketId == into.Id, ct))
        {
            // It has gone on by itself: it stays a ticket, without the message that went back.
            await Regroup.CountAsync(db, into, ct);
        }
        else
        {
            // Its number may stand in a mail by now: it leads back to where the message is.
            into.MergeInto(from.Id);
            into.MessageCount = into.InboundCount = into.AttachmentCount = 0;
            var customer = await db.Set<Customer>().SingleAsync(c => c.Id == into.CustomerId, ct);
            customer.TicketCount--;
        }

        into.Version++;
    }

    private static async Task PutBackAsync(DeskDb db, Ticket ticket, TicketState state, long version, long before, CancellationToken ct)
    {
        if (ticket.Version == version)
        {
            ticket.Restore(state);
            await UndoChange.UncoverAsync(db, ticket, before, ct);
            return;
        }

        await Regroup.CountAsync(db, ticket, ct);
        ticket.Requeue();
        ticket.Version++;
    }

    private static Task UnlinkAsync(DeskDb db, Guid from, Guid into, CancellationToken ct)
    {
        var (one, other) = TicketLink.Order(from, into);
        return db.Set<TicketLink>().Where(l => l.OneId == one && l.OtherId == other).ExecuteDeleteAsync(ct);
    }
}
