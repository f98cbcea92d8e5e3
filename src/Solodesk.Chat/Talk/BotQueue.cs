using System.Threading.Channels;

namespace Solodesk.Chat.Talk;

/// <summary>Conversations in which the bot owes an answer. A restart finds them again by their column.</summary>
internal sealed class BotQueue
{
    private readonly Channel<Guid> _due = Channel.CreateBounded<Guid>(new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Ask(Guid conversation) => _due.Writer.TryWrite(conversation);

    public IAsyncEnumerable<Guid> ReadAsync(CancellationToken ct) => _due.Reader.ReadAllAsync(ct);
}
