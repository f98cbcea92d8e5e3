using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;

namespace Solodesk.Api;

/// <summary>Forgets answers of idempotent calls after a day.</summary>
internal sealed class SweepIdempotentCalls(IDbContextFactory<DeskDb> dbs, IDatabase database, TimeProvider clock) : IPeriodicJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Kept;
        using (await database.EnterWriteAsync(ct))
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            await db.Set<IdempotentCall>().Where(c => c.CreatedAt < before).ExecuteDeleteAsync(ct);
        }
    }
}
