using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Ui.Forms;

namespace Solodesk.Tickets.Needs;

/// <summary>The needs analysis as a form beside the ticket, and at <c>/api/v1/tickets/{ticket}/needs</c>.</summary>
internal sealed class NeedsEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/inbox/{number:long}/needs", SaveAsync);
        var api = routes.MapApi("tickets/{ticket}/needs", "Tickets");
        api.MapGet("", ReadAsync).Gives<NeedsResource>(Scopes.TicketsRead, "Reads the needs analysis of a ticket");
        api.MapPut("", PutAsync).Gives<NeedsResource>(Scopes.TicketsWrite, "Replaces the needs analysis of a ticket");
        api.MapDelete("", DeleteAsync).GivesNothing(Scopes.TicketsWrite, "Takes the needs analysis of a ticket away");
    }

    private static async Task<IResult> SaveAsync(long number, [FromForm] IFormCollection form, HttpContext context, AnalyseNeeds needs, IDbContextFactory<DeskDb> dbs)
    {
        var (actor, ct) = (context.User.ToActor(), context.RequestAborted);
        if (await TicketsDesk.FindAsync(dbs, number, ct) is not { } ticket)
        {
            return Results.NotFound();
        }

        var done = form["do"] == "remove" ? await needs.RemoveAsync(actor, ticket, ct) : await needs.SaveAsync(actor, new(ticket, form["need"].ToString())
        {
            Urgency = TicketsDesk.Parse<NeedUrgency>(form["urgency"]) ?? NeedUrgency.Soon,
            Solution = form["solution"].ToString(),
            // What cannot be read as an amount is refused like a negative one.
            Cost = form["cost"].ToString().Trim() is { Length: > 0 } cost ? decimal.TryParse(cost, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : -1 : null,
            Risk = TicketsDesk.Parse<NeedLevel>(form["risk"]),
            RiskNote = form["riskNote"].ToString(),
            Feasibility = TicketsDesk.Parse<NeedLevel>(form["feasibility"]),
            FeasibilityNote = form["feasibilityNote"].ToString(),
        }, ct);
        if (done.Ok)
        {
            return TicketsDesk.Back(form, number);
        }

        context.Items[typeof(NeedsAnalysis)] = new Typed(form, done.Problem);
        return TicketsDesk.RefuseBeside(number, form);
    }

    private static async Task<IResult> ReadAsync(string ticket, AnalyseNeeds needs, ReadTicketParts read, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is { } id && await needs.ReadAsync(id, ct) is { } sheet ? TypedResults.Ok(NeedsResource.Of(sheet)) : Problem.NotFound("needs").ToAnswer();

    private static async Task<IResult> PutAsync(string ticket, NeedsBody body, AnalyseNeeds needs, ReadTicketParts read, HttpContext context, CancellationToken ct)
    {
        if (await read.IdAsync(ticket, ct) is not { } id)
        {
            return Problem.NotFound("ticket").ToAnswer();
        }

        var saved = await needs.SaveAsync(context.User.ToActor(), new(id, body.Need ?? "")
        {
            Urgency = body.Urgency,
            Solution = body.Solution ?? "",
            Cost = body.Cost,
            Risk = body.Risk,
            RiskNote = body.RiskNote ?? "",
            Feasibility = body.Feasibility,
            FeasibilityNote = body.FeasibilityNote ?? "",
        }, ct);
        return saved.Ok ? TypedResults.Ok(NeedsResource.Of((await needs.ReadAsync(id, ct))!)) : saved.Problem.ToAnswer();
    }

    private static async Task<IResult> DeleteAsync(string ticket, AnalyseNeeds needs, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is { } id ? (await needs.RemoveAsync(context.User.ToActor(), id, ct)).ToAnswer() : Problem.NotFound("ticket").ToAnswer();
}

/// <summary>A needs analysis to write.</summary>
public sealed record NeedsBody
{
    /// <summary>What the customer really needs.</summary>
    public string? Need { get; init; }

    /// <summary>now, soon or later.</summary>
    public NeedUrgency Urgency { get; init; } = NeedUrgency.Soon;

    /// <summary>What could be done.</summary>
    public string? Solution { get; init; }

    /// <summary>What that costs, in the desk's currency.</summary>
    public decimal? Cost { get; init; }

    /// <summary>low, medium or high.</summary>
    public NeedLevel? Risk { get; init; }

    public string? RiskNote { get; init; }

    /// <summary>low, medium or high.</summary>
    public NeedLevel? Feasibility { get; init; }

    public string? FeasibilityNote { get; init; }
}

/// <summary>The needs analysis of a ticket as the API gives it.</summary>
public sealed record NeedsResource(Guid TicketId, string Need, NeedUrgency Urgency, string Solution, decimal? Cost, NeedLevel? Risk, string RiskNote, NeedLevel? Feasibility, string FeasibilityNote,
    string UpdatedBy, DateTimeOffset UpdatedAt)
{
    internal static NeedsResource Of(NeedsAnalysis n) => new(n.TicketId, n.Need, n.Urgency, n.Solution, n.Cost, n.Risk, n.RiskNote, n.Feasibility, n.FeasibilityNote, n.UpdatedBy, n.UpdatedAt);
}
