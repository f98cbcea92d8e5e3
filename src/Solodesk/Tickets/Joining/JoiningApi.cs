using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Joining;

/// <summary><c>/api/v1/tickets/…</c>: merge, split, link, their undoing, spam, followers, transcripts.</summary>
internal sealed class JoiningApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("tickets/{ticket}", "Tickets");
        api.MapPost("merge", MergeAsync).Gives<RegroupingsResource>(Scopes.TicketsWrite, "Merges other tickets of the same customer into this one");
        api.MapPost("split", SplitAsync).Gives<SplitResource>(Scopes.TicketsWrite, "Gives a message a ticket of its own", StatusCodes.Status201Created);
        api.MapPost("links", LinkAsync).Gives<RegroupingResource>(Scopes.TicketsWrite, "Links a related ticket", StatusCodes.Status201Created);
        api.MapDelete("links/{other}", UnlinkAsync).GivesNothing(Scopes.TicketsWrite, "Takes a link away");
        api.MapGet("related", RelatedAsync).Gives<RelatedResource>(Scopes.TicketsRead, "Lists linked tickets, and open ones of the same customer that may be the same matter");
        api.MapPost("spam", SpamAsync).GivesNothing(Scopes.TicketsWrite, "Calls the ticket spam or takes that back, and blocks or unblocks its sender");
        api.MapPut("followers/{agent:guid}", FollowAsync).GivesNothing(Scopes.TicketsWrite, "Lets an agent follow the ticket");
        api.MapDelete("followers/{agent:guid}", UnfollowAsync).GivesNothing(Scopes.TicketsWrite, "Lets an agent stop following the ticket");
        api.MapGet("transcript", TranscriptAsync).Gives<TranscriptResource>(Scopes.TicketsRead, "Gives the whole conversation as text and as a page");
        api.MapPost("transcript", MailAsync).Gives<MessageResource>(Scopes.TicketsWrite, "Sends the whole conversation to somebody, without notes", StatusCodes.Status201Created);
        routes.MapApi("regroupings", "Tickets").MapPost("{id:guid}/undo", UndoAsync).GivesNothing(Scopes.TicketsWrite, "Takes a merge, split or link back, within thirty days");
    }

    private static async Task<IResult> MergeAsync(string ticket, MergeBody body, MergeTickets merge, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is not { } id ? Problem.NotFound("ticket").ToAnswer()
            : (await merge.RunAsync(context.User.ToActor(), new(id, body.From), ct)).ToAnswer(undo => TypedResults.Ok(new RegroupingsResource(undo)));

    private static async Task<IResult> SplitAsync(string ticket, SplitBody body, SplitMessage split, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is null ? Problem.NotFound("ticket").ToAnswer()
            : (await split.RunAsync(context.User.ToActor(), new(body.MessageId, body.Subject), ct))
                .ToAnswer(d => TypedResults.Created($"{ApiRoutes.Root}/tickets/{d.Id}", new SplitResource(d.Id, d.Number, d.Undo)));

    private static async Task<IResult> LinkAsync(string ticket, LinkBody body, LinkTickets link, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is not { } id || await read.IdAsync(body.Ticket, ct) is not { } other ? Problem.NotFound("ticket").ToAnswer()
            : (await link.RunAsync(context.User.ToActor(), id, other, ct)).ToAnswer(undo => TypedResults.Created($"{ApiRoutes.Root}/tickets/{id}/related", new RegroupingResource(undo)));

    private static async Task<IResult> UnlinkAsync(string ticket, string other, LinkTickets link, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is not { } id || await read.IdAsync(other, ct) is not { } second ? Problem.NotFound("ticket").ToAnswer()
            : (await link.UnlinkAsync(context.User.ToActor(), id, second, ct)).ToAnswer();

    private static async Task<IResult> RelatedAsync(string ticket, ReadRelations relations, ReadTicketParts read, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        var id = await read.IdAsync(ticket, ct);
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct) is not { } row)
        {
            return Problem.NotFound("ticket").ToAnswer();
        }

        var view = await relations.RunAsync(row, ct);
        return TypedResults.Ok(new RelatedResource(view.Linked, view.Same, [.. view.Undoable]));
    }

    private static async Task<IResult> SpamAsync(string ticket, SpamBody body, JudgeSpam judge, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is not { } id ? Problem.NotFound("ticket").ToAnswer()
            : (await judge.RunAsync(context.User.ToActor(), new(id, body.Spam, body.Block), ct)).ToAnswer();

    private static async Task<IResult> FollowAsync(string ticket, Guid agent, FollowTicket follow, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is not { } id ? Problem.NotFound("ticket").ToAnswer() : (await follow.RunAsync(context.User.ToActor(), id, agent, follow: true, ct)).ToAnswer();

    private static async Task<IResult> UnfollowAsync(string ticket, Guid agent, FollowTicket follow, ReadTicketParts read, HttpContext context, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is not { } id ? Problem.NotFound("ticket").ToAnswer() : (await follow.RunAsync(context.User.ToActor(), id, agent, follow: false, ct)).ToAnswer();

    private static async Task<IResult> TranscriptAsync(string ticket, bool? notes, string? language, Transcript transcript, ReadTicketParts read, CancellationToken ct)
        => await read.IdAsync(ticket, ct) is { } id && await transcript.TextAsync(id, notes == true, language, ct) is { } text
            ? TypedResults.Ok(new TranscriptResource(text, (await transcript.HtmlAsync(id, notes == true, language, ct))!))
            : Problem.NotFound("ticket").ToAnswer();

    private static async Task<IResult> MailAsync(string ticket, TranscriptBody body, MailTranscript mail, ReadTicketParts read, HttpContext context, CancellationToken ct)
    {
        if (await read.IdAsync(ticket, ct) is not { } id)
        {
            return Problem.NotFound("ticket").ToAnswer();
        }

        var sent = await mail.RunAsync(context.User.ToActor(), id, body.To, body.Body, ct);
        return sent.Ok ? (await read.MessageAsync(sent.Value, ct)).ToAnswer(m => TypedResults.Created($"{ApiRoutes.Root}/tickets/{id}/messages", m)) : sent.Problem.ToAnswer();
    }

    private static async Task<IResult> UndoAsync(Guid id, UndoRegrouping undo, HttpContext context, CancellationToken ct)
        => (await undo.RunAsync(context.User.ToActor(), id, ct)).ToAnswer(_ => TypedResults.NoContent());
}

/// <summary>The tickets that go.</summary>
public sealed record MergeBody(IReadOnlyList<Guid> From);

/// <summary>A message to give a ticket of its own; without a subject it takes the message's first line.</summary>
public sealed record SplitBody(Guid MessageId, string? Subject = null);

/// <summary>A related ticket, by id or number.</summary>
public sealed record LinkBody(string Ticket);

/// <summary>Whether it is spam, and whether its sender is blocked. Taking spam back unblocks.</summary>
public sealed record SpamBody(bool Spam, bool Block = false);

/// <summary>Whom to send the conversation to, with some words before it.</summary>
public sealed record TranscriptBody(IReadOnlyList<string> To, string? Body = null);

/// <summary>What takes it back: POST /regroupings/{undo}/undo.</summary>
public sealed record RegroupingResource(Guid Undo);

/// <summary>What takes each merge back.</summary>
public sealed record RegroupingsResource(IReadOnlyList<Guid> Undo);

/// <summary>The ticket that was opened, and what takes it back.</summary>
public sealed record SplitResource(Guid Id, long Number, Guid Undo);

/// <summary>Tickets around a ticket.</summary>
/// <param name="Linked">Linked by somebody.</param>
/// <param name="Same">May be the same matter: same customer, like subject, open, of the last seven days.</param>
/// <param name="Undoable">Merges, splits and links that can be taken back.</param>
public sealed record RelatedResource(IReadOnlyList<ReadRelations.Related> Linked, IReadOnlyList<ReadRelations.Related> Same, IReadOnlyList<Guid> Undoable);

/// <summary>A conversation as text and as a page.</summary>
public sealed record TranscriptResource(string Text, string Html);
