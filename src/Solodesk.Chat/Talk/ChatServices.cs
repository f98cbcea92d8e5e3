using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Solodesk.Chat.Protocol;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Live;
using Solodesk.Tickets;

namespace Solodesk.Chat.Talk;

/// <summary>Lets the bot answer, several conversations at a time, one turn at a time in each.</summary>
internal sealed partial class BotService(BotQueue queue, IServiceProvider services, IDbContextFactory<DeskDb> dbs, ILogger<BotService> log) : BackgroundService
{
    private const int AtOnce = 4;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, bool> _again = new();

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

/// <summary>Follows what happens to tickets: new lines wake their visitor's widgets, and what came in by other ways gets its line.</summary>
internal sealed partial class ChatFollower(LiveFeed feed, OpenDesks desks, ChatLinks links, ChatNews news, IServiceProvider services, IDbContextFactory<DeskDb> dbs, DeskWriter writer, ILogger<ChatFollower> log) : BackgroundService
{
    private const int AtOnce = 500;
    private readonly Channel<LiveChange> _changes = Channel.CreateBounded<LiveChange>(new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropOldest });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        feed.Changed += Hear;
        desks.Changed += Presence;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        feed.Changed -= Hear;
        desks.Changed -= Presence;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var heard = new List<LiveChange>();
            while (await _changes.Reader.WaitToReadAsync(stoppingToken))
            {
                heard.Clear();
                while (heard.Count < AtOnce && _changes.Reader.TryRead(out var change))
                {
                    heard.Add(change);
                }

                await FollowAsync(heard, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: a widget that comes again has it caught up.
        }
    }

    private void Hear(IReadOnlyList<LiveChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.MessageId is { } message && news.IsLined(message))
            {
                if (links.VisitorOf(change.TicketId) is { } here)
                {
                    links.Wake(here);
                }
            }
            else if (change.Kind is TicketEventKind.Received or TicketEventKind.Replied or TicketEventKind.Merged
                || (change.Kind is TicketEventKind.StatusChanged or TicketEventKind.HandedOver or TicketEventKind.AssigneeChanged or TicketEventKind.RequesterChanged && links.VisitorOf(change.TicketId) is not null))
            {
                _changes.Writer.TryWrite(change);
            }
        }
    }

    /// <summary>Most tickets have no chat: one question finds those of many changes that have.</summary>
    private async Task FollowAsync(List<LiveChange> changes, CancellationToken ct)
    {
        HashSet<Guid> chatting;
        try
        {
            var tickets = changes.Select(c => c.TicketId).Distinct().ToList();
            await using var db = await dbs.CreateDbContextAsync(ct);
            chatting = await db.Set<ChatConversation>().Where(c => tickets.Contains(c.TicketId)).Select(c => c.TicketId).ToHashSetAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(log, e, changes[0].Number);
            return;
        }

        foreach (var change in changes.Where(c => c.Kind == TicketEventKind.Merged || chatting.Contains(c.TicketId)))
        {
            try
            {
                await FollowAsync(change, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(log, e, change.Number);
            }
        }
    }

    private async Task FollowAsync(LiveChange change, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        if (change.Kind == TicketEventKind.Merged)
        {
            await MoveAsync(change.TicketId, ct);
        }

        var chat = await db.Set<ChatConversation>().AsNoTracking().Where(c => c.TicketId == change.TicketId).OrderByDescending(c => c.StartedAt).FirstOrDefaultAsync(ct);
        if (chat is null)
        {
            return;
        }

        if (change.MessageId is not null)
        {
            await services.GetRequiredService<CatchUp>().RunAsync(chat.Id, ct);
        }
        else if (services.GetRequiredService<ReadChat>() is var read && links.IsHere(chat.VisitorId))
        {
            links.Send(chat.VisitorId, await read.StateAsync(chat, new Visitor(chat.VisitorId, chat.SiteUser, null, null, chat.Language), ct));
        }

        links.Wake(chat.VisitorId);
    }

    private Task MoveAsync(Guid merged, CancellationToken ct)
        => writer.RunAsync<Done>(async db =>
        {
            if (await db.Set<Ticket>().Where(t => t.Id == merged).Select(t => t.MergedIntoId).SingleOrDefaultAsync(ct) is { } target)
            {
                await db.Set<ChatConversation>().Where(c => c.TicketId == merged).ExecuteUpdateAsync(s => s.SetProperty(c => c.TicketId, target), ct);
            }

            return Done.It;
        }, ct);

    private void Presence()
    {
        foreach (var link in links.All.Where(l => links.TalkOf(l.Visitor) is not null))
        {
            link.Send(new PresenceFrame(desks.Any));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What happened to ticket {Ticket} did not reach its chat; the widget asks again when it comes back")]
    private static partial void LogFailed(ILogger logger, Exception exception, long ticket);
}

/// <summary>What must be looked at every few seconds: marks to write, answers to mail, sockets that fell silent.</summary>
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
