using Microsoft.Extensions.DependencyInjection;

namespace Solodesk.Channels.Email;

/// <summary>What of the e-mail channel lives as long as the desk.</summary>
internal static class EmailChannel
{
    public static IServiceCollection AddEmailChannel(this IServiceCollection services)
    {
        services.AddSingleton<MailboxSignal>();
        services.AddSingleton<MailKey>();
        services.AddSingleton<OAuth.MailboxTokens>();
        services.AddHostedService<MailboxService>();
        services.AddHostedService<OutboxService>();
        return services;
    }
}
