using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Jobs;

namespace Solodesk.Knowledge.Ai;

/// <summary>Keeps the book of calls for a quarter of a year.</summary>
internal sealed class ForgetAiCalls(IDbContextFactory<DeskDb> dbs, IDatabase database, TimeProvider clock) : IPeriodicJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(92);

    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task RunAsync(CancellationToken ct)
    {
        var old = clock.GetUtcNow() - Kept;
        using var turn = await database.EnterWriteAsync(ct);
        await using var db = await dbs.CreateDbContextAsync(ct);
        await db.Set<AiCall>().Where(c => c.At < old).ExecuteDeleteAsync(ct);
    }
}
