using Microsoft.Extensions.DependencyInjection;
using Solodesk.Chat.Protocol;
using Solodesk.Chat.Settings;
using Solodesk.Chat.Site;
using Solodesk.Chat.Talk;
using Solodesk.Common;
using Solodesk.Tickets;

namespace Solodesk.Chat;

/// <summary>What the chat keeps as long as the desk lives.</summary>
internal sealed class ChatFeature : IFeature
{
    public void Add(IServiceCollection services)
    {
        services.AddSingleton<ChatRoot>();
        services.AddSingleton<ChatLinks>();
        services.AddSingleton<ChatNews>();
        services.AddSingleton<ChatGuard>();
        services.AddSingleton<ChatLimits>();
        services.AddSingleton<ChatSecret>();
        services.AddSingleton<VisitorToken>();
        services.AddSingleton<ReadChat>();
        services.AddSingleton<ReadMarks>();
        services.AddSingleton<BotDesk>();
        services.AddSingleton<BotQueue>();
        services.AddSingleton<WidgetFiles>();
        services.AddSingleton<ChatIntake>();
        services.AddHostedService(s => s.GetRequiredService<ChatIntake>());
        services.AddHostedService<BotService>();
        services.AddHostedService<ChatFollower>();
        services.AddHostedService<ChatKeeper>();
    }
}

internal static class Carriers
{
    /// <summary>Asked for late: carriers and what uses them would otherwise ask for each other.</summary>
    public static IEnumerable<IMessageCarrier> GetCarriers(this IServiceProvider services) => services.GetServices<IMessageCarrier>().OrderBy(c => c.Order);
}
