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
using Solodesk.Tickets.Complaints.Pages;
using Solodesk.Tickets.Writing;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Tickets.Complaints;

/// <summary>A complaint's severity and closing as a form and for programs, and the settings of complaints.</summary>
internal sealed class ComplaintEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/inbox/{number:long}/complaint", SaveAsync);
        routes.MapPost("/settings/complaints", SettingsAsync).RequireAuthorization(SignIn.OwnerPolicy);
        var api = routes.MapApi("tickets/{ticket}/complaint", "Tickets");
        api.MapGet("", ReadAsync).Gives<ComplaintResource>(Scopes.TicketsRead, "Reads a complaint's severity, resolution and closing summary");
        api.MapPatch("", PatchAsync).Gives<ComplaintResource>(Scopes.TicketsWrite, "Writes a complaint's severity, resolution and closing summary; can solve it at once");
        var settings = routes.MapApi("settings/complaints", "Settings");
        settings.MapGet("", async (Settings all, CancellationToken ct) => TypedResults.Ok(await all.ReadAsync<ComplaintSettings>(ct))).Gives<ComplaintSettings>(Scopes.SettingsRead, "Reads what is promised to those who complain");
        settings.MapPut("", PutAsync).Gives<ComplaintSettings>(Scopes.SettingsWrite, "Replaces what is promised to those who complain");
    }

    private static async Task<IResult> SaveAsync(long number, [FromForm] IFormCollection form, HttpContext context, SaveComplaint save, WhereNext where, IDbContextFactory<DeskDb> dbs)
    {
        var (actor, ct) = (context.User.ToActor(), context.RequestAborted);
        if (await TicketsDesk.FindAsync(dbs, number, ct) is not { } ticket)
        {
            return Results.NotFound();
        }

        var solve = form["do"] == "solve";
        var next = solve ? await where.AfterAsync(actor, form, number, ct) : null;
        var saved = await save.RunAsync(actor, new(ticket)
        {
            Severity = TicketsDesk.Parse<ComplaintSeverity>(form["severity"]),
            Resolution = form["resolution"].ToString(),
            Summary = form["summary"].ToString(),
            Solve = solve,
        }, ct);
        if (saved.Ok)
        {
            return next?.Settled(context) ?? TicketsDesk.Back(form, number);
        }

        context.Items[typeof(Complaint)] = new Typed(form, saved.Problem);
        return TicketsDesk.RefuseBeside(number, form);
    }

    private static async Task<IResult> SettingsAsync([FromForm] IFormCollection form, Settings settings, HttpContext context)
    {
        var asked = new ComplaintSettings
        {
            OwnPromise = form.ContainsKey("own"),
            AskClosing = form.ContainsKey("ask"),
            Minor = Promise(form, "minor"),
            Serious = Promise(form, "serious"),
            Critical = Promise(form, "critical"),
        };
        if (Check(asked) is { } problem)
        {
            return PageResult.Of<ComplaintsPage>(new Typed(form, problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
        }

        await settings.SaveAsync(asked, context.RequestAborted);
        return Results.LocalRedirect("/settings/complaints?saved=1");
    }

    private static async Task<IResult> ReadAsync(string ticket, ReadTicketParts read, SaveComplaint complaints, CancellationToken ct)
        => await ResourceAsync(await read.TicketAsync(await read.IdAsync(ticket, ct), ct), complaints, ct);

    private static async Task<IResult> PatchAsync(string ticket, ComplaintChanges body, ReadTicketParts read, SaveComplaint complaints, HttpContext context, CancellationToken ct)
    {
        if (await read.IdAsync(ticket, ct) is not { } id)
        {
            return Problem.NotFound("ticket").ToAnswer();
        }

        var saved = await complaints.RunAsync(context.User.ToActor(), new(id) { Severity = body.Severity, Resolution = body.Resolution, Summary = body.Summary, Solve = body.Solve }, ct);
        return saved.Ok ? await ResourceAsync(await read.TicketAsync(id, ct), complaints, ct) : saved.Problem.ToAnswer();
    }

    private static async Task<IResult> ResourceAsync(Result<TicketResource> ticket, SaveComplaint complaints, CancellationToken ct)
    {
        if (!ticket.Ok || ticket.Value.Type != TicketType.Complaint)
        {
            return (ticket.Problem ?? new Problem("complaint.type")).ToAnswer();
        }

        var complaint = await complaints.ReadAsync(ticket.Value.Id, ct);
        return TypedResults.Ok(new ComplaintResource(ticket.Value.Id, ticket.Value.Severity, complaint?.Resolution ?? "", complaint?.Summary ?? "", ticket.Value.Status, ticket.Value.FirstResponseDueAt, ticket.Value.ResolutionDueAt));
    }

    private static async Task<IResult> PutAsync(ComplaintSettings body, Settings settings, CancellationToken ct)
    {
        if (Check(body) is { } problem)
        {
            return problem.ToAnswer();
        }

        await settings.SaveAsync(body, ct);
        return TypedResults.Ok(body);
    }

    private static Problem? Check(ComplaintSettings settings)
        => (from p in (IEnumerable<(string Name, ComplaintPromise Promise)>)[("minor", settings.Minor), ("serious", settings.Serious), ("critical", settings.Critical)]
            let field = p.Promise.FirstResponseHours is not (>= 0.25 and <= 2000) ? "First" : p.Promise.ResolutionHours is not (>= 0.25 and <= 2000) || p.Promise.ResolutionHours < p.Promise.FirstResponseHours ? "Resolution" : null
            where field is not null
            select new Problem("complaint.hours") { Field = p.Name + field }).FirstOrDefault();

    private static ComplaintPromise Promise(IFormCollection form, string name) => new(Hours(form[$"{name}First"]), Hours(form[$"{name}Resolution"]));

    private static double Hours(string? text)
        => double.TryParse(text?.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var hours) ? hours : -1;
}

/// <summary>What is written about a complaint: absent members stay.</summary>
public sealed record ComplaintChanges
{
    /// <summary>minor, serious or critical.</summary>
    public ComplaintSeverity? Severity { get; init; }

    /// <summary>What was done for the customer.</summary>
    public string? Resolution { get; init; }

    /// <summary>The closing summary: what the desk learned.</summary>
    public string? Summary { get; init; }

    /// <summary>Solves it in the same step.</summary>
    public bool Solve { get; init; }
}

/// <summary>A complaint as the API gives it.</summary>
public sealed record ComplaintResource(Guid TicketId, ComplaintSeverity? Severity, string Resolution, string Summary, TicketStatus Status, DateTimeOffset? FirstResponseDueAt, DateTimeOffset? ResolutionDueAt);
