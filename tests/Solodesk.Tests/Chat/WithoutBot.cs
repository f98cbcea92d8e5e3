using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Solodesk.Channels.Bot;

namespace Solodesk.Tests.Chat;

/// <summary>A desk without a bot, where only people talk.</summary>
internal static class WithoutBot
{
    public static void In(IServiceCollection services) => services.RemoveAll<IBot>();
}
