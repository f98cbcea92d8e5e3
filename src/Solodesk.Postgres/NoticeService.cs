using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Solodesk.Live;

namespace Solodesk.Postgres;

/// <summary>Listens to the other nodes' commits and hands them to this node's open pages.</summary>
internal sealed partial class NoticeService(NpgsqlDataSource source, LiveFeed feed, TimeProvider clock, ILogger<NoticeService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                LogLost(log, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(2), clock, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, notice) => feed.Receive(notice.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresDatabase.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The notice connection was lost and is opened again: {Reason}")]
    private static partial void LogLost(ILogger logger, string reason);
}
