using Solodesk.Live;

namespace Solodesk.Tickets;

/// <summary>
/// The numbers in the navigation, which every page shows: counted once and kept until anything happens to any ticket, on this node or
/// another, or for some seconds.
/// </summary>
public sealed class KnownCounts : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);
    private readonly LiveFeed _live;
    private readonly TimeProvider _clock;
    private long _change;
    private Known? _known;

    public KnownCounts(LiveFeed live, TimeProvider clock)
    {
        _live = live;
        _clock = clock;
        _live.Changed += Forget;
    }

    private sealed record Known(CountTickets.Counts Counts, long Change, DateTimeOffset Until);

    public async Task<CountTickets.Counts> ReadAsync(Func<Task<CountTickets.Counts>> count)
    {
        var change = Interlocked.Read(ref _change);
        if (Volatile.Read(ref _known) is { } known && known.Change == change && known.Until > _clock.GetUtcNow())
        {
            return known.Counts;
        }

        // Kept under the number of the change before counting: one that comes meanwhile makes it old at once.
        var counts = await count();
        Volatile.Write(ref _known, new Known(counts, change, _clock.GetUtcNow() + Kept));
        return counts;
    }

    public void Dispose() => _live.Changed -= Forget;

    private void Forget(IReadOnlyList<LiveChange> changes) => Interlocked.Increment(ref _change);
}
