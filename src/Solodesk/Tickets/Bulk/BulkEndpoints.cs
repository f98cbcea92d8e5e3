using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Tickets.Bulk.Pages;
using Solodesk.Tickets.Bulk.Parts;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Tickets.Bulk;

/// <summary>The forms that change or answer many tickets.</summary>
internal sealed class BulkEndpoints : IEndpoints
{
    private static readonly char[] Commas = [',', '，', '、'];

    public void Map(IEndpointRouteBuilder routes)
    {
        var bulk = routes.MapGroup("/bulk");
        bulk.MapPost("", StartAsync);
        bulk.MapPost("/change", ([FromForm] IFormCollection form) => Page<BulkChangePage>(form, null, StatusCodes.Status200OK));
        bulk.MapPost("/answer", AnswerAsync);
        bulk.MapPost("/{id:guid}/undo", UndoAsync);
        bulk.MapPost("/{id:guid}/stop", StopAsync);
        bulk.MapGet("/{id:guid}/strip", IResult (Guid id, string? back) => new RazorComponentResult<BulkStrip>(new { Run = id, Back = back ?? "" }));
    }

    private static async Task<IResult> StartAsync([FromForm] IFormCollection form, HttpContext context, StartBulk start, TimeProvider clock, CancellationToken ct)
    {
        var started = await start.RunAsync(context.User.ToActor(), Meant(form) with { Change = Read(form, clock) }, ct);
        return started.Ok ? Back(form, started.Value) : Page<BulkChangePage>(form, started.Problem, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> AnswerAsync([FromForm] IFormCollection form, HttpContext context, StartBulk start, LookBeforeSending look, CancellationToken ct)
    {
        if (form["do"] != "send")
        {
            return Page<AnswerManyPage>(form, null, StatusCodes.Status200OK);
        }

        var request = Meant(form) with { Markdown = form["markdown"].ToString(), Host = Preparing.TemplateValues.HostOf(context) };
        if (LookBeforeSending.Against(await look.RunAsync(context.User.ToActor(), request, ct)) is { } problem)
        {
            return Page<AnswerManyPage>(form, problem, StatusCodes.Status422UnprocessableEntity);
        }

        var started = await start.RunAsync(context.User.ToActor(), request, ct);
        return started.Ok ? Back(form, started.Value) : Page<AnswerManyPage>(form, started.Problem, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> UndoAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, StartBulk start, CancellationToken ct)
    {
        var undone = await start.UndoAsync(context.User.ToActor(), id, ct);
        return undone.Ok || undone.Problem.Code == "bulk.no_undo" ? Back(form, id) : Results.LocalRedirect($"/bulk/{id}");
    }

    private static async Task<IResult> StopAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, StartBulk start, CancellationToken ct)
    {
        await start.StopAsync(context.User.ToActor(), id, ct);
        return Back(form, id);
    }

    internal static StartBulk.Request Meant(IFormCollection form) => new()
    {
        Picked = [.. form["ticket"].Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)],
        View = form["whole"].ToString() is { Length: > 0 } view ? view : null,
    };

    private static BulkChange Read(IFormCollection form, TimeProvider clock) => new()
    {
        Status = One<TicketStatus>(form["status"]),
        Priority = One<TicketPriority>(form["priority"]),
        Type = One<TicketType>(form["type"]),
        CategoryId = Guid.TryParse(form["category"], out var category) ? category : null,
        AssigneeId = Guid.TryParse(form["assignee"], out var assignee) ? assignee : null,
        AddTags = Tags(form["addTags"]),
        RemoveTags = Tags(form["removeTags"]),
        SnoozeUntil = form["snooze"].ToString() is { Length: > 0 } until ? Until(until, clock) : null,
        Spam = bool.TryParse(form["spam"], out var spam) ? spam : null,
        Unread = bool.TryParse(form["unread"], out var unread) ? unread : null,
        // An empty one is not cleared here: most of a form for many is left empty.
        Custom = PostedFields.Of(form)?.Where(c => c.Value.Length > 0).ToDictionary() ?? [],
    };

    // A number of hours from now, or waking.
    private static DateTimeOffset? Until(string choice, TimeProvider clock)
        => choice == "wake" ? DateTimeOffset.UnixEpoch
            : int.TryParse(choice, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var hours) && hours is > 0 and < 10_000 ? clock.GetUtcNow().AddHours(hours)
            : null;

    private static List<string> Tags(string? text)
        => [.. (text ?? "").Split(Commas, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(t => t.Length <= 60).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static T? One<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value : null;

    // Only to ourselves: the address came with the form.
    private static IResult Back(IFormCollection form, Guid run)
    {
        var back = form["back"].ToString();
        return Results.LocalRedirect(back.StartsWith("/inbox/", StringComparison.Ordinal) && !back.Contains('?', StringComparison.Ordinal) ? $"{back}?bulk={run}" : $"/bulk/{run}");
    }

    private static IResult Page<TPage>(IFormCollection form, Problem? problem, int status) where TPage : Microsoft.AspNetCore.Components.IComponent
        => PageResult.Of<TPage>(new Typed(form, problem).AsParameters(), status);
}
