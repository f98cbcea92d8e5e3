using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Data;
using Solodesk.Jobs;
using Solodesk.Tickets;

namespace Solodesk.Files;

/// <summary>Lets go of files that were uploaded but not sent within a day, and of their bytes when nothing else names them.</summary>
internal sealed class SweepUploads(IDbContextFactory<DeskDb> dbs, IDatabase database, IFileStore files, TimeProvider clock) : IPeriodicJob
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Kept;
        await using var db = await dbs.CreateDbContextAsync(ct);
        while (await db.Set<Attachment>().AsNoTracking().Where(a => a.MessageId == null && a.HolderId == null && a.CreatedAt < before).Take(AtOnce)
            .Select(a => new { a.Id, a.Sha256 }).ToListAsync(ct) is { Count: > 0 } unsent)
        {
            var ids = unsent.Select(a => a.Id).ToList();
            using (await database.EnterWriteAsync(ct))
            {
                await db.Set<Attachment>().Where(a => ids.Contains(a.Id) && a.MessageId == null && a.HolderId == null).ExecuteDeleteAsync(ct);
            }

            var hashes = unsent.Select(a => a.Sha256).Distinct().ToList();
            var named = await db.Set<Attachment>().Where(a => hashes.Contains(a.Sha256)).Select(a => a.Sha256)
                .Concat(db.Set<IncomingMail>().Where(m => hashes.Contains(m.Sha256)).Select(m => m.Sha256)).Distinct().ToListAsync(ct);
            foreach (var hash in hashes.Except(named, StringComparer.Ordinal))
            {
                await files.ForgetAsync(hash, before, ct);
            }
        }
    }
}
