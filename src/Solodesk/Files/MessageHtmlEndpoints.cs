using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Files;

/// <summary><c>/messages/{id}/html</c>: a mail as it was formatted, for a sandboxed frame; remote images only with <c>?images=1</c>.</summary>
internal sealed class MessageHtmlEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/messages/{id:guid}/html", ReadAsync).ExcludeFromDescription();

    private static async Task<IResult> ReadAsync(Guid id, int? images, HttpContext context, IDbContextFactory<DeskDb> dbs, Phrases phrases, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var message = context.User.ToActor().CanRead
            ? await db.Set<Message>().AsNoTracking().Include(m => m.Attachments).SingleOrDefaultAsync(m => m.Id == id, ct)
            : null;
        if (message?.Html is not { } html)
        {
            return TypedResults.NotFound();
        }

        var remote = images == 1;
        // allow-same-origin lets the desk's page measure the frame; without allow-scripts nothing in it can use that.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self' data:" + (remote ? " https:" : "")
            + "; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "private, no-store";
        var page = MessageHtml.Page(html, cid => AddressOf(message, cid), remote, (phrases["message.images.blocked"], phrases["message.images.show"]));
        return TypedResults.Content(page, "text/html; charset=utf-8");
    }

    private static string? AddressOf(Message message, string contentId)
        => message.Attachments.FirstOrDefault(a => a.ContentId is { } id && string.Equals(id.Trim('<', '>'), contentId, StringComparison.OrdinalIgnoreCase)) is { } file
            ? string.Create(CultureInfo.InvariantCulture, $"/files/{file.Token}/{Uri.EscapeDataString(file.Name)}")
            : null;
}
