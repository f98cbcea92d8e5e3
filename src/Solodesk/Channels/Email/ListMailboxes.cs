using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Channels.Email;

/// <summary>The mailboxes and how each fares: connected, last mail in and out, how much came, what is wrong.</summary>
[UseCase]
public sealed class ListMailboxes(IDbContextFactory<DeskDb> dbs, TimeProvider clock)
{
    private const int Days = 7;

    /// <summary>One row of the channels page.</summary>
    /// <param name="Mailbox">The mailbox; its secret is encrypted.</param>
    /// <param name="LastDay">Mails that came in the last 24 hours.</param>
    /// <param name="Week">Mails of each of the last seven days, oldest first.</param>
    /// <param name="Waiting">Mails in the outbox that were tried and must be tried again.</param>
    public sealed record Row(Mailbox Mailbox, int LastDay, IReadOnlyList<int> Week, int Waiting);

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var week = now.AddDays(-Days);
        var mailboxes = await db.Set<Mailbox>().AsNoTracking().OrderBy(m => m.CreatedAt).ToListAsync(ct);
        var arrived = await db.Set<IncomingMail>().AsNoTracking().Where(m => m.ReceivedAt >= week && m.MailboxId != null)
            .OrderByDescending(m => m.ReceivedAt).Take(20_000).Select(m => new { m.MailboxId, m.ReceivedAt }).ToListAsync(ct);
        var waiting = await db.Set<OutgoingMail>().AsNoTracking().Where(m => m.State == Tickets.DeliveryState.Queued && m.Attempts > 0)
            .GroupBy(m => m.MailboxId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return [.. mailboxes.Select(m =>
        {
            var days = new int[Days];
            foreach (var mail in arrived.Where(a => a.MailboxId == m.Id))
            {
                days[Math.Clamp(Days - 1 - (int)(now - mail.ReceivedAt).TotalDays, 0, Days - 1)]++;
            }

            return new Row(m, days[^1], days, waiting.Find(w => w.Key == m.Id)?.Count ?? 0);
        })];
    }
}
