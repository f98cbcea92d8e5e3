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
