using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Jobs;

namespace Solodesk.Channels.Email.Intake;

/// <summary>Files what was stored and not filed, because the desk was stopped in between or filing failed; ever more seldom, for a day.</summary>
internal sealed class FileWaitingMail(IDbContextFactory<DeskDb> dbs, IDatabase database, FileMail filing, TimeProvider clock) : IPeriodicJob
{
    private const int MaxAttempts = 24;
    private const int Batch = 200;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var waiting = await db.Set<IncomingMail>().AsNoTracking()
            .Where(m => FileMail.Waiting.Contains(m.Outcome) && m.Attempts < MaxAttempts).OrderBy(m => m.ReceivedAt)
            .Select(m => new { m.Id, m.Outcome, m.Attempts, m.ReceivedAt }).Take(Batch).ToListAsync(ct);
        foreach (var mail in waiting.Where(m => now - m.ReceivedAt >= Rest(m.Outcome, m.Attempts)))
        {
            // Counted before it is tried: a mail that takes the process down with it must not do so forever.
            using (await database.EnterWriteAsync(ct))
            {
                await db.Set<IncomingMail>().Where(m => m.Id == mail.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.Attempts, m => m.Attempts + 1), ct);
            }

            await filing.RunAsync(mail.Id, ct);
        }
    }

    /// <summary>A mail that was just stored is being filed by the one who stored it; a failed one rests 1, 2, 4 … minutes from its arrival.</summary>
    private static TimeSpan Rest(MailOutcome outcome, int attempts)
        => TimeSpan.FromMinutes(outcome == MailOutcome.Stored ? 0.5 : Math.Pow(2, Math.Min(attempts / 2, 11)));
}
