using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Live;
using Solodesk.Tickets.Complaints;

namespace Solodesk.Tickets.Writing;

/// <summary>
/// Sends an answer in a few seconds, so that it can be taken back, or at a time that the writer chose. A scheduled answer puts the ticket
/// away until then; when the customer writes first, it does not leave.
/// </summary>
[UseCase]
public sealed class HoldReply(DeskWriter writer, ReplyToTicket reply, Settings settings, LiveFeed live, HeldSignal signal, ComplaintGuard complaints, TimeProvider clock)
{
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    /// <param name="Say">What is sent.</param>
    public sealed record Request(ReplyToTicket.Request Say)
    {
        /// <summary>When it leaves; null leaves after the time for taking back.</summary>
        public DateTimeOffset? SendAt { get; init; }

        /// <summary>Said to somebody who is there, and not written to them.</summary>
        public bool Live { get; init; }
    }

    /// <summary>The message that was sent, or the id that it will have.</summary>
    public sealed record Outcome(Guid Id, bool Held, DateTimeOffset SendAt);

    private static readonly Problem SentAlready = new("message.sent_already");

    public async Task<Result<Outcome>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (ReplyToTicket.Check(actor, request.Say) is { } problem)
        {
            return problem;
        }

        if (request.SendAt is { } asked && (asked <= now || asked > now + Farthest))
        {
            return new Problem("message.schedule_past") { Field = "sendAt" };
        }

        // Somebody sits at the other end and reads: words that wait to be taken back would come too late.
        var undo = request.Live ? 0 : Math.Clamp((await settings.ReadAsync<SendSettings>(ct)).UndoSeconds, 0, SendSettings.LongestUndo);
        if (request.Say.Internal || (request.SendAt is null && undo == 0))
        {
            var said = await reply.RunAsync(actor, request.Say, ct);
            return said.Ok ? new Outcome(said.Value, Held: false, now) : said.Problem;
        }

        Ticket? told = null;
        var held = await writer.RunAsync<HeldReply>(async db =>
        {
            var ticket = await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == request.Say.Ticket, ct);
            if (ticket is null)
            {
                return Problem.NotFound("ticket");
            }

            if (request.Say.Once is { } once && await AlreadyAsync(db, once, ticket.Id, ct) is { } already)
            {
                return already;
            }

            if (request.Say.Once is { } gone && await db.Set<Message>().AnyAsync(m => m.Id == gone && m.TicketId == ticket.Id, ct))
            {
                return SentAlready;
            }

            if (await StaleGuard.CheckAsync(db, ticket.Id, request.Say.Seen, ct) is { } stale)
            {
                return stale;
            }

            if (await complaints.CheckAsync(db, ticket, request.Say.Status, null, ct) is { } unsettled)
            {
                return unsettled;
            }

            if (request.Say.ForwardOf is { } forwarded && !await db.Set<Message>().AnyAsync(m => m.Id == forwarded && m.TicketId == ticket.Id, ct))
            {
                return Problem.NotFound("message");
            }

            told = ticket;
            return await HoldAsync(db, actor, ticket, request, now, undo, ct);
        }, ct);
        if (!held.Ok)
        {
            return held.Problem == SentAlready ? new Outcome(request.Say.Once!.Value, Held: false, now) : held.Problem;
        }

        // Other open pages see that an answer is on its way; nothing of it is history yet.
        live.Publish([TicketEvent.Of(told!, actor, now, TicketEventKind.Held, message: held.Value.Id)]);
        signal.Wake();
        return new Outcome(held.Value.Id, Held: true, held.Value.SendAt);
    }

    // The same form, sent again because its answer got lost: it waits already, or has left.
    private static Task<HeldReply?> AlreadyAsync(DeskDb db, Guid once, Guid ticket, CancellationToken ct)
        => db.Set<HeldReply>().AsNoTracking().SingleOrDefaultAsync(h => h.Id == once && h.TicketId == ticket, ct);

    private async Task<HeldReply> HoldAsync(DeskDb db, Actor actor, Ticket ticket, Request request, DateTimeOffset now, int undo, CancellationToken ct)
    {
        var say = request.Say;
        var held = new HeldReply
        {
            Id = say.Once ?? Ids.New(clock),
            TicketId = ticket.Id,
            AuthorKind = actor.Kind,
            AuthorId = actor.Id,
            AuthorName = Conversation.Shorten(actor.Name, 200),
            Markdown = say.Markdown.Trim(),
            To = [.. say.To],
            Cc = [.. say.Cc],
            Bcc = [.. say.Bcc],
            ForwardOf = say.ForwardOf,
            Status = say.Status,
            StatusBefore = ticket.Status,
            Scheduled = request.SendAt is not null,
            SendAt = request.SendAt ?? now.AddSeconds(undo),
            SnoozedBefore = ticket.SnoozedUntil,
            CreatedAt = now,
        };
        db.Add(held);
        await SaveDraft.ClearAsync(db, actor.Kind == ActorKind.Agent ? actor.Id : null, ticket.Id, ct);
        foreach (var file in await OutgoingFiles.TakeAsync(db, say.AttachmentIds, clock, ct))
        {
            file.HolderId = held.Id;
            if (db.Entry(file).State == EntityState.Detached)
            {
                db.Add(file);
            }
        }

        if (held.Scheduled)
        {
            ticket.Snooze(held.SendAt);
            ticket.UpdatedAt = now;
            ticket.Version++;
            db.Add(TicketEvent.Of(ticket, actor, now, TicketEventKind.Scheduled, to: held.SendAt.ToString("O", CultureInfo.InvariantCulture)));
        }

        return held;
    }
}
