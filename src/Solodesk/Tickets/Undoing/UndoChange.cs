using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets.Joining;

namespace Solodesk.Tickets.Undoing;

/// <summary>
/// Takes one change of one ticket back within thirty days. A ticket that nobody has touched since is put back exactly as it was, with its
/// times and promises; on one that went on, only what still is as the change left it.
/// </summary>
[UseCase]
public sealed class UndoChange(DeskWriter writer, TimeProvider clock)
{
    /// <summary>Gives back the number of the ticket.</summary>
    public async Task<Result<long>> RunAsync(Actor actor, Guid id, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<long>(async db =>
        {
            var undo = await db.Set<TicketUndo>().SingleOrDefaultAsync(u => u.Id == id, ct);
            var now = clock.GetUtcNow();
            if (undo is null || undo.UndoneAt is not null)
            {
                return new Problem("undo.done");
            }

            var ticket = await db.Set<Ticket>().SingleAsync(t => t.Id == undo.TicketId, ct);
            if (undo.At + TicketUndo.Undoable < now || ticket.MergedIntoId is not null)
            {
                return new Problem("undo.late");
            }

            var current = ticket.Keep();
            var untouched = ticket.Version == undo.Version;
            var back = untouched ? undo.Before : current.Without(undo.Before, undo.After);
            var released = await UnblockAsync(db, ticket, actor, now, undo, ct);
            if (!Note(db, ticket, actor, now, current, back) && !released && !untouched)
            {
                return new Problem("undo.nothing");
            }

            ticket.Restore(back);
            if (!untouched)
            {
                ticket.UpdatedAt = now;
                ticket.Requeue();
            }

            undo.UndoneAt = now;
            if (untouched)
            {
                await UncoverAsync(db, ticket, undo.VersionBefore, ct);
            }

            return ticket.Number;
        }, ct);

    /// <summary>The ticket is as an earlier change had left it: that one is the last thing done to it again, and can be taken back exactly in its turn.</summary>
    internal static async Task UncoverAsync(DeskDb db, Ticket ticket, long before, CancellationToken ct)
    {
        var (id, now) = (ticket.Id, ticket.Version);
        await db.Set<TicketUndo>().Where(u => u.UndoneAt == null && u.TicketId == id && u.Version == before).ExecuteUpdateAsync(s => s.SetProperty(u => u.Version, now), ct);
        await db.Set<Regrouping>().Where(r => r.UndoneAt == null && r.FromId == id && r.FromVersion == before).ExecuteUpdateAsync(s => s.SetProperty(r => r.FromVersion, now), ct);
        await db.Set<Regrouping>().Where(r => r.UndoneAt == null && r.IntoId == id && r.IntoVersion == before).ExecuteUpdateAsync(s => s.SetProperty(r => r.IntoVersion, now), ct);
    }

    /// <summary>A sender who was blocked with the change, or let in again, is as before; unless somebody has judged them anew.</summary>
    private static async Task<bool> UnblockAsync(DeskDb db, Ticket ticket, Actor actor, DateTimeOffset at, TicketUndo undo, CancellationToken ct)
    {
        if (undo is not { Before.SenderBlocked: { } was, After.SenderBlocked: { } left }
            || await db.Set<Customer>().SingleOrDefaultAsync(c => c.Id == undo.After.CustomerId, ct) is not { } sender || sender.Blocked != left)
        {
            return false;
        }

        sender.Blocked = was;
        sender.Version++;
        db.Add(TicketEvent.Of(ticket, actor, at, was ? TicketEventKind.SenderBlocked : TicketEventKind.SenderUnblocked, to: sender.Name));
        return true;
    }

    /// <summary>Writes the history; says whether anything differs.</summary>
    private static bool Note(DeskDb db, Ticket ticket, Actor actor, DateTimeOffset at, TicketState now, TicketState back)
    {
        var any = false;
        void Line(TicketEventKind kind, object? from, object? to, string? field = null)
        {
            if (!Equals(from, to))
            {
                any = true;
                db.Add(TicketEvent.Of(ticket, actor, at, kind, from?.ToString() ?? "", to?.ToString() ?? "", field: field));
            }
        }

        Line(TicketEventKind.SubjectChanged, now.Subject, back.Subject);
        Line(TicketEventKind.StatusChanged, now.Status, back.Status);
        Line(TicketEventKind.PriorityChanged, now.Priority, back.Priority);
        Line(TicketEventKind.TypeChanged, now.Type, back.Type);
        Line(TicketEventKind.SeverityChanged, now.Severity, back.Severity);
        Line(TicketEventKind.CategoryChanged, now.CategoryId ?? Guid.Empty, back.CategoryId ?? Guid.Empty);
        Line(TicketEventKind.AssigneeChanged, now.AssigneeId ?? Guid.Empty, back.AssigneeId ?? Guid.Empty);
        Line(TicketEventKind.TagsChanged, string.Join(", ", now.Tags), string.Join(", ", back.Tags));
        Line(TicketEventKind.FollowersChanged, string.Join(", ", now.FollowerIds), string.Join(", ", back.FollowerIds));
        Line(TicketEventKind.MarkedSpam, now.Spam, back.Spam);
        Line(back.SnoozedUntil is null ? TicketEventKind.Woken : TicketEventKind.Snoozed, now.SnoozedUntil?.ToString("O"), back.SnoozedUntil?.ToString("O"));
        foreach (var key in now.Custom.Keys.Union(back.Custom.Keys))
        {
            Line(TicketEventKind.FieldChanged, now.Custom.GetValueOrDefault(key, ""), back.Custom.GetValueOrDefault(key, ""), key);
        }

        return any;
    }
}
