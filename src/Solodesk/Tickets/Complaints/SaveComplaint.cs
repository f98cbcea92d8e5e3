using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Undoing;

namespace Solodesk.Tickets.Complaints;

/// <summary>Writes down how severe a complaint is and how it was settled; can solve it in the same step.</summary>
[UseCase]
internal sealed class SaveComplaint(DeskWriter writer, IDbContextFactory<DeskDb> dbs, ChangeTicket change, Settings settings, TimeProvider clock)
{
    private const int LongestText = 4000;

    /// <summary>What is written; null leaves a thing as it is.</summary>
    public sealed record Request(Guid Ticket)
    {
        public ComplaintSeverity? Severity { get; init; }
        public string? Resolution { get; init; }
        public string? Summary { get; init; }
        public bool Solve { get; init; }
    }

    public async Task<Complaint?> ReadAsync(Guid ticket, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Complaint>().AsNoTracking().SingleOrDefaultAsync(c => c.TicketId == ticket, ct);
    }

    public async Task<Result<Done>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (request.Resolution?.Length > LongestText || request.Summary?.Length > LongestText)
        {
            return new Problem("complaint.too_long", LongestText) { Field = request.Resolution?.Length > LongestText ? "resolution" : "summary" };
        }

        var asked = (await settings.ReadAsync<ComplaintSettings>(ct)).AskClosing;
        return await writer.RunAsync<Done>(async db =>
        {
            if (await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == request.Ticket, ct) is not { } ticket)
            {
                return Problem.NotFound("ticket");
            }

            if (ticket.Type != TicketType.Complaint)
            {
                return new Problem("complaint.type");
            }

            var (before, version) = (ticket.Keep(), ticket.Version);
            var complaint = await db.Set<Complaint>().SingleOrDefaultAsync(c => c.TicketId == ticket.Id, ct);
            if (Write(db, ticket, actor, ref complaint, request))
            {
                ticket.UpdatedAt = clock.GetUtcNow();
                ticket.Version++;
            }

            if (request.Solve && asked && complaint is not { IsComplete: true })
            {
                return new Problem("complaint.closing_missing") { Field = string.IsNullOrEmpty(complaint?.Resolution) ? "resolution" : "summary" };
            }

            await change.ApplyAsync(db, ticket, actor, new(ticket.Id) { Severity = request.Severity, Status = request.Solve ? TicketStatus.Solved : null }, ct);
            if (ticket.Status != before.Status || ticket.Severity != before.Severity)
            {
                TicketUndo.Keep(db, ticket, actor, before, version, clock); // What was written about it stays.
            }

            return Done.It;
        }, ct);
    }

    private bool Write(DeskDb db, Ticket ticket, Actor actor, ref Complaint? complaint, Request request)
    {
        var (resolution, summary) = (Text(request.Resolution) ?? complaint?.Resolution ?? "", Text(request.Summary) ?? complaint?.Summary ?? "");
        if (resolution == (complaint?.Resolution ?? "") && summary == (complaint?.Summary ?? ""))
        {
            return false;
        }

        complaint ??= db.Add(new Complaint { TicketId = ticket.Id }).Entity;
        (complaint.Resolution, complaint.Summary, complaint.UpdatedBy, complaint.UpdatedAt) = (resolution, summary, Conversation.Shorten(actor.Name, 200), clock.GetUtcNow());
        complaint.Version++;
        db.Add(TicketEvent.Of(ticket, actor, clock.GetUtcNow(), TicketEventKind.ComplaintClosed, to: Conversation.Shorten(resolution.Length > 0 ? resolution : summary, 200)));
        return true;
    }

    private static string? Text(string? text) => text?.Trim().ReplaceLineEndings("\n");
}
