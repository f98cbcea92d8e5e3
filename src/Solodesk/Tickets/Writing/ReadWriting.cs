using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary>What stands around the composer of a ticket: the agent's draft and its files, answers that have not left, whom "reply all" means.</summary>
[UseCase]
public sealed class ReadWriting(IDbContextFactory<DeskDb> dbs, IDatabase database, Participants participants, Mentions mentions, Settings settings)
{
    public sealed record View(Draft? Draft, IReadOnlyList<Attachment> Files, IReadOnlyList<HeldReply> Held, IReadOnlyDictionary<Guid, int> HeldFiles,
        IReadOnlyList<string> Others, SendSettings Send)
    {
        public IEnumerable<HeldReply> Waiting => Held.Where(h => h.State == HeldState.Waiting);

        public IEnumerable<HeldReply> Yielded => Held.Where(h => h.State == HeldState.Yielded);
    }

    /// <param name="actor">Who looks.</param>
    /// <param name="read">The ticket that they look at, and what is said in it.</param>
    /// <param name="opened">They have opened it; false when the page only follows a change by itself.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<View> RunAsync(Actor actor, ReadTicket.View read, bool opened, CancellationToken ct)
    {
        var ticket = read.Ticket;
        await using var db = await dbs.CreateDbContextAsync(ct);
        var draft = actor.Id is { } me ? await db.Set<Draft>().AsNoTracking().SingleOrDefaultAsync(d => d.AgentId == me && d.TicketId == ticket.Id, ct) : null;
        var held = await db.Set<HeldReply>().AsNoTracking().Where(h => h.TicketId == ticket.Id).OrderBy(h => h.SendAt).ThenBy(h => h.Id).Take(20).ToListAsync(ct);
        var ids = held.Select(h => (Guid?)h.Id).ToList();
        var counts = ids.Count == 0 ? [] : await db.Set<Attachment>().Where(a => ids.Contains(a.HolderId)).GroupBy(a => a.HolderId!.Value)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        if (opened && actor is { CanWork: true, Id: { } agent })
        {
            await mentions.SeeAsync(agent, ticket.Id, ct);
            await ReadAsync(db, ticket, ct);
        }

        return new View(draft,
            draft is null ? [] : await db.Set<Attachment>().AsNoTracking().Where(a => a.HolderId == draft.Id && a.MessageId == null).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync(ct),
            held, counts, await participants.OfAsync(read.Messages, read.Customer, ct), await settings.ReadAsync<SendSettings>(ct));
    }

    // Reading is no change of the ticket: no version, no line of history.
    private async Task ReadAsync(DeskDb db, Ticket ticket, CancellationToken ct)
    {
        if (ticket.Unread)
        {
            using (await database.EnterWriteAsync(ct))
            {
                await db.Set<Ticket>().Where(t => t.Id == ticket.Id).ExecuteUpdateAsync(s => s.SetProperty(t => t.Unread, false), ct);
            }
        }
    }
}
