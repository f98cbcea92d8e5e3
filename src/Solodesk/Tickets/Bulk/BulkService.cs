using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Solodesk.Tickets.Bulk;

/// <summary>Works on runs as they come, and on those that a restart interrupted.</summary>
internal sealed partial class BulkService(BulkWorker worker, BulkSignal signal, TimeProvider clock, ILogger<BulkService> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await worker.DrainAsync(stoppingToken);
                var sleep = await worker.NextDueAsync(stoppingToken) is { } due ? TimeSpan.FromTicks(Math.Clamp((due - clock.GetUtcNow()).Ticks, TimeSpan.TicksPerMillisecond * 20, Look.Ticks)) : Look;
                await signal.WaitAsync(sleep, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // The database is away for a moment; the run goes on where it stopped.
                LogFailed(log, e);
                await signal.WaitAsync(Look, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A change of many tickets was interrupted and goes on later")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
