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
using Solodesk.Tickets.Pages;
using Solodesk.Tickets.Writing;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Tickets.Preparing;

/// <summary>Macros and signatures: their settings, running one, and the same for programs.</summary>
internal sealed class PreparingDesk : IEndpoints
{
    private const string Macros = "/settings/macros";
    private const string SignaturesPath = "/settings/signatures";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost($"{Macros}/new", (IFormCollection form, HttpContext context, EditMacros edit) => SaveMacroAsync(null, form, context, edit));
        routes.MapPost($"{Macros}/{{id:guid}}", SaveMacroAsync);
        routes.MapPost($"{Macros}/{{id:guid}}/remove", RemoveMacroAsync);
        routes.MapPost($"{SignaturesPath}/new", (IFormCollection form, HttpContext context, EditSignatures edit) => SaveSignatureAsync(null, form, context, edit));
        routes.MapPost($"{SignaturesPath}/{{id:guid}}", SaveSignatureAsync);
        routes.MapPost("/inbox/{number:long}/macro/{id:guid}", RunAsync);
        var api = routes.MapApi("macros", "Settings");
        api.MapGet("", ListAsync).Gives<Page<MacroResource>>(Scopes.TicketsRead, "Lists macros: several changes and an answer under one name");
        api.MapPost("", CreateAsync).Gives<MacroResource>(Scopes.TicketsWrite, "Makes a macro", StatusCodes.Status201Created);
        api.MapGet("{id:guid}", OneAsync).Gives<MacroResource>(Scopes.TicketsRead, "Reads a macro");
        api.MapPatch("{id:guid}", PatchAsync).Gives<MacroResource>(Scopes.TicketsWrite, "Changes a macro; absent members stay");
        api.MapDelete("{id:guid}", DeleteAsync).GivesNothing(Scopes.TicketsWrite, "Removes a macro");
        routes.MapApi("tickets/{ticket}/macros", "Tickets").MapPost("{id:guid}", ApiRunAsync).GivesNothing(Scopes.TicketsWrite, "Does what a macro says to the ticket");
    }

    private static async Task<IResult> SaveMacroAsync(Guid? id, [FromForm] IFormCollection form, HttpContext context, EditMacros edit)
    {
        var steps = new MacroSteps
        {
            Reply = form["reply"].ToString().Trim().ReplaceLineEndings("\n"),
            Note = form["note"].ToString().Trim().ReplaceLineEndings("\n"),
            Status = TicketsDesk.Parse<TicketStatus>(form["status"]),
            Priority = TicketsDesk.Parse<TicketPriority>(form["priority"]),
            Type = TicketsDesk.Parse<TicketType>(form["type"]),
            CategoryId = Guid.TryParse(form["category"], out var category) ? category : null,
            AssigneeId = Guid.TryParse(form["assignee"], out var assignee) ? assignee : null,
            AddTags = Words(form["add"]),
            RemoveTags = Words(form["remove"]),
            SnoozeHours = int.TryParse(form["snooze"], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours is > 0 and <= 8760 ? hours : null,
        };
        var key = int.TryParse(form["key"], NumberStyles.None, CultureInfo.InvariantCulture, out var digit) ? digit : (int?)null;
        var saved = await edit.SaveAsync(context.User.ToActor(), id, new(form["name"].ToString(), key, steps), context.RequestAborted);
        if (saved.Ok)
        {
            return Results.LocalRedirect(Macros);
        }

        var parameters = new Typed(form, saved.Problem).AsParameters();
        parameters["Id"] = id ?? Guid.Empty;
        return PageResult.Of<MacroPage>(parameters, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> RemoveMacroAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, EditMacros edit)
    {
        _ = form; // Bound so that the antiforgery token is checked.
        await edit.RemoveAsync(context.User.ToActor(), id, context.RequestAborted);
        return Results.LocalRedirect(Macros);
    }

    private static async Task<IResult> SaveSignatureAsync(Guid? id, [FromForm] IFormCollection form, HttpContext context, EditSignatures edit)
    {
        var actor = context.User.ToActor();
        if (id is { } gone && form["do"] == "remove")
        {
            await edit.RemoveAsync(actor, gone, context.RequestAborted);
            return Results.LocalRedirect(SignaturesPath);
        }

        var saved = await edit.SaveAsync(actor, id, new(form["body"].ToString(), Guid.TryParse(form["agent"], out var agent) ? agent : null,
            Guid.TryParse(form["mailbox"], out var mailbox) ? mailbox : null, form["language"]), context.RequestAborted);
        return saved.Ok ? Results.LocalRedirect(SignaturesPath)
            : PageResult.Of<SignaturesPage>(new Typed(form, saved.Problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> RunAsync(long number, Guid id, [FromForm] IFormCollection form, HttpContext context, RunMacro run, WhereNext where, Phrases phrases, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (await TicketsDesk.FindAsync(dbs, number, ct) is not { } ticket)
        {
            return Results.NotFound();
        }

        var seen = ComposerForm.Say(ticket, form, []).Seen;
        var next = await where.AfterAsync(context.User.ToActor(), form, number, ct);
        var done = await run.RunAsync(context.User.ToActor(), ticket, id, TemplateValues.HostOf(context), seen, ct);
        if (!done.Ok)
        {
            return TicketsDesk.Refuse(number, form, "", phrases.Of(done.Problem));
        }

        return (done.Value.Answer is { } answer ? next?.Sent(context, answer) : done.Value.Settled ? next?.Settled(context) : null) ?? TicketsDesk.Back(form, number);
    }

    private static async Task<IResult> ListAsync(IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var macros = await db.Set<Macro>().AsNoTracking().OrderBy(m => m.Name).Take(500).ToListAsync(ct);
        return TypedResults.Ok(new Page<MacroResource>([.. macros.Select(MacroResource.Of)], null));
    }

    private static async Task<IResult> CreateAsync(MacroBody body, EditMacros edit, HttpContext context, CancellationToken ct)
        => (await edit.SaveAsync(context.User.ToActor(), null, new(body.Name, body.Key, body.Steps), ct))
            .ToAnswer(id => TypedResults.Created($"{ApiRoutes.Root}/macros/{id}", new MacroResource(id, body.Name, body.Key, body.Steps, 0)));

    private static async Task<IResult> OneAsync(Guid id, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Macro>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is { } macro ? TypedResults.Ok(MacroResource.Of(macro)) : Problem.NotFound("macro").ToAnswer();
    }

    private static async Task<IResult> PatchAsync(Guid id, MacroChanges body, EditMacros edit, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Set<Macro>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct) is not { } macro)
        {
            return Problem.NotFound("macro").ToAnswer();
        }

        var saved = await edit.SaveAsync(context.User.ToActor(), id, new(body.Name ?? macro.Name, body.Key.Given ? body.Key.Value : macro.Key, body.Steps ?? macro.Steps), ct);
        return saved.Ok ? await OneAsync(id, dbs, ct) : saved.Problem.ToAnswer();
    }

    private static async Task<IResult> DeleteAsync(Guid id, EditMacros edit, HttpContext context, CancellationToken ct)
        => (await edit.RemoveAsync(context.User.ToActor(), id, ct)).ToAnswer();

    private static async Task<IResult> ApiRunAsync(string ticket, Guid id, RunMacro run, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is not { } found ? Problem.NotFound("ticket").ToAnswer()
            : (await run.RunAsync(context.User.ToActor(), found, id, TemplateValues.HostOf(context), null, ct)).ToAnswer(_ => TypedResults.NoContent());

    private static List<string> Words(string? text) => [.. (text ?? "").Split([',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}

/// <summary>A macro to make.</summary>
public sealed record MacroBody(string Name, MacroSteps Steps, int? Key = null);

/// <summary>Changes of a macro: absent members stay; a key of null takes its key away; the steps are replaced as a whole.</summary>
public sealed record MacroChanges
{
    public string? Name { get; init; }
    public MacroSteps? Steps { get; init; }
    public Change<int?> Key { get; init; }
}

/// <summary>A macro as the API gives it.</summary>
public sealed record MacroResource(Guid Id, string Name, int? Key, MacroSteps Steps, int UseCount)
{
    internal static MacroResource Of(Macro m) => new(m.Id, m.Name, m.Key, m.Steps, m.UseCount);
}
