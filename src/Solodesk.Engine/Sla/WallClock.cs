namespace Solodesk.Engine.Sla;

/// <summary>From the clock on the wall to UTC, with an answer for every time that a daylight-saving change skips or repeats.</summary>
public static class WallClock
{
    /// <summary>
    /// The instant at which the clock of the zone shows <paramref name="wall"/>: the first one when the time is repeated; when it
    /// is skipped, as far after the change as the time lies after the beginning of the gap (02:30 becomes 03:30).
    /// </summary>
    /// <param name="wall">Date and time; its kind is ignored.</param>
    /// <param name="zone">The zone.</param>
    public static DateTimeOffset ToUtc(DateTime wall, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var before = OffsetAt(wall.Ticks - TimeSpan.TicksPerDay, zone);
        var after = OffsetAt(wall.Ticks + TimeSpan.TicksPerDay, zone);
        var (early, late) = before >= after ? (before, after) : (after, before);
        if (OffsetAt(wall.Ticks - early, zone) == early)
        {
            return Utc(wall.Ticks - early);
        }

        return OffsetAt(wall.Ticks - late, zone) == late ? Utc(wall.Ticks - late) : Utc(wall.Ticks - before);
    }

    /// <summary>What the clock of the zone shows.</summary>
    public static DateTime At(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    private static long OffsetAt(long utcTicks, TimeZoneInfo zone) => zone.GetUtcOffset(Utc(utcTicks)).Ticks;

    private static DateTimeOffset Utc(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
}
