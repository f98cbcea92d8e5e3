using Microsoft.Extensions.Configuration;

namespace Solodesk.Chat.Settings;

/// <summary>How much one visitor or one address may do. The operator's matter: <c>--Chat:SocketsPerAddress 10000</c>.</summary>
internal sealed class ChatLimits(IConfiguration configuration)
{
    /// <summary>Messages that may come at once; then as many a minute as <see cref="MessagesPerMinute"/>.</summary>
    public int Burst { get; } = configuration.GetValue("Chat:Burst", 20);

    public int MessagesPerMinute { get; } = configuration.GetValue("Chat:MessagesPerMinute", 60);

    /// <summary>New conversations from one address in ten minutes.</summary>
    public int NewConversations { get; } = configuration.GetValue("Chat:NewConversations", 20);

    /// <summary>Files of one address in ten minutes.</summary>
    public int Files { get; } = configuration.GetValue("Chat:Files", 40);

    /// <summary>Looks for articles while somebody types, from one address in ten minutes.</summary>
    public int LookUps { get; } = configuration.GetValue("Chat:LookUps", 1200);

    /// <summary>Open widgets of one address: an office behind one address is many people.</summary>
    public int SocketsPerAddress { get; } = configuration.GetValue("Chat:SocketsPerAddress", 300);
}
