namespace Solodesk.Engine.Sla;

/// <summary>
/// Reads one promise from the history of a ticket: when it is due, what is left, and how it stands.
/// </summary>
/// <param name="hours">The calendar that the promise counts in.</param>
/// <param name="target">The working time promised, greater than zero.</param>
/// <remarks>
/// The clock starts with the first interval and counts only what lies in intervals that count. A later change of status
/// gives a new due time, so the due time is stored in a column and computed anew with every change of status.
/// </remarks>
public sealed class PromiseClock(BusinessHours hours, TimeSpan target)
{
    private readonly TimeSpan _target = target > TimeSpan.Zero
        ? target
        : throw new ArgumentOutOfRangeException(nameof(target), "A promise needs working time.");

    /// <summary>Reads the clock.</summary>
    /// <param name="history">The statuses since the promise was made, in order and without overlap; what lies between two does not count.</param>
    /// <param name="now">The instant of the reading.</param>
    /// <param name="fulfilled">When the promise was fulfilled; null while it is open.</param>
    public PromiseReading Read(IReadOnlyList<StatusInterval> history, DateTimeOffset now, DateTimeOffset? fulfilled = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        var end = fulfilled ?? now;
        var used = UsedUntil(history, end);
        var remaining = _target - used;
        var due = WhenUsed(history, _target);
        return new PromiseReading(
            State(history, end, due, remaining, fulfilled is not null),
            due,
            WhenUsed(history, _target - (_target / 4)),
            used,
            remaining);
    }

    private PromiseState State(
        IReadOnlyList<StatusInterval> history, DateTimeOffset end, DateTimeOffset? due, TimeSpan remaining, bool fulfilled)
    {
        if (due is not null && end > due)
        {
            return PromiseState.Late;
        }

        if (fulfilled)
        {
            return PromiseState.Kept;
        }

        if (!RunsAt(history, end))
        {
            return PromiseState.Hold;
        }

        return remaining < _target / 4 ? PromiseState.Soon : PromiseState.Ok;
    }

    private TimeSpan UsedUntil(IReadOnlyList<StatusInterval> history, DateTimeOffset end)
    {
        var used = TimeSpan.Zero;
        foreach (var interval in history)
        {
            var to = interval.To is { } ended && ended < end ? ended : end;
            if (interval.Counts && to > interval.From)
            {
                used += hours.Between(interval.From, to);
            }
        }

        return used;
    }

    /// <summary>When the given working time was or will be used up, if nothing changes after the history.</summary>
    private DateTimeOffset? WhenUsed(IReadOnlyList<StatusInterval> history, TimeSpan time)
    {
        var left = time;
        foreach (var interval in history)
        {
            if (!interval.Counts)
            {
                continue;
            }

            var worked = interval.To is { } to ? hours.Between(interval.From, to) : TimeSpan.MaxValue;
            if (worked >= left)
            {
                return hours.TryAdd(interval.From, left, out var at) ? at : null;
            }

            left -= worked;
        }

        return null;
    }

    private static bool RunsAt(IReadOnlyList<StatusInterval> history, DateTimeOffset at) =>
        history.Any(interval => interval.Counts && interval.From <= at && (interval.To is null || at < interval.To));
}
