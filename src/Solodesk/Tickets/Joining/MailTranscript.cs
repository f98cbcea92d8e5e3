using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Joining;

/// <summary>Sends a whole conversation to somebody, without the notes. It stands in the ticket as a forward.</summary>
[UseCase]
public sealed class MailTranscript(Transcript transcript, ReplyToTicket reply, IDbContextFactory<DeskDb> dbs)
{
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid ticket, IReadOnlyList<string> to, string? words, CancellationToken ct)
    {
        if (to.Count == 0)
        {
            return new Problem("message.recipient_missing") { Field = "to" };
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var first = await db.Set<Message>().Where(m => m.TicketId == ticket).OrderBy(m => m.CreatedAt).Select(m => new { m.Id, m.Language }).FirstOrDefaultAsync(ct);
        if (first is null || await transcript.TextAsync(ticket, notes: false, first.Language, ct) is not { } text)
        {
            return Problem.NotFound("ticket");
        }

        return await reply.RunAsync(actor, new(ticket, words ?? "", Internal: false) { ForwardOf = first.Id, PassedOn = text, To = to }, ct);
    }
}
