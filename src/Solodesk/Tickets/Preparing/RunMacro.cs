using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Complaints;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tickets.Preparing;

/// <summary>Does what a macro says to one ticket. Its answer waits like any other and can be taken back; one with an unfilled variable is not sent.</summary>
[UseCase]
public sealed class RunMacro(IDbContextFactory<DeskDb> dbs, IDatabase database, TemplateValues values, ChangeTicket change, ReplyToTicket reply, HoldReply hold, ComplaintGuard complaints, TimeProvider clock)
{
    /// <summary>What became of the ticket.</summary>
    /// <param name="Answer">The answer that was given, if the macro gives one.</param>
    /// <param name="Settled">Whether it is off the desk now: answered, solved, closed or put away.</param>
    public sealed record Outcome(HoldReply.Outcome? Answer, bool Settled);

    public async Task<Result<Outcome>> RunAsync(Actor actor, Guid ticketId, Guid macroId, string host, Seen? seen, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var macro = await db.Set<Macro>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == macroId, ct);
        var ticket = await db.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == ticketId, ct);
        if (macro is null || ticket is null)
        {
            return Problem.NotFound(macro is null ? "macro" : "ticket");
        }

        var steps = macro.Steps;
        var known = await values.RunAsync(actor, ticket, host, ct);
        var (answer, note) = (TemplateText.Fill(steps.Reply, known), TemplateText.Fill(steps.Note, known));
        if (TemplateText.Unresolved(answer) is [var missing, ..])
        {
            return new Problem("message.unresolved", missing);
        }

        if (await StaleGuard.CheckAsync(db, ticketId, answer.Length > 0 ? seen : null, ct) is { } stale)
        {
            return stale;
        }

        // All of it or nothing: an answer that would be refused at the end must not leave half a macro behind.
        if (await complaints.CheckAsync(db, ticket, steps.Status, steps.Type, ct) is { } unsettled)
        {
            return unsettled;
        }

        var changed = await change.RunAsync(actor, new(ticketId)
        {
            // With an answer the status changes when the answer has left.
            Status = answer.Length > 0 ? null : steps.Status,
            Priority = steps.Priority,
            Type = steps.Type,
            CategoryId = steps.CategoryId,
            AssigneeId = steps.AssigneeId,
            Tags = steps.AddTags.Count + steps.RemoveTags.Count == 0 ? null
                : [.. ticket.Tags.Union(steps.AddTags, StringComparer.OrdinalIgnoreCase).Except(steps.RemoveTags, StringComparer.OrdinalIgnoreCase)],
            SnoozeUntil = steps.SnoozeHours is { } hours ? clock.GetUtcNow().AddHours(hours) : null,
        }, ct);
        if (!changed.Ok)
        {
            return changed.Problem;
        }

        if (note.Length > 0 && await reply.RunAsync(actor, new(ticketId, note, Internal: true), ct) is { Ok: false } noted)
        {
            return noted.Problem;
        }

        HoldReply.Outcome? answered = null;
        if (answer.Length > 0)
        {
            var held = await hold.RunAsync(actor, new(new(ticketId, answer, Internal: false) { Status = steps.Status }), ct);
            if (!held.Ok)
            {
                return held.Problem;
            }

            answered = held.Value;
        }

        using (await database.EnterWriteAsync(ct))
        {
            await db.Set<Macro>().Where(m => m.Id == macroId).ExecuteUpdateAsync(s => s.SetProperty(m => m.UseCount, m => m.UseCount + 1), ct);
        }

        return new Outcome(answered, answered is not null || steps.Status is TicketStatus.Solved or TicketStatus.Closed || steps.SnoozeHours is not null);
    }
}
