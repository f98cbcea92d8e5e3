using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Pages;
using Solodesk.Tickets.Writing;
using Solodesk.Ui;

namespace Solodesk.Tickets;

/// <summary>What the inbox's forms do. Each answers with the page it came from, so that it works with and without scripts.</summary>
internal sealed class TicketsDesk : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var inbox = routes.MapGroup("/inbox");
        inbox.MapPost("/{number:long}/change", ChangeAsync);
        routes.MapGet("/t/{number:long}", (long number) => Results.Redirect($"/inbox/all/{number}"));
    }

    private static async Task<IResult> ChangeAsync(long number, [FromForm] IFormCollection form, HttpContext context, ChangeTicket change,
        WhereNext where, Phrases phrases, Times times, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (await FindAsync(dbs, number, ct) is not { } ticket)
        {
            return Results.NotFound();
        }

        await times.LoadAsync(ct);
        var (waits, snooze) = Away(form, times);
        if (form["snooze"] == "chosen" && !(snooze > times.Now))
        {
            return Refuse(number, form, "", phrases.Of(new Problem("snooze.past")));
        }

        var status = waits ? TicketStatus.Pending : Parse<TicketStatus>(form["status"]);
        var settled = waits || status is TicketStatus.Solved or TicketStatus.Closed || snooze > times.Now;
        var next = settled ? await where.AfterAsync(context.User.ToActor(), form, number, ct) : null;
        var result = await change.RunAsync(context.User.ToActor(), new(ticket)
        {
            Status = status,
            Priority = Parse<TicketPriority>(form["priority"]),
            Type = Parse<TicketType>(form["type"]),
            CategoryId = Guid.TryParse(form["category"], out var category) ? category : null,
            AssigneeId = Guid.TryParse(form["assignee"], out var assignee) ? assignee : null,
            Tags = form.ContainsKey("tags") ? form["tags"].ToString().Split([',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : null,
            Custom = PostedFields.Of(form),
            SnoozeUntil = snooze,
            Spam = bool.TryParse(form["spam"], out var spam) ? spam : null,
            Unread = bool.TryParse(form["unread"], out var unread) ? unread : null,
        }, ct);
        return result.Ok ? next?.Settled(context) ?? Back(form, number) : Refuse(number, form, "", phrases.Of(result.Problem));
    }

    // Away until the customer answers is a ticket that waits for them, and for no time.
    private static (bool Waits, DateTimeOffset? Until) Away(IFormCollection form, Times times) => form["snooze"].ToString() switch
    {
        "answer" => (true, DateTimeOffset.UnixEpoch),
        "chosen" => (false, times.Typed(form["snoozelocal"])),
        var moment => (false, DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, out var until) ? until : null),
    };

    internal static async Task<Guid?> FindAsync(IDbContextFactory<DeskDb> dbs, long number, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Ticket>().Where(t => t.Number == number).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct);
    }

    // The page comes again with what was typed; nothing is lost.
    internal static IResult Refuse(long number, IFormCollection form, string typed, string why)
        => PageResult.Of<InboxPage>(new Dictionary<string, object?>
        {
            [nameof(InboxPage.ViewKey)] = ViewOf(form),
            [nameof(InboxPage.Number)] = number,
            [nameof(InboxPage.Refused)] = why,
            [nameof(InboxPage.Typed)] = typed,
        }, StatusCodes.Status422UnprocessableEntity);

    // What is wrong stands in the part of the panel that was filled in, not in the composer.
    internal static IResult RefuseBeside(long number, IFormCollection form)
        => PageResult.Of<InboxPage>(new Dictionary<string, object?>
        {
            [nameof(InboxPage.ViewKey)] = ViewOf(form),
            [nameof(InboxPage.Number)] = number,
        }, StatusCodes.Status422UnprocessableEntity);

    // Only to ourselves: the address came with the form.
    internal static IResult Back(IFormCollection form, long number)
    {
        var back = form["back"].ToString();
        return Results.Redirect(back.StartsWith("/inbox/", StringComparison.Ordinal) || back == "/" ? back : $"/inbox/all/{number}");
    }

    internal static string ViewOf(IFormCollection form) => form["back"].ToString().Split('/') is ["", "inbox", var view, ..] ? view : "all";

    internal static T? Parse<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, out var value) ? value : null;
}
