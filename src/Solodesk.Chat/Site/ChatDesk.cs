using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Chat.Protocol;
using Solodesk.Chat.Talk;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Chat.Site;

/// <summary>What the open conversation of the inbox tells: the founder has seen it, the founder types.</summary>
internal sealed class ChatDesk : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        // The page of a viewer calls them too, by itself; they do nothing then.
        var desk = routes.MapGroup("/chat/desk/{number:long}").ForViewers();
        desk.MapPost("/seen", SeenAsync).ExcludeFromDescription();
        desk.MapPost("/typing", TypingAsync).ExcludeFromDescription();
    }

    // The form is empty; reading it is what has its antiforgery token checked.
    private static async Task<IResult> SeenAsync(long number, [FromForm] IFormCollection form, HttpContext context, IDbContextFactory<DeskDb> dbs, ChatLinks links, ReadMarks marks, TimeProvider clock)
    {
        if (!context.User.ToActor().CanWork)
        {
            return Results.NoContent(); // Who only looks has not read it for the customer.
        }

        if (await FindAsync(dbs, number, context.RequestAborted) is { } chat)
        {
            marks.Desk(chat.Id, chat.LastSeq);
            links.Send(chat.VisitorId, new ReadFrame(chat.LastSeq, clock.GetUtcNow()));
        }

        return Results.NoContent();
    }

    private static async Task<IResult> TypingAsync(long number, [FromForm] IFormCollection form, HttpContext context, IDbContextFactory<DeskDb> dbs, ChatLinks links)
    {
        var actor = context.User.ToActor();
        if (actor.CanWork && await FindAsync(dbs, number, context.RequestAborted) is { } chat)
        {
            links.Send(chat.VisitorId, new TypingFrame(actor.Name));
        }

        return Results.NoContent();
    }

    private static async Task<ChatConversation?> FindAsync(IDbContextFactory<DeskDb> dbs, long number, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Ticket>().Where(t => t.Number == number).Join(db.Set<ChatConversation>(), t => t.Id, c => c.TicketId, (t, c) => c)
            .AsNoTracking().OrderByDescending(c => c.StartedAt).FirstOrDefaultAsync(ct);
    }
}
