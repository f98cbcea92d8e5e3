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
using Solodesk.Tickets.Preparing;
using Solodesk.Ui;

namespace Solodesk.Tickets.Writing;

/// <summary>What the composer's forms do, with and without scripts.</summary>
internal sealed class WritingDesk : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var inbox = routes.MapGroup("/inbox/{number:long}");
        inbox.MapPost("/reply", ReplyAsync);
        inbox.MapPost("/draft", DraftAsync);
        inbox.MapPost("/draft/other", OtherAsync);
        inbox.MapPost("/held/{id:guid}", HeldAsync);
    }

    private static async Task<IResult> ReplyAsync(long number, [FromForm] IFormCollection form, HttpContext context, HoldReply hold, KeepUpload keep,
        Phrases phrases, Settings settings, IDbContextFactory<DeskDb> dbs, Participants participants, TemplateValues values, IDatabase database, WhereNext where, CancellationToken ct)
    {
        var actor = context.User.ToActor();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var ticket = await db.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Number == number, ct);
        if (ticket is null)
        {
            return Results.NotFound();
        }

        var files = ComposerForm.Files(form).ToList();
        foreach (var file in form.Files.Where(f => f.Length > 0))
        {
            var kept = await keep.RunAsync(actor, file, ct);
            if (!kept.Ok)
            {
                return Refuse(context, number, form, files, kept.Problem, [], phrases);
            }

            files.Add(kept.Value.Id);
        }

        var say = ComposerForm.Say(ticket.Id, form, files);
        var live = ticket.Channel == "chat";
        if (live)
        {
            say = say with { Seen = null }; // In a conversation both talk at once, and nobody minds.
        }

        if (ComposerForm.Mode(form) == WriteMode.All && form["explicit"] != "1")
        {
            // Without scripts nobody has filled the copies in.
            say = say with { Cc = [.. say.Cc.Union(await participants.OfAsync(db, ticket, ct), StringComparer.OrdinalIgnoreCase)] };
        }

        if (!say.Internal && say.Markdown.Contains("{{", StringComparison.Ordinal))
        {
            say = say with { Markdown = TemplateText.Fill(say.Markdown, await values.RunAsync(actor, ticket, TemplateValues.HostOf(context), ct)) };
            if (TemplateText.Unresolved(say.Markdown) is [var missing, ..])
            {
                return Refuse(context, number, form, files, new Problem("message.unresolved", missing) { Field = "markdown" }, [], phrases);
            }
        }

        var zone = (await settings.ReadAsync<BusinessSettings>(ct)).Hours.Zone;
        var next = say.Internal || live ? null : await where.AfterAsync(actor, form, number, ct);
        var result = await hold.RunAsync(actor, new(say) { SendAt = ComposerForm.SendAt(form, zone), Live = live }, ct);
        if (result.Ok)
        {
            await CountAsync(db, database, form, ct);
            return next?.Sent(context, result.Value) ?? TicketsDesk.Back(form, number);
        }

        var news = result.Problem.Code == "message.stale" && say.Seen is { } seen ? await StaleGuard.NewsAsync(db, ticket.Id, seen, ct) : [];
        return Refuse(context, number, form, files, result.Problem, news, phrases);
    }

    // Which templates are used tells which are worth keeping.
    private static async Task CountAsync(DeskDb db, IDatabase database, IFormCollection form, CancellationToken ct)
    {
        var used = form["template"].Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct().Take(20).ToList();
        if (used.Count > 0)
        {
            using (await database.EnterWriteAsync(ct))
            {
                await db.Set<Template>().Where(t => used.Contains(t.Id)).ExecuteUpdateAsync(s => s.SetProperty(t => t.UseCount, t => t.UseCount + 1), ct);
            }
        }
    }

    /// <summary>Saves while somebody types; asked by the composer's module only.</summary>
    private static async Task<IResult> DraftAsync(long number, [FromForm] IFormCollection form, HttpContext context, SaveDraft save, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (await TicketsDesk.FindAsync(dbs, number, ct) is not { } ticket)
        {
            return Results.NotFound();
        }

        var say = ComposerForm.Say(ticket, form, ComposerForm.Files(form));
        var saved = await save.RunAsync(context.User.ToActor(), new(ticket, form["markdown"].ToString())
        {
            Mode = ComposerForm.Mode(form),
            To = say.To,
            Cc = say.Cc,
            Bcc = say.Bcc,
            ForwardOf = say.ForwardOf,
            AttachmentIds = say.AttachmentIds,
            Revision = long.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null,
        }, ct);
        return saved.ToAnswer();
    }

    /// <summary>Takes the version that was kept beside the draft, or throws it away.</summary>
    private static async Task<IResult> OtherAsync(long number, [FromForm] IFormCollection form, HttpContext context, SwapDraft swap, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (await TicketsDesk.FindAsync(dbs, number, ct) is { } ticket)
        {
            await swap.RunAsync(context.User.ToActor(), ticket, take: form["do"] == "take", ct);
        }

        return TicketsDesk.Back(form, number);
    }

    private static async Task<IResult> HeldAsync(long number, Guid id, [FromForm] IFormCollection form, HttpContext context, ChangeHeldReply change,
        Phrases phrases, Settings settings, CancellationToken ct)
    {
        var actor = context.User.ToActor();
        var zone = (await settings.ReadAsync<BusinessSettings>(ct)).Hours.Zone;
        var done = form["do"].ToString() switch
        {
            "now" => await change.SendNowAsync(actor, id, ct),
            "move" => await change.MoveAsync(actor, id, ComposerForm.SendAt(form, zone) ?? DateTimeOffset.MinValue, ct),
            "dismiss" => await change.DismissAsync(actor, id, ct),
            _ => await change.TakeBackAsync(actor, id, ct),
        };
        return done.Ok ? TicketsDesk.Back(form, number) : TicketsDesk.Refuse(number, form, "", phrases.Of(done.Problem));
    }

    private static IResult Refuse(HttpContext context, long number, IFormCollection form, IReadOnlyList<Guid> files, Problem problem, IReadOnlyList<StaleGuard.News> news, Phrases phrases)
    {
        context.Items[typeof(ComposerState)] = new ComposerState(form, files, problem, news);
        return TicketsDesk.Refuse(number, form, form["markdown"].ToString(), phrases.Of(problem));
    }
}
