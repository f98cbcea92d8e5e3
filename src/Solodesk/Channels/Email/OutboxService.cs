using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Solodesk.Data;
using Solodesk.Live;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email;

/// <summary>Sends what is due: woken by every reply, else looking every few seconds. Each mailbox has its own worker, so a slow server holds up only its own mail.</summary>
internal sealed partial class OutboxService(
    DeliverMail delivery, OutboxWorker worker, IDatabase database, LiveFeed live, MailboxSignal signal, ILogger<OutboxService> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);
    private readonly Dictionary<Guid, Task> _running = [];
    private readonly SemaphoreSlim _wake = new(0, 1);

    public override void Dispose()
    {
        live.Changed -= Wake;
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        live.Changed += Wake;
        _ = WatchSettingsAsync(stoppingToken);
        var released = database.Name != "sqlite";
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!released)
                {
                    await delivery.ReleaseAsync(stoppingToken);
                    released = true;
                }

                foreach (var mailbox in await delivery.DueMailboxesAsync(stoppingToken))
                {
                    if (!_running.TryGetValue(mailbox, out var running) || running.IsCompleted)
                    {
                        _running[mailbox] = Task.Run(() => worker.RunAsync(mailbox, stoppingToken), stoppingToken);
                    }
                }

                await _wake.WaitAsync(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // The database is away for a moment; mail in the outbox waits.
                LogFailed(log, e);
                await _wake.WaitAsync(Look, CancellationToken.None);
            }
        }

        await Task.WhenAll(_running.Values).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void Wake(IReadOnlyList<LiveChange> changes)
    {
        if (changes.Any(c => c.Kind is TicketEventKind.Replied or TicketEventKind.Acknowledged or TicketEventKind.Opened or TicketEventKind.LeftChat or TicketEventKind.SentAgain))
        {
            Wake();
        }
    }

    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Two at once, or the last change while stopping: once is enough.
        }
    }

    private async Task WatchSettingsAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await signal.Changed.WaitAsync(ct).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            Wake();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be read; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
