using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Solodesk.Tickets.Writing;

/// <summary>Sleeps until the next held answer is due. Times are rows, not timers: a restart loses none.</summary>
internal sealed partial class HeldReplyService(IServiceProvider services, HeldSignal signal, TimeProvider clock, ILogger<HeldReplyService> log) : BackgroundService
{
    // Other nodes hold answers too, and they do not wake us.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var sleep = LongestSleep;
            try
            {
                if (await services.GetRequiredService<SendHeldReplies>().RunAsync(stoppingToken) is { } next)
                {
                    sleep = TimeSpan.FromTicks(Math.Clamp((next - clock.GetUtcNow()).Ticks, TimeSpan.TicksPerMillisecond * 20, LongestSleep.Ticks));
                }

                await signal.WaitAsync(sleep, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // The database is away for a moment; what is held waits.
                LogFailed(log, e);
                await signal.WaitAsync(LongestSleep, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Held answers could not be looked through; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
