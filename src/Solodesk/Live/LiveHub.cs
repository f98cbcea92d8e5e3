using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Solodesk.Agents;

namespace Solodesk.Live;

/// <summary>The socket of open desk pages. It tells them what changed; they tell it only which ticket they show, and act through their forms.</summary>
[Authorize]
internal sealed class LiveHub(PresenceService presence, OpenDesks desks) : Hub
{
    public override Task OnConnectedAsync()
    {
        desks.Opened(Context.ConnectionId);
        return base.OnConnectedAsync();
    }

    /// <summary>This page shows a ticket (or none any more), and somebody types there or not.</summary>
    public async Task Look(long? number, bool typing)
    {
        var actor = Context.User!.ToActor();
        if (actor.Id is not { } agent || !actor.CanRead)
        {
            return;
        }

        var touched = await presence.MoveAsync(new(Context.ConnectionId, agent, actor.Name, number, typing));
        foreach (var left in touched.Where(n => n != number))
        {
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, PresenceService.Company(left), Context.ConnectionAborted);
        }

        if (number is { } now)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, PresenceService.Company(now), Context.ConnectionAborted);
        }

        await presence.TellPagesAsync(touched);
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        desks.Closed(Context.ConnectionId);
        await presence.TellPagesAsync(await presence.MoveAsync(new(Context.ConnectionId, Guid.Empty, "", null, false)));
        await base.OnDisconnectedAsync(exception);
    }
}

/// <summary>Passes what was committed on to every open desk page.</summary>
internal sealed class LiveBroadcastService(LiveFeed feed, IHubContext<LiveHub> hub) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        feed.Changed += Send;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        feed.Changed -= Send;
        return Task.CompletedTask;
    }

    // Not awaited: a slow socket must not hold up the writer, and SignalR drops dead ones by itself.
    private void Send(IReadOnlyList<LiveChange> changes) => _ = hub.Clients.All.SendAsync("changed", changes);
}
