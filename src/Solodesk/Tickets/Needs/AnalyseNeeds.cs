using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Needs;

/// <summary>Writes the needs analysis of a ticket, or takes it away. Saving what stands there already leaves no trace.</summary>
[UseCase]
internal sealed class AnalyseNeeds(DeskWriter writer, IDbContextFactory<DeskDb> dbs, TimeProvider clock)
{
    private const int LongestText = 4000;

    public sealed record Request(Guid Ticket, string Need)
    {
        public NeedUrgency Urgency { get; init; }
        public string Solution { get; init; } = "";
        public decimal? Cost { get; init; }
        public NeedLevel? Risk { get; init; }
        public string RiskNote { get; init; } = "";
        public NeedLevel? Feasibility { get; init; }
        public string FeasibilityNote { get; init; } = "";
    }

    public async Task<NeedsAnalysis?> ReadAsync(Guid ticket, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<NeedsAnalysis>().AsNoTracking().SingleOrDefaultAsync(n => n.TicketId == ticket, ct);
    }

    public async Task<Result<Done>> SaveAsync(Actor actor, Request request, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : Check(request) is { } problem ? problem : await writer.RunAsync<Done>(async db =>
        {
            if (await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == request.Ticket, ct) is not { } ticket)
            {
                return Problem.NotFound("ticket");
            }

            var sheet = await db.Set<NeedsAnalysis>().SingleOrDefaultAsync(n => n.TicketId == ticket.Id, ct);
            var first = sheet is null;
            sheet ??= db.Add(new NeedsAnalysis { TicketId = ticket.Id, Need = "", UpdatedBy = "" }).Entity;
            if (!Write(sheet, request) && !first)
            {
                return Done.It;
            }

            var now = clock.GetUtcNow();
            (sheet.UpdatedAt, sheet.UpdatedBy) = (now, Conversation.Shorten(actor.Name, 200));
            sheet.Version++;
            ticket.UpdatedAt = now;
            ticket.Version++;
            db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.NeedsAnalysed, to: Conversation.Shorten(sheet.Need, 200)));
            return Done.It;
        }, ct);

    public async Task<Result<Done>> RemoveAsync(Actor actor, Guid ticketId, CancellationToken ct)
        => !actor.CanWork ? Problem.Forbidden : await writer.RunAsync<Done>(async db =>
        {
            var ticket = await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == ticketId, ct);
            var sheet = await db.Set<NeedsAnalysis>().SingleOrDefaultAsync(n => n.TicketId == ticketId, ct);
            if (ticket is null || sheet is null)
            {
                return Problem.NotFound(ticket is null ? "ticket" : "needs");
            }

            db.Remove(sheet);
            ticket.UpdatedAt = clock.GetUtcNow();
            ticket.Version++;
            db.Add(TicketEvent.Of(ticket, actor, clock.GetUtcNow(), TicketEventKind.NeedsAnalysed, from: Conversation.Shorten(sheet.Need, 200)));
            return Done.It;
        }, ct);

    private static Problem? Check(Request request)
        => string.IsNullOrWhiteSpace(request.Need) ? new Problem("needs.need") { Field = "need" }
            : request.Cost is < 0 or > 1_000_000_000_000m ? new Problem("needs.cost") { Field = "cost" }
            : TooLong(request) is { } field ? new Problem("needs.too_long", LongestText) { Field = field }
            : null;

    private static string? TooLong(Request request)
        => request.Need.Length > LongestText ? "need" : request.Solution.Length > LongestText ? "solution"
            : request.RiskNote.Length > LongestText ? "riskNote" : request.FeasibilityNote.Length > LongestText ? "feasibilityNote" : null;

    private static bool Write(NeedsAnalysis sheet, Request request)
    {
        var before = (sheet.Need, sheet.Urgency, sheet.Solution, sheet.Cost, sheet.Risk, sheet.RiskNote, sheet.Feasibility, sheet.FeasibilityNote);
        sheet.Need = Text(request.Need);
        sheet.Urgency = request.Urgency;
        sheet.Solution = Text(request.Solution);
        sheet.Cost = request.Cost is { } cost ? decimal.Round(cost, 2) : null;
        sheet.Risk = request.Risk;
        sheet.RiskNote = Text(request.RiskNote);
        sheet.Feasibility = request.Feasibility;
        sheet.FeasibilityNote = Text(request.FeasibilityNote);
        return before != (sheet.Need, sheet.Urgency, sheet.Solution, sheet.Cost, sheet.Risk, sheet.RiskNote, sheet.Feasibility, sheet.FeasibilityNote);
    }

    private static string Text(string text) => text.Trim().ReplaceLineEndings("\n");
}
