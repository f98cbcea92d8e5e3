using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary>Lets held answers leave when their time has come: the row goes and the message comes in one transaction, so each leaves once.</summary>
[UseCase]
public sealed partial class SendHeldReplies(DeskWriter writer, ReplyToTicket reply, HeldReplies replies, IDbContextFactory<DeskDb> dbs, TimeProvider clock, ILogger<SendHeldReplies> log)
{
    private const int AtOnce = 100;

    /// <summary>Sends all that is due; gives back when the next one is.</summary>
    public async Task<DateTimeOffset?> RunAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var due = await db.Set<HeldReply>().AsNoTracking().Where(h => h.State == HeldState.Waiting && h.SendAt <= now).OrderBy(h => h.SendAt).Select(h => h.Id).Take(AtOnce).ToListAsync(ct);
        foreach (var id in due)
        {
            await SendAsync(id, ct);
        }

        return await db.Set<HeldReply>().Where(h => h.State == HeldState.Waiting).OrderBy(h => h.SendAt).Select(h => (DateTimeOffset?)h.SendAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>Sends one, due or not; false when it had left or was taken back.</summary>
    public async Task<bool> SendAsync(Guid id, CancellationToken ct)
    {
        var sent = await writer.RunAsync<Guid>(async db =>
        {
            var held = await db.Set<HeldReply>().AsNoTracking().SingleOrDefaultAsync(h => h.Id == id && h.State == HeldState.Waiting, ct);
            if (held is null || await db.Set<HeldReply>().Where(h => h.Id == id && h.State == HeldState.Waiting).ExecuteDeleteAsync(ct) != 1)
            {
                return new Problem("held.gone");
            }

            if (await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == held.TicketId, ct) is not { } ticket)
            {
                return new Problem("held.gone");
            }

            if (held.Scheduled && ticket.SnoozedUntil == held.SendAt)
            {
                ticket.Snooze(null);
            }

            var said = await reply.SayAsync(db, held.ToActor(), new(held.TicketId, held.Markdown, Internal: false)
            {
                Id = held.Id,
                // Whoever has changed the status since (solved it, or the customer reopened it) knows better.
                Status = ticket.Status == held.StatusBefore ? held.Status : ticket.Status,
                To = held.To,
                Cc = held.Cc,
                Bcc = held.Bcc,
                ForwardOf = held.ForwardOf,
                AttachmentIds = await db.Set<Attachment>().Where(a => a.HolderId == held.Id).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).Select(a => a.Id).ToListAsync(ct),
            }, ct);
            return said;
        }, ct);
        if (!sent.Ok && sent.Problem.Code != "held.gone")
        {
            LogRefused(log, id, sent.Problem.Code);
            await GiveBackAsync(id, ct);
        }

        return sent.Ok;
    }

    // What cannot be sent (its message is gone, say) is a draft again instead of being tried for ever.
    private async Task GiveBackAsync(Guid id, CancellationToken ct) => await writer.RunAsync<Done>(async db =>
    {
        var held = await db.Set<HeldReply>().SingleOrDefaultAsync(h => h.Id == id && h.State == HeldState.Waiting, ct);
        var ticket = held is null ? null : await db.Set<Ticket>().SingleOrDefaultAsync(t => t.Id == held.TicketId, ct);
        if (held is not null && ticket is not null)
        {
            await replies.ToDraftAsync(db, held, ticket, ct);
        }

        if (held is not null)
        {
            held.State = HeldState.Yielded;
        }

        return Done.It;
    }, ct);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Held answer {Reply} could not be sent ({Problem}); it is a draft again")]
    private static partial void LogRefused(ILogger logger, Guid reply, string problem);
}
