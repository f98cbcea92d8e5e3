using Microsoft.Extensions.DependencyInjection;
using Solodesk.Common;
using Solodesk.Notifications.Push;

namespace Solodesk.Notifications;

/// <summary>What telling agents keeps: the desk's keys, and the way out to push services.</summary>
internal sealed class NotificationsFeature : IFeature
{
    public void Add(IServiceCollection services)
    {
        services.AddSingleton<VapidKeys>();
        services.AddTransient<SendPushes>();
        services.AddHttpClient(SendPushes.Client, c => c.Timeout = TimeSpan.FromSeconds(20))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ConnectCallback = PublicHosts.ConnectAsync });
    }
}
