using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Complaints;

namespace Solodesk.Tickets.Bulk;

/// <summary>What happens to the tickets of one batch, inside the worker's transaction.</summary>
[UseCase]
internal sealed class BulkSteps(ChangeTicket change, AnswerMany answer, ComplaintGuard complaints, TimeProvider clock)
{
    public async Task DoAsync(DeskDb db, BulkRun run, IReadOnlyList<(Guid Id, long Number)> batch, CancellationToken ct)
    {
        var actor = ActorOf(run);
        var tickets = await ReadAsync(db, batch, ct);
        foreach (var (id, number) in batch)
        {
            if (!tickets.TryGetValue(id, out var ticket))
            {
                Refuse(db, run, id, number, "ticket.not_found");
                continue;
            }

            if (run.Kind == BulkKind.Answer)
            {
                if (await answer.SayAsync(db, actor, ticket, run.Markdown!, run.Host, ct) is { } problem)
                {
                    Refuse(db, run, id, number, problem.Code);
                }
                else
                {
                    run.Changed++;
                }
            }
            else
            {
                await ChangeAsync(db, run, actor, ticket, ct);
            }
        }
    }

    public async Task UndoAsync(DeskDb db, BulkRun run, IReadOnlyList<(Guid Id, long Number)> batch, CancellationToken ct)
    {
        var actor = ActorOf(run);
        var tickets = await ReadAsync(db, batch, ct);
        var (from, to) = (batch[0].Number, batch[^1].Number);
        var items = await db.Set<BulkItem>().AsNoTracking().Where(i => i.RunId == run.Id && i.Number >= from && i.Number <= to && i.Outcome == BulkOutcome.Changed).ToListAsync(ct);
        foreach (var item in items)
        {
            var back = tickets.TryGetValue(item.TicketId, out var ticket) && ticket.MergedIntoId is null
                ? TicketSnapshot.Read(item.Before!).Back(TicketSnapshot.Of(ticket), run.Change, ticket.Version == item.Version)
                : null;
            if (back is null)
            {
                run.KeptSince++;
                continue;
            }

            back.Restore(db, ticket!, actor, clock.GetUtcNow());
            run.Undone++;
        }
    }

    private async Task ChangeAsync(DeskDb db, BulkRun run, Actor actor, Ticket ticket, CancellationToken ct)
    {
        if (run.Change.Refuses(ticket, clock.GetUtcNow()) is { } problem)
        {
            Refuse(db, run, ticket.Id, ticket.Number, problem);
            return;
        }

        if (await complaints.CheckAsync(db, ticket, run.Change.Status, run.Change.Type, ct) is { } unsettled)
        {
            Refuse(db, run, ticket.Id, ticket.Number, unsettled.Code);
            return;
        }

        var before = TicketSnapshot.Of(ticket).ToJson();
        if (!await change.ApplyAsync(db, ticket, actor, run.Change.For(ticket), ct))
        {
            run.Unchanged++;
            return;
        }

        run.Changed++;
        db.Add(new BulkItem { RunId = run.Id, TicketId = ticket.Id, Number = ticket.Number, Outcome = BulkOutcome.Changed, Before = before, Version = ticket.Version });
    }

    private static void Refuse(DeskDb db, BulkRun run, Guid ticket, long number, string code)
    {
        run.Refused++;
        db.Add(new BulkItem { RunId = run.Id, TicketId = ticket, Number = number, Outcome = BulkOutcome.Refused, Problem = code });
    }

    private static Actor ActorOf(BulkRun run) => new(ActorKind.Agent, run.ActorId, run.ActorName, Role.Agent);

    private static Task<Dictionary<Guid, Ticket>> ReadAsync(DeskDb db, IReadOnlyList<(Guid Id, long Number)> batch, CancellationToken ct)
    {
        var ids = batch.Select(b => b.Id).ToList();
        return db.Set<Ticket>().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
    }
}
