using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Jobs;

namespace Solodesk.Channels.Email.Intake;

/// <summary>Parts whose others never came are filed as they stand after a week; those that were complete when the desk was stopped are joined.</summary>
internal sealed class FileWaitingParts(IDbContextFactory<DeskDb> dbs, JoinParts join, FileMail filing, TimeProvider clock) : IPeriodicJob
{
    /// <summary>Mail servers give up after five days.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    private const int Batch = 200;

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var waiting = await db.Set<IncomingMail>().AsNoTracking().Where(m => m.Outcome == MailOutcome.Part && m.FiledAt == null)
            .OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id).Select(m => new { m.Id, m.ReceivedAt, m.InternetId }).Take(Batch).ToListAsync(ct);
        var now = clock.GetUtcNow();
        foreach (var mail in waiting.GroupBy(m => m.InternetId))
        {
            if (await join.RunAsync(mail.First().Id, ct) is not null)
            {
                continue;
            }

            foreach (var part in mail.Where(m => now - m.ReceivedAt >= Patience))
            {
                await filing.RunAsync(part.Id, FilingWay.PartAlone, ct);
            }
        }
    }
}
