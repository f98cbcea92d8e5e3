using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary><c>/api/v1/tickets/…</c>: forwards, answers that leave later, drafts.</summary>
internal sealed class WritingApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("tickets/{ticket}", "Tickets");
        api.MapPost("forwards", ForwardAsync).Gives<MessageResource>(Scopes.TicketsWrite, "Passes a message on to others; the customer does not see it", StatusCodes.Status201Created);
        api.MapGet("scheduled-replies", ListAsync).Gives<Page<HeldResource>>(Scopes.TicketsRead, "Lists answers that have not left yet, or that did not because the customer wrote first");
        api.MapPost("scheduled-replies", ScheduleAsync).Gives<HeldResource>(Scopes.TicketsWrite, "Sends an answer later; it does not leave when the customer writes first", StatusCodes.Status201Created);
        api.MapPatch("scheduled-replies/{id:guid}", MoveAsync).GivesNothing(Scopes.TicketsWrite, "Moves an answer to another time");
        api.MapPost("scheduled-replies/{id:guid}/send", SendAsync).GivesNothing(Scopes.TicketsWrite, "Sends it now");
        api.MapDelete("scheduled-replies/{id:guid}", CancelAsync).GivesNothing(Scopes.TicketsWrite, "Takes it back; its words become a draft");
        api.MapGet("draft", DraftAsync).Gives<DraftResource>(Scopes.TicketsRead, "Reads what the caller has begun to write");
        api.MapPut("draft", SaveAsync).Gives<SaveDraft.Saved>(Scopes.TicketsWrite, "Keeps what the caller has begun to write; an older version is kept beside it");
        api.MapDelete("draft", DropAsync).GivesNothing(Scopes.TicketsWrite, "Gives the caller's draft up");
    }

    private static async Task<IResult> ForwardAsync(string ticket, ForwardBody body, ReplyToTicket reply, ReadTicketParts read, HttpContext context, CancellationToken ct)
    {
        if (await read.IdAsync(ticket, ct) is not { } id)
        {
            return Problem.NotFound("ticket").ToAnswer();
        }

        var said = await reply.RunAsync(context.User.ToActor(), new(id, body.Body ?? "", Internal: false)
        {
            ForwardOf = body.MessageId,
            To = body.To,
            Cc = body.Cc ?? [],
            Bcc = body.Bcc ?? [],
            AttachmentIds = body.AttachmentIds ?? [],
        }, ct);
        return said.Ok
            ? (await read.MessageAsync(said.Value, ct)).ToAnswer(m => TypedResults.Created($"{ApiRoutes.Root}/tickets/{id}/messages", m))
            : said.Problem.ToAnswer();
    }

    private static async Task<IResult> ListAsync(string ticket, ReadTicketParts read, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (await read.IdAsync(ticket, ct) is not { } id)
        {
            return Problem.NotFound("ticket").ToAnswer();
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var held = await db.Set<HeldReply>().AsNoTracking().Where(h => h.TicketId == id).OrderBy(h => h.SendAt).Take(100).ToListAsync(ct);
        return TypedResults.Ok(new Page<HeldResource>([.. held.Select(HeldResource.Of)], null));
    }

    private static async Task<IResult> ScheduleAsync(string ticket, ScheduleBody body, HoldReply hold, ReadTicketParts read, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
    {
        if (await read.IdAsync(ticket, ct) is not { } id)
        {
            return Problem.NotFound("ticket").ToAnswer();
        }

        var held = await hold.RunAsync(context.User.ToActor(), new(new(id, body.Body, Internal: false)
        {
            Status = body.Status,
            Cc = body.Cc ?? [],
            Bcc = body.Bcc ?? [],
            AttachmentIds = body.AttachmentIds ?? [],
        }) { SendAt = body.SendAt.ToUniversalTime() }, ct);
        if (!held.Ok)
        {
            return held.Problem.ToAnswer();
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        return TypedResults.Created($"{ApiRoutes.Root}/tickets/{id}/scheduled-replies",
            HeldResource.Of(await db.Set<HeldReply>().AsNoTracking().SingleAsync(h => h.Id == held.Value.Id, ct)));
    }

    private static async Task<IResult> MoveAsync(string ticket, Guid id, MoveBody body, ChangeHeldReply change, HttpContext context, CancellationToken ct)
        => (await change.MoveAsync(context.User.ToActor(), id, body.SendAt.ToUniversalTime(), ct)).ToAnswer();

    private static async Task<IResult> SendAsync(string ticket, Guid id, ChangeHeldReply change, HttpContext context, CancellationToken ct)
        => (await change.SendNowAsync(context.User.ToActor(), id, ct)).ToAnswer();

    private static async Task<IResult> CancelAsync(string ticket, Guid id, ChangeHeldReply change, HttpContext context, CancellationToken ct)
        => (await change.TakeBackAsync(context.User.ToActor(), id, ct)).ToAnswer();

    private static async Task<IResult> DraftAsync(string ticket, ReadTicketParts read, IDbContextFactory<DeskDb> dbs, HttpContext context, CancellationToken ct)
    {
        if (await read.IdAsync(ticket, ct) is not { } id)
        {
            return Problem.NotFound("ticket").ToAnswer();
        }

        var me = context.User.ToActor().Id;
        await using var db = await dbs.CreateDbContextAsync(ct);
        var draft = await db.Set<Draft>().AsNoTracking().SingleOrDefaultAsync(d => d.AgentId == me && d.TicketId == id, ct);
        return draft is null ? Problem.NotFound("draft").ToAnswer()
            : TypedResults.Ok(new DraftResource(draft.Mode, draft.Markdown, draft.To, draft.Cc, draft.Bcc, draft.ForwardOf, draft.Other, draft.Revision, draft.UpdatedAt));
    }

    private static async Task<IResult> SaveAsync(string ticket, DraftBody body, SaveDraft save, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is not { } id ? Problem.NotFound("ticket").ToAnswer()
            : (await save.RunAsync(context.User.ToActor(), new(id, body.Body)
            {
                Mode = body.Mode,
                To = body.To ?? [],
                Cc = body.Cc ?? [],
                Bcc = body.Bcc ?? [],
                ForwardOf = body.ForwardOf,
                Revision = body.Revision,
                AttachmentIds = body.AttachmentIds ?? [],
            }, ct)).ToAnswer();

    private static async Task<IResult> DropAsync(string ticket, SaveDraft save, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is not { } id ? Problem.NotFound("ticket").ToAnswer() : (await save.DropAsync(context.User.ToActor(), id, ct)).ToAnswer();
}

/// <summary>A message to pass on.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="To">Who gets it.</param>
/// <param name="Body">Words of our own before it, as Markdown.</param>
/// <param name="Cc">Further recipients who are seen.</param>
/// <param name="Bcc">Further recipients who are not seen.</param>
/// <param name="AttachmentIds">Uploaded files, or files of the ticket's messages.</param>
public sealed record ForwardBody(Guid MessageId, IReadOnlyList<string> To, string? Body = null, IReadOnlyList<string>? Cc = null, IReadOnlyList<string>? Bcc = null, IReadOnlyList<Guid>? AttachmentIds = null);

/// <summary>An answer to send later.</summary>
/// <param name="Body">Markdown.</param>
/// <param name="SendAt">When it leaves.</param>
/// <param name="Status">The status afterwards; without it the ticket waits on the customer.</param>
/// <param name="Cc">Further recipients who are seen.</param>
/// <param name="Bcc">Further recipients who are not seen.</param>
/// <param name="AttachmentIds">Uploaded files.</param>
public sealed record ScheduleBody(string Body, DateTimeOffset SendAt, TicketStatus? Status = null, IReadOnlyList<string>? Cc = null, IReadOnlyList<string>? Bcc = null, IReadOnlyList<Guid>? AttachmentIds = null);

/// <summary>Another time for an answer.</summary>
public sealed record MoveBody(DateTimeOffset SendAt);

/// <summary>What somebody has begun to write.</summary>
public sealed record DraftBody(string Body, WriteMode Mode = WriteMode.Reply, IReadOnlyList<string>? To = null, IReadOnlyList<string>? Cc = null, IReadOnlyList<string>? Bcc = null,
    Guid? ForwardOf = null, long? Revision = null, IReadOnlyList<Guid>? AttachmentIds = null);

/// <summary>A draft as the API gives it.</summary>
public sealed record DraftResource(WriteMode Mode, string Body, IReadOnlyList<string> To, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, Guid? ForwardOf, string? Other, long Revision, DateTimeOffset UpdatedAt);

/// <summary>An answer that has not left.</summary>
/// <param name="Id">Its id; the message's when it has left.</param>
/// <param name="State">waiting, or yielded when the customer wrote first.</param>
/// <param name="Body">Markdown.</param>
/// <param name="SendAt">When it leaves, or should have left.</param>
/// <param name="Scheduled">Chosen by its writer; else it waits only to be taken back.</param>
/// <param name="Status">The status afterwards.</param>
/// <param name="AuthorId">Who wrote it.</param>
/// <param name="AuthorName">Their name.</param>
/// <param name="To">Recipients; empty is the customer.</param>
/// <param name="Cc">Further recipients who are seen.</param>
/// <param name="Bcc">Further recipients who are not seen.</param>
/// <param name="ForwardOf">The message that it passes on.</param>
/// <param name="CreatedAt">When it was written.</param>
public sealed record HeldResource(Guid Id, HeldState State, string Body, DateTimeOffset SendAt, bool Scheduled, TicketStatus? Status, Guid? AuthorId, string AuthorName,
    IReadOnlyList<string> To, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, Guid? ForwardOf, DateTimeOffset CreatedAt)
{
    internal static HeldResource Of(HeldReply h) => new(h.Id, h.State, h.Markdown, h.SendAt, h.Scheduled, h.Status, h.AuthorId, h.AuthorName, h.To, h.Cc, h.Bcc, h.ForwardOf, h.CreatedAt);
}
