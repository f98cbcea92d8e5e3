using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;

namespace Solodesk.Live;

/// <summary>The socket of open desk pages. It only speaks; pages act through their forms.</summary>
[Authorize]
public sealed class LiveHub(OpenDesks desks) : Hub
{
    public override Task OnConnectedAsync()
    {
        desks.Opened(Context.ConnectionId);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        desks.Closed(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
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
