using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Suggest;
using Solodesk.Tickets;
using Solodesk.Tickets.Writing;
using Solodesk.Ui;

namespace Solodesk.Knowledge.Drafts;

/// <summary>What the bar above the composer posts. Without scripts what was typed is kept as the composer's draft first.</summary>
internal sealed class DraftEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var offer = routes.MapGroup("/inbox/{number:long}/offer").ExcludeFromDescription();
        offer.MapPost("/write", WriteAsync);
        offer.MapPost("/other", OtherAsync);
        offer.MapPost("/drop", DropAsync);
        offer.MapPost("/take", TakeAsync);
        offer.MapPost("/send", SendAsync);
    }

    private static async Task<IResult> WriteAsync(long number, [FromForm] IFormCollection form, HttpContext context, DraftReply draft, ReadTicket read, SaveDraft save, CancellationToken ct)
    {
        var actor = context.User.ToActor();
        await KeepTypedAsync(number, form, context, read, save, ct);
        var drafted = await draft.RunAsync(actor, number, 0, ct);
        return drafted.Ok ? Back(number, form, drafted.Value.Fault is { Length: > 0 } fault ? $"offer={fault}" : "") : Results.NotFound();
    }

    private static async Task<IResult> OtherAsync(long number, [FromForm] IFormCollection form, HttpContext context, ReadTicket read, SaveDraft save, CancellationToken ct)
    {
        await KeepTypedAsync(number, form, context, read, save, ct);
        return Back(number, form, $"choice={Choice(form)}");
    }

    private static async Task<IResult> DropAsync(long number, [FromForm] IFormCollection form, HttpContext context, DraftReply draft, ReadTicket read, SaveDraft save, CancellationToken ct)
    {
        if (!context.User.ToActor().CanWork || await read.RunAsync(number, ct) is not { } view)
        {
            return Results.NotFound();
        }

        await KeepTypedAsync(number, form, context, read, save, ct);
        if (Talk.Open(view.Messages) is { } asked)
        {
            await draft.KeepAsync(view.Ticket.Id, asked.Id, view.Ticket.Language ?? "", ReplyDraftState.Dropped, "", [], ct);
        }

        return Back(number, form, "");
    }

    /// <summary>The words go into the composer: put there by the page itself, or here into the draft that the composer opens with.</summary>
    private static async Task<IResult> TakeAsync(long number, [FromForm] IFormCollection form, HttpContext context, OfferDraft offers, DraftReply drafts, UseArticle use, ReadTicket read, SaveDraft save,
        CancellationToken ct)
    {
        var actor = context.User.ToActor();
        if (!actor.CanWork || await read.RunAsync(number, ct) is not { } view || Talk.Open(view.Messages) is not { } asked || await offers.RunAsync(view, Choice(form), ct) is not { Text.Length: > 0 } offer)
        {
            return Results.NotFound();
        }

        var placed = form.ContainsKey("placed");
        if (!placed)
        {
            var typed = form["markdown"].ToString();
            var saved = await save.RunAsync(actor, new(view.Ticket.Id, typed.Length > 0 ? $"{typed.TrimEnd()}\n\n{offer.Text}" : offer.Text) { Mode = ComposerForm.Mode(form), Revision = Revision(form) }, ct);
            if (!saved.Ok)
            {
                return Back(number, form, "");
            }
        }

        await drafts.KeepAsync(view.Ticket.Id, asked.Id, offer.Language, ReplyDraftState.Taken, offer.Written ? offer.Marked : "", [.. offer.Sources], ct);
        foreach (var source in offer.Sources)
        {
            await use.RunAsync(actor, number, source.ArticleId, ArticleUseKind.Inserted, ct);
        }

        return placed ? Results.NoContent() : Back(number, form, "");
    }

    /// <summary>Sends the prepared reply as it was read on Today, if it is still that one. Like every answer it can be taken back for some seconds.</summary>
    private static async Task<IResult> SendAsync(long number, [FromForm] IFormCollection form, HttpContext context, DraftReply drafts, UseArticle use, ReadTicket read, HoldReply hold, Phrases phrases, CancellationToken ct)
    {
        var actor = context.User.ToActor();
        if (!actor.CanWork || await read.RunAsync(number, ct) is not { } view)
        {
            return Results.NotFound();
        }

        var draft = Talk.Open(view.Messages) is { } asked ? await drafts.FindAsync(view.Ticket.Id, asked.Id, ct) : null;
        if (draft is not { State: ReplyDraftState.Offered } || draft.Attempt.ToString(CultureInfo.InvariantCulture) != form["attempt"])
        {
            return Guid.TryParse(form["id"], out var again) && (view.Messages.Any(m => m.Id == again) || draft?.State == ReplyDraftState.Taken)
                ? Results.LocalRedirect("/")
                : TicketsDesk.Refuse(number, form, "", phrases["offer.changed"]);
        }

        var text = DraftReply.Clean(draft.Text);
        var problem = TemplateText.Unresolved(text) is [var missing, ..] ? new Problem("message.unresolved", missing) { Field = "markdown" } : null;
        var sent = problem is not null ? problem : await hold.RunAsync(actor, new(new(view.Ticket.Id, text, Internal: false)
        {
            Status = TicketStatus.Pending,
            Once = Guid.TryParse(form["id"], out var once) ? once : null,
            Seen = new Seen(Guid.TryParse(form["seen"], out var seen) ? seen : draft.MessageId, []),
        }), ct);
        if (!sent.Ok)
        {
            return TicketsDesk.Refuse(number, form, text, phrases.Of(sent.Problem));
        }

        await drafts.KeepAsync(view.Ticket.Id, draft.MessageId, draft.Language, ReplyDraftState.Taken, draft.Text, draft.Sources, ct);
        foreach (var source in draft.Sources.Where(s => s.Cited))
        {
            await use.RunAsync(actor, number, source.ArticleId, ArticleUseKind.Inserted, ct);
        }

        return Results.LocalRedirect(sent.Value.Held ? $"/?done={number}&held={sent.Value.Id}" : "/");
    }

    private static async Task KeepTypedAsync(long number, IFormCollection form, HttpContext context, ReadTicket read, SaveDraft save, CancellationToken ct)
    {
        if (!context.Request.Headers.ContainsKey("HX-Request") && form["markdown"].ToString() is { Length: > 0 } typed && await read.RunAsync(number, ct) is { } view)
        {
            await save.RunAsync(context.User.ToActor(), new(view.Ticket.Id, typed) { Mode = ComposerForm.Mode(form), Revision = Revision(form) }, ct);
        }
    }

    private static IResult Back(long number, IFormCollection form, string query)
    {
        var back = form["back"].ToString().Split('?')[0];
        var path = back == "/" ? back : back.Split('/') is ["", "inbox", { Length: > 0 }, var shown] && shown == number.ToString(CultureInfo.InvariantCulture) ? back : $"/inbox/all/{number}";
        return Results.LocalRedirect(query.Length > 0 ? $"{path}?{query}" : path);
    }

    private static int Choice(IFormCollection form) => int.TryParse(form["choice"], NumberStyles.None, CultureInfo.InvariantCulture, out var choice) ? choice % 10 : 0;

    private static long? Revision(IFormCollection form) => long.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;
}
