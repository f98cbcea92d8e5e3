using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Solodesk.Data;

namespace Solodesk.Live;

/// <summary>Keeps the company at a ticket the same on every page and on every node.</summary>
internal sealed partial class PresenceService(
    Presence presence, LiveFeed feed, IDatabase database, IDbContextFactory<DeskDb> dbs, IHubContext<LiveHub> hub, TimeProvider clock, ILogger<PresenceService> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(20);

    /// <summary>A notice of PostgreSQL holds 8,000 bytes.</summary>
    private const int MostInNotice = 20;

    public static string Company(long number) => string.Create(CultureInfo.InvariantCulture, $"ticket {number}");

    /// <summary>A page of this node shows a ticket now, or none; gives back the tickets whose company has changed.</summary>
    public async Task<IReadOnlyList<long>> MoveAsync(PresenceStep step)
    {
        var touched = presence.Move(step.Connection, step.Agent, step.Name, step.Number, step.Typing);
        if (touched.Count > 0)
        {
            await TellNodesAsync([step]);
        }

        return touched;
    }

    /// <summary>Tells the pages that show these tickets who is there.</summary>
    public async Task TellPagesAsync(IEnumerable<long> numbers)
    {
        foreach (var number in numbers)
        {
            await hub.Clients.Group(Company(number)).SendAsync("presence", number, presence.At(number));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.OneWriter)
        {
            return; // One process: there is nobody else to tell.
        }

        feed.Moved += Heard;
        using var timer = new PeriodicTimer(Again, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var some in presence.Here().Chunk(MostInNotice))
                {
                    await TellNodesAsync(some);
                }

                await TellPagesAsync(presence.Fade());
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        finally
        {
            feed.Moved -= Heard;
        }
    }

    private void Heard(IReadOnlyList<PresenceStep> steps)
        => _ = TellPagesAsync(steps.SelectMany(s => presence.Move(s.Connection, s.Agent, s.Name, s.Number, s.Typing, elsewhere: true)).Distinct().ToList());

    private async Task TellNodesAsync(IReadOnlyList<PresenceStep> steps)
    {
        if (database.OneWriter)
        {
            return;
        }

        try
        {
            await using var db = await dbs.CreateDbContextAsync();
            await feed.AnnounceMovesAsync(db, steps, CancellationToken.None);
        }
        catch (Exception e) when (database.IsUnreachable(e))
        {
            // It is said again in a moment.
            LogUntold(log, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Who is at which ticket could not be told to the other nodes: {Reason}")]
    private static partial void LogUntold(ILogger logger, string reason);
}
