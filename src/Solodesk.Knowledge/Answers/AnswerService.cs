using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.Answers;

/// <summary>Builds the index when the desk starts and follows the changes that the database tells, whoever made them.</summary>
internal sealed partial class AnswerService(AnswerIndex index, Settings settings, IDbContextFactory<DeskDb> dbs, ILogger<AnswerService> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(400);

    // Ids are drawn before the commit, so a smaller one can appear after a larger one.
    private const int Overlap = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var seen = new HashSet<long>();
        using var timer = new PeriodicTimer(Rest);
        do
        {
            try
            {
                if (!index.Ready.IsCompleted)
                {
                    await index.RebuildAsync(stoppingToken);
                }

                await FollowAsync(seen, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(log, e);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private async Task FollowAsync(HashSet<long> seen, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var from = index.Revision - Overlap;
        var changes = await db.Set<ArticleChange>().AsNoTracking().Where(c => c.Id > from).OrderBy(c => c.Id).Take(1000).ToListAsync(ct);
        var fresh = changes.Where(c => seen.Add(c.Id)).ToList();
        if (fresh.Count == 0)
        {
            return;
        }

        if (fresh.Exists(c => c.ArticleId is null))
        {
            settings.Forget();
            await index.RebuildAsync(ct);
        }
        else
        {
            foreach (var article in fresh.Select(c => c.ArticleId!.Value).Distinct())
            {
                await index.TakeInAsync(article, fresh[^1].Id, ct);
            }
        }

        if (seen.Count > 10_000)
        {
            seen.RemoveWhere(id => id < from);
        }
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The answers could not be brought up to date; the next look tries again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
