using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Solodesk.Chat.Protocol;

namespace Solodesk.Chat.Talk;

/// <summary>What must be looked at every few seconds: marks to write, answers to mail, sockets that fell silent, answers that the bot owes.</summary>
internal sealed partial class ChatKeeper(ReadMarks marks, ChatLinks links, IServiceProvider services, ILogger<ChatKeeper> log) : BackgroundService
{
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        for (var turn = 0; await NextAsync(timer, stoppingToken); turn++)
        {
            try
            {
                await marks.FlushAsync(stoppingToken);
                await services.GetRequiredService<MailTheUnread>().RunAsync(stoppingToken);
                if (turn % 8 == 7)
                {
                    links.Sweep(Silence, Memory);
                    services.GetRequiredService<ChatGuard>().Sweep();
                    await services.GetRequiredService<KeepBotDue>().RunAsync(stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(log, e);
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ct)
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The chat could not be looked after; it is tried again in a moment")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
