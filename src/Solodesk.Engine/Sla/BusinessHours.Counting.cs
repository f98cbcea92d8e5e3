namespace Solodesk.Engine.Sla;

/// <content>Counting working time.</content>
public sealed partial class BusinessHours
{
    private static readonly long LastTick = DateTime.MaxValue.Ticks;

    /// <summary>The earliest instant at which <paramref name="workingTime"/> has been worked since <paramref name="start"/>.</summary>
    /// <param name="start">Where the count begins; it need not be working time.</param>
    /// <param name="workingTime">How much working time, zero or more. Zero gives <paramref name="start"/>.</param>
    /// <returns>
    /// The due time in UTC. What ends with the working day is due at its end (18:00), not at the next opening.
    /// </returns>
    /// <exception cref="NoWorkingTimeException">There is not that much working time within <see cref="Horizon"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workingTime"/> is negative.</exception>
    public DateTimeOffset Add(DateTimeOffset start, TimeSpan workingTime) =>
        TryAdd(start, workingTime, out var due) ? due : throw new NoWorkingTimeException();

    /// <summary>As <see cref="Add"/>, for callers that must not fail on a calendar without working time.</summary>
    /// <returns>Whether there is that much working time within <see cref="Horizon"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="workingTime"/> is negative.</exception>
    public bool TryAdd(DateTimeOffset start, TimeSpan workingTime, out DateTimeOffset due)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingTime, TimeSpan.Zero);
        var left = workingTime.Ticks;
        due = start.ToUniversalTime();
        if (left == 0)
        {
            return true;
        }

        foreach (var (from, to) in Spans(start.UtcTicks, LimitFrom(start.UtcTicks)))
        {
            if (to - from >= left)
            {
                due = new DateTimeOffset(from + left, TimeSpan.Zero);
                return true;
            }

            left -= to - from;
        }

        return false;
    }

    /// <summary>The working time from <paramref name="a"/> to <paramref name="b"/>; negative when b lies before a.</summary>
    public TimeSpan Between(DateTimeOffset a, DateTimeOffset b)
    {
        if (b < a)
        {
            return -Between(b, a);
        }

        var worked = 0L;
        foreach (var (from, to) in Spans(a.UtcTicks, b.UtcTicks))
        {
            worked += to - from;
        }

        return TimeSpan.FromTicks(worked);
    }

    /// <summary>Whether <paramref name="at"/> is working time. The end of an interval is not.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        var local = at.UtcTicks + OffsetAt(at.UtcTicks);
        if (!TryDay(local, out var day))
        {
            return false;
        }

        var time = local - (day * TimeSpan.TicksPerDay);
        return OnDay(day).Any(interval =>
            time >= interval.From * TimeSpan.TicksPerMinute && time < interval.To * TimeSpan.TicksPerMinute);
    }

    /// <summary>The first working instant at or after <paramref name="at"/>, in UTC: <paramref name="at"/> itself when open.</summary>
    /// <returns>Null when nothing opens within <see cref="Horizon"/>.</returns>
    public DateTimeOffset? NextOpening(DateTimeOffset at)
    {
        foreach (var (from, _) in Spans(at.UtcTicks, LimitFrom(at.UtcTicks)))
        {
            return new DateTimeOffset(from, TimeSpan.Zero);
        }

        return null;
    }

    /// <summary>
    /// The working spans in [<paramref name="start"/>, <paramref name="until"/>), in order, in UTC ticks. A long span may come in pieces.
    /// </summary>
    /// <remarks>
    /// Walks stretches of at most a day on which the zone's offset stands still: within one, the wall clock and UTC run
    /// alike, so dates may be read off without asking whether a local time is skipped or repeated. Two changes of offset
    /// within one day that cancel each other would be missed; no zone has had them.
    /// </remarks>
    private IEnumerable<(long From, long To)> Spans(long start, long until)
    {
        if (IsAlways)
        {
            if (start < until)
            {
                yield return (start, until);
            }

            yield break;
        }

        var offset = OffsetAt(start);
        while (start < until)
        {
            var end = Math.Min(until, start + TimeSpan.TicksPerDay);
            var nextOffset = OffsetAt(end);
            if (nextOffset != offset)
            {
                end = ChangeOfOffset(start, end, offset);
                nextOffset = OffsetAt(end);
            }

            if (TryDay(start + offset, out var day) && TryDay(end - 1 + offset, out var lastDay))
            {
                for (; day <= lastDay; day++)
                {
                    var midnight = (day * TimeSpan.TicksPerDay) - offset;
                    foreach (var interval in OnDay(day))
                    {
                        var from = Math.Max(start, midnight + (interval.From * TimeSpan.TicksPerMinute));
                        var to = Math.Min(end, midnight + (interval.To * TimeSpan.TicksPerMinute));
                        if (from < to)
                        {
                            yield return (from, to);
                        }
                    }
                }
            }

            start = end;
            offset = nextOffset;
        }
    }

    /// <summary>The first tick in (<paramref name="same"/>, <paramref name="different"/>] at which the offset is another one.</summary>
    private long ChangeOfOffset(long same, long different, long offset)
    {
        while (different - same > 1)
        {
            var middle = same + ((different - same) / 2);
            if (OffsetAt(middle) == offset)
            {
                same = middle;
            }
            else
            {
                different = middle;
            }
        }

        return different;
    }

    private long LimitFrom(long start)
    {
        var limit = start > LastTick - Horizon.Ticks ? LastTick : start + Horizon.Ticks;
        if (_week.Any(day => day.Length > 0))
        {
            return limit;
        }

        // Without weekly hours only make-up days can work: nothing opens after the last of them (in whatever offset).
        var last = _makeUpDays.Count == 0 ? 0 : (_makeUpDays.Keys.Last().DayNumber + 2L) * TimeSpan.TicksPerDay;
        return Math.Min(limit, last);
    }

    private long OffsetAt(long utcTicks) => _zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks;

    private static bool TryDay(long localTicks, out int day)
    {
        day = (int)(localTicks / TimeSpan.TicksPerDay);
        return localTicks >= 0 && localTicks <= LastTick;
    }
}
