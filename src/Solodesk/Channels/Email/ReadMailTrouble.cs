using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Channels.Email;

/// <summary>What keeps mail from coming, going or becoming a ticket, so that the founder hears of it without looking for it.</summary>
[UseCase]
public sealed class ReadMailTrouble(IDbContextFactory<DeskDb> dbs)
{
    /// <summary>A number beyond this is not read: it says the same.</summary>
    private const int Most = 99;

    /// <param name="Mailboxes">In use, and in trouble.</param>
    /// <param name="Unfiled">Mails that are kept but could not be filed; at most <see cref="Most"/>.</param>
    public sealed record Trouble(IReadOnlyList<Mailbox> Mailboxes, int Unfiled)
    {
        public static Trouble None { get; } = new([], 0);
    }

    public async Task<Trouble> RunAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return new Trouble(
            await db.Set<Mailbox>().AsNoTracking().Where(m => m.Active && m.Problem != null).OrderBy(m => m.CreatedAt).ToListAsync(ct),
            await db.Set<IncomingMail>().Where(m => m.Outcome == MailOutcome.Failed).Take(Most).CountAsync(ct));
    }
}
