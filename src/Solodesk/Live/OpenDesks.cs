using System.Collections.Concurrent;

namespace Solodesk.Live;

/// <summary>Whether somebody has the desk open, on this node: what a channel that talks live says about who is there.</summary>
public sealed class OpenDesks(TimeProvider clock)
{
    // Between two pages nobody is gone.
    private static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(15);
    private DateTimeOffset _closed = DateTimeOffset.MinValue;
    private readonly ConcurrentDictionary<string, bool> _open = new(StringComparer.Ordinal);

    /// <summary>The first page was opened, or the last one closed.</summary>
    public event Action? Changed;

    public bool Any => !_open.IsEmpty || clock.GetUtcNow() - _closed < BetweenPages;

    internal void Opened(string connection)
    {
        var first = !Any;
        _open[connection] = true;
        if (first)
        {
            Changed?.Invoke();
        }
    }

    internal void Closed(string connection)
    {
        if (_open.TryRemove(connection, out _) && _open.IsEmpty)
        {
            _closed = clock.GetUtcNow();
            _ = LeaveAsync();
        }
    }

    private async Task LeaveAsync()
    {
        await Task.Delay(BetweenPages + TimeSpan.FromSeconds(1), clock, CancellationToken.None);
        if (!Any)
        {
            Changed?.Invoke();
        }
    }
}
