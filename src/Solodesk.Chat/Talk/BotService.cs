using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Solodesk.Data;

namespace Solodesk.Chat.Talk;

/// <summary>Lets the bot answer, several conversations at a time, one turn at a time in each.</summary>
internal sealed partial class BotService(BotQueue queue, IServiceProvider services, IDbContextFactory<DeskDb> dbs, ILogger<BotService> log) : BackgroundService
{
    private const int AtOnce = 4;
    private readonly ConcurrentDictionary<Guid, bool> _again = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await AskAgainAsync(stoppingToken);
        try
        {
            await Parallel.ForEachAsync(queue.ReadAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, async (id, ct) =>
            {
                if (!_again.TryAdd(id, false))
                {
                    _again[id] = true; // Somebody is at it; they look once more when they are done.
                    return;
                }

                do
                {
                    _again[id] = false;
                    await TurnAsync(id, ct);
                }
                while (!_again.TryRemove(new(id, false)));
            });
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is owed is found at the next start.
        }
    }

    private async Task TurnAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await services.GetRequiredService<TakeBotTurn>().RunAsync(id, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(log, e, id);
        }
    }

    private async Task AskAgainAsync(CancellationToken ct)
    {
        try
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            foreach (var id in await db.Set<ChatConversation>().Where(c => c.BotDueAt != null).OrderBy(c => c.BotDueAt).Select(c => c.Id).Take(500).ToListAsync(ct))
            {
                queue.Ask(id);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(log, e, Guid.Empty);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The bot's turn in conversation {Conversation} could not be written")]
    private static partial void LogFailed(ILogger logger, Exception exception, Guid conversation);
}
