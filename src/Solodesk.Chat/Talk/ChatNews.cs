using System.Collections.Concurrent;

namespace Solodesk.Chat.Talk;

/// <summary>Remembers the newest messages that this process gave their line, so that nobody looks for it again.</summary>
internal sealed class ChatNews
{
    private const int Kept = 8192;
    private readonly ConcurrentDictionary<Guid, bool> _known = new();
    private readonly ConcurrentQueue<Guid> _order = new();

    public void Lined(Guid message)
    {
        if (_known.TryAdd(message, true))
        {
            _order.Enqueue(message);
            if (_order.Count > Kept && _order.TryDequeue(out var oldest))
            {
                _known.TryRemove(oldest, out _);
            }
        }
    }

    public bool IsLined(Guid message) => _known.ContainsKey(message);
}
