namespace Solodesk.Chat.Protocol;

/// <summary>The desk's own services, which outlive a request: a widget may stay for hours and must not hold a request's scope by its services.</summary>
internal sealed class ChatRoot(IServiceProvider services)
{
    public IServiceProvider Services => services;
}
