using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Writing;
using Solodesk.Ui;

namespace Solodesk.Tickets.Joining;

/// <summary>The forms of merging, splitting, linking, spam, following and taking a ticket along.</summary>
internal sealed class JoiningDesk : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var inbox = routes.MapGroup("/inbox/{number:long}");
        inbox.MapPost("/join", JoinAsync);
        inbox.MapPost("/split", SplitAsync);
        inbox.MapPost("/unlink", UnlinkAsync);
        inbox.MapPost("/regrouping/{id:guid}/undo", UndoAsync);
        inbox.MapPost("/spam", SpamAsync);
        inbox.MapPost("/follow", FollowAsync);
        inbox.MapPost("/unread", UnreadAsync);
        inbox.MapPost("/transcript", MailAsync);
        inbox.MapGet("/transcript.{kind:regex(^(html|txt)$)}", FileAsync);
    }

    private static async Task<IResult> JoinAsync(long number, [FromForm] IFormCollection form, HttpContext context, MergeTickets merge, LinkTickets link, Phrases phrases,
        IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        var actor = context.User.ToActor();
        if (await TicketsDesk.FindAsync(dbs, number, ct) is not { } here)
        {
            return Results.NotFound();
        }

        var typed = form["other"].ToString().Trim().TrimStart('#');
        if (!long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var otherNumber) || await TicketsDesk.FindAsync(dbs, otherNumber, ct) is not { } there)
        {
            return TicketsDesk.Refuse(number, form, "", phrases.Of(Problem.NotFound("ticket")));
        }

        var action = form["do"].ToString();
        if (action == "link")
        {
            var linked = await link.RunAsync(actor, here, there, ct);
            return linked.Ok ? TicketsDesk.Back(form, number) : TicketsDesk.Refuse(number, form, "", phrases.Of(linked.Problem));
        }

        var merged = await merge.RunAsync(actor, action == "there" ? new(there, [here]) : new(here, [there]), ct);
        return !merged.Ok ? TicketsDesk.Refuse(number, form, "", phrases.Of(merged.Problem))
            : action == "there" ? Results.LocalRedirect($"/inbox/{TicketsDesk.ViewOf(form)}/{otherNumber}") : TicketsDesk.Back(form, number);
    }

    private static async Task<IResult> SplitAsync(long number, [FromForm] IFormCollection form, HttpContext context, SplitMessage split, Phrases phrases, CancellationToken ct)
    {
        var message = Guid.TryParse(form["message"], out var id) ? id : Guid.Empty;
        var done = await split.RunAsync(context.User.ToActor(), new(message, form["subject"]), ct);
        return done.Ok ? Results.LocalRedirect($"/inbox/{TicketsDesk.ViewOf(form)}/{done.Value.Number}") : TicketsDesk.Refuse(number, form, "", phrases.Of(done.Problem));
    }

    private static async Task<IResult> UnlinkAsync(long number, [FromForm] IFormCollection form, HttpContext context, LinkTickets link, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (await TicketsDesk.FindAsync(dbs, number, ct) is { } here && Guid.TryParse(form["other"], out var other))
        {
            await link.UnlinkAsync(context.User.ToActor(), here, other, ct);
        }

        return TicketsDesk.Back(form, number);
    }

    private static async Task<IResult> UndoAsync(long number, Guid id, [FromForm] IFormCollection form, HttpContext context, UndoRegrouping undo, Phrases phrases, CancellationToken ct)
    {
        var done = await undo.RunAsync(context.User.ToActor(), id, ct);
        return done.Ok ? TicketsDesk.Back(form, number) : TicketsDesk.Refuse(number, form, "", phrases.Of(done.Problem));
    }

    private static async Task<IResult> SpamAsync(long number, [FromForm] IFormCollection form, HttpContext context, JudgeSpam judge, Phrases phrases, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (await TicketsDesk.FindAsync(dbs, number, ct) is not { } ticket)
        {
            return Results.NotFound();
        }

        var action = form["do"].ToString();
        var done = await judge.RunAsync(context.User.ToActor(), new(ticket, action != "ham", action == "block"), ct);
        return done.Ok ? TicketsDesk.Back(form, number) : TicketsDesk.Refuse(number, form, "", phrases.Of(done.Problem));
    }

    private static async Task<IResult> FollowAsync(long number, [FromForm] IFormCollection form, HttpContext context, FollowTicket follow, Phrases phrases, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        var actor = context.User.ToActor();
        if (await TicketsDesk.FindAsync(dbs, number, ct) is not { } ticket)
        {
            return Results.NotFound();
        }

        var agent = Guid.TryParse(form["agent"], out var id) ? id : actor.Id ?? Guid.Empty;
        var done = await follow.RunAsync(actor, ticket, agent, form["do"] != "stop", ct);
        return done.Ok ? TicketsDesk.Back(form, number) : TicketsDesk.Refuse(number, form, "", phrases.Of(done.Problem));
    }

    /// <summary>Back to the list, because a ticket that stays open would be read again.</summary>
    private static async Task<IResult> UnreadAsync(long number, [FromForm] IFormCollection form, HttpContext context, ChangeTicket change, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (await TicketsDesk.FindAsync(dbs, number, ct) is { } ticket)
        {
            await change.RunAsync(context.User.ToActor(), new(ticket) { Unread = true }, ct);
        }

        return Results.LocalRedirect($"/inbox/{TicketsDesk.ViewOf(form)}");
    }

    private static async Task<IResult> MailAsync(long number, [FromForm] IFormCollection form, HttpContext context, MailTranscript mail, Phrases phrases, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (await TicketsDesk.FindAsync(dbs, number, ct) is not { } ticket)
        {
            return Results.NotFound();
        }

        var sent = await mail.RunAsync(context.User.ToActor(), ticket, ComposerForm.Addresses(form["to"]), null, ct);
        return sent.Ok ? TicketsDesk.Back(form, number) : TicketsDesk.Refuse(number, form, "", phrases.Of(sent.Problem));
    }

    private static async Task<IResult> FileAsync(long number, string kind, string? notes, HttpContext context, Transcript transcript, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (await TicketsDesk.FindAsync(dbs, number, ct) is not { } ticket)
        {
            return Results.NotFound();
        }

        var language = CultureInfo.CurrentUICulture.Name;
        var text = kind == "html" ? await transcript.HtmlAsync(ticket, notes == "1", language, ct) : await transcript.TextAsync(ticket, notes == "1", language, ct);
        // A page that was made from what customers wrote is handed over as a file and never shown under our own address.
        return Results.File(Encoding.UTF8.GetBytes(text ?? ""), kind == "html" ? "text/html; charset=utf-8" : "text/plain; charset=utf-8", $"ticket-{number}.{kind}");
    }
}
