using System.Collections.Concurrent;

namespace Solodesk.Data;

/// <summary>
/// What every page asks for and little writing touches (views, categories, the navigation's counts), kept in memory until anything is
/// written, and for some seconds at most: the time goes on, and a program beside this one may write too.
/// </summary>
/// <remarks>What is kept is shared by all who ask: it must not be changed.</remarks>
public sealed class RecentReads
{
    private readonly TimeProvider _clock;

    /// <summary>Other nodes tell only what happens to tickets; where there may be some, nothing is trusted for long.</summary>
    private readonly TimeSpan _longest;

    private readonly ConcurrentDictionary<(string Name, Guid? Of), Kept> _kept = new();
    private long _written;

    public RecentReads(IDatabase database, TimeProvider clock)
    {
        _clock = clock;
        _longest = TimeSpan.FromSeconds(database.OneWriter ? 10 : 1);
        database.WriteEnded += Forget;
    }

    /// <summary>Something was committed: whoever asks from now on must see it.</summary>
    public void Forget() => Interlocked.Increment(ref _written);

    /// <param name="name">What is read.</param>
    /// <param name="of">For whom; null when it is the same for everybody.</param>
    /// <param name="read">Reads it from the database, through a context of its own: a transaction's own writes are not for others to see.</param>
    /// <param name="ct">Ends the reading.</param>
    public async ValueTask<T> ReadAsync<T>(string name, Guid? of, Func<CancellationToken, Task<T>> read, CancellationToken ct) where T : class
    {
        var now = _clock.GetUtcNow();
        // Before the reading: a commit while it lasts may or may not be in it.
        var written = Interlocked.Read(ref _written);
        if (_kept.TryGetValue((name, of), out var kept) && kept.Written == written && now >= kept.At && now - kept.At < _longest)
        {
            return (T)kept.Value;
        }

        var value = await read(ct);
        _kept[(name, of)] = new Kept(value, written, now);
        return value;
    }

    private sealed record Kept(object Value, long Written, DateTimeOffset At);
}
