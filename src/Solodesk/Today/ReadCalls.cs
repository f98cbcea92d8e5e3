using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Tickets.Writing;

namespace Solodesk.Today;

/// <summary>What calls one agent besides the queue: scheduled answers that yielded to the customer, and notes that mention them.</summary>
[UseCase]
public sealed class ReadCalls(IDbContextFactory<DeskDb> dbs)
{
    private const int Shown = 8;

    public sealed record View(IReadOnlyList<Call> Yielded, IReadOnlyList<Call> Mentions)
    {
        public static View Nothing { get; } = new([], []);
    }

    /// <param name="Number">The ticket.</param>
    /// <param name="Subject">What it is about.</param>
    /// <param name="Language">The subject's language.</param>
    /// <param name="Who">Who wrote the answer or the note.</param>
    /// <param name="At">When it should have left, or when it was written.</param>
    /// <param name="Anchor">The message to look at.</param>
    public sealed record Call(long Number, string Subject, string? Language, string Who, DateTimeOffset At, Guid Anchor);

    public async Task<View> RunAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var yielded = await (from h in db.Set<HeldReply>().AsNoTracking().Where(h => h.State == HeldState.Yielded)
                             join t in db.Set<Ticket>() on h.TicketId equals t.Id
                             orderby h.SendAt descending
                             select new Call(t.Number, t.Subject, t.Language, h.AuthorName, h.SendAt, h.Id)).Take(Shown).ToListAsync(ct);
        var mentions = actor.Id is not { } me ? [] : await (from m in db.Set<Mention>().AsNoTracking().Where(m => m.AgentId == me && m.SeenAt == null)
                                                          join t in db.Set<Ticket>() on m.TicketId equals t.Id
                                                          orderby m.At descending
                                                          select new Call(t.Number, t.Subject, t.Language, m.By, m.At, m.MessageId)).Take(Shown).ToListAsync(ct);
        return new View(yielded, mentions);
    }
}
