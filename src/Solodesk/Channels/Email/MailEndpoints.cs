using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Channels.Email;

/// <summary>What the ledger's rows do: show the raw source, run a mail again.</summary>
internal sealed class MailEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/mail/{id:guid}/source", SourceAsync);
        routes.MapPost("/mail/{id:guid}/again", AgainAsync);
        routes.MapPost("/messages/{id:guid}/send-again", SendAgainAsync);
        routes.MapApi("messages", "Tickets").MapPost("{id:guid}/send-again", ApiSendAgainAsync).GivesNothing(Scopes.TicketsWrite, "Sends an answer again that did not arrive");
    }

    /// <summary>As text, whatever it holds: never rendered, and a download for what a browser would not show.</summary>
    private static async Task<IResult> SourceAsync(Guid id, HttpContext context, [FromServices] IDbContextFactory<DeskDb> dbs, [FromServices] IFileStore files, CancellationToken ct)
    {
        if (!context.User.ToActor().CanRead)
        {
            return TypedResults.Forbid();
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var sha256 = await db.Set<IncomingMail>().AsNoTracking().Where(m => m.Id == id).Select(m => m.Sha256).SingleOrDefaultAsync(ct);
        var raw = string.IsNullOrEmpty(sha256) ? null : await files.OpenAsync(sha256, ct);
        return raw is null ? TypedResults.NotFound() : TypedResults.Stream(raw, "text/plain; charset=utf-8");
    }

    private static async Task<IResult> AgainAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, [FromServices] RunMailAgain again)
    {
        // Begun, it is brought to its end, even when the page is left.
        var run = await again.RunAsync(context.User.ToActor(), id, CancellationToken.None);
        return run.Ok ? Results.LocalRedirect(Back(form), permanent: false, preserveMethod: false)
            : run.Problem.Code == "forbidden" ? TypedResults.Forbid() : TypedResults.NotFound();
    }

    private static async Task<IResult> SendAgainAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, [FromServices] SendAgain again, [FromServices] Phrases phrases,
        [FromServices] IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        var sent = await again.RunAsync(context.User.ToActor(), id, ct);
        if (sent.Problem?.Code is "forbidden")
        {
            return TypedResults.Forbid();
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var number = await db.Set<Message>().Where(m => m.Id == id).Join(db.Set<Ticket>(), m => m.TicketId, t => t.Id, (m, t) => (long?)t.Number).SingleOrDefaultAsync(ct);
        return number is not { } known ? TypedResults.NotFound()
            : sent.Ok ? TicketsDesk.Back(form, known) : TicketsDesk.Refuse(known, form, "", phrases.Of(sent.Problem));
    }

    private static async Task<IResult> ApiSendAgainAsync(Guid id, HttpContext context, [FromServices] SendAgain again, CancellationToken ct)
        => (await again.RunAsync(context.User.ToActor(), id, ct)).ToAnswer(_ => TypedResults.NoContent());

    private static string Back(IFormCollection form)
        => form["back"].ToString() is ['/', 'm', 'a', 'i', 'l', ..] back ? back : "/mail";
}
