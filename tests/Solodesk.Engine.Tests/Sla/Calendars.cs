using FsCheck;
using FsCheck.Fluent;
using Solodesk.Engine.Sla;

namespace Solodesk.Engine.Tests.Sla;

/// <summary>Random calendars and instants around the daylight-saving changes of 2026.</summary>
internal static class Calendars
{
    public static readonly string[] Zones =
        ["UTC", "Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "America/Havana", "Asia/Kathmandu"];

    /// <summary>Dates near which clocks change somewhere, and one quiet date.</summary>
    private static readonly DateOnly[] Anchors =
    [
        new(2026, 3, 8), new(2026, 3, 29), new(2026, 4, 5), new(2026, 10, 4), new(2026, 10, 25), new(2026, 11, 1), new(2026, 7, 1),
    ];

    public static Gen<DateOnly> Date { get; } =
        from anchor in Gen.Elements(Anchors)
        from days in Gen.Choose(-4, 4)
        select anchor.AddDays(days);

    public static Gen<DateTimeOffset> Instant { get; } =
        from date in Date
        from minute in Gen.Choose(-1440, 2 * 1440)
        select new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMinutes(minute);

    public static Gen<TimeSpan> WorkingTime { get; } = Gen.Choose(0, 3000).Select(minutes => TimeSpan.FromMinutes(minutes));

    private static Gen<WorkingInterval> Interval { get; } =
        from a in Gen.Choose(0, 1439)
        from length in Gen.Choose(1, 1440)
        select new WorkingInterval(a, Math.Min(1440, a + length));

    private static Gen<WorkingInterval[]> Day { get; } = Gen.Frequency(
        (1, Gen.Constant(Array.Empty<WorkingInterval>())),
        (1, Gen.Constant(new[] { WorkingInterval.WholeDay })),
        (2, Gen.Elements("01:00-02:30", "02:00-03:00", "22:00-24:00", "00:00-01:00", "09:00-18:00").Select(text => new[] { WorkingInterval.Parse(text) })),
        (3, Gen.Choose(1, 3).SelectMany(count => Interval.ArrayOf(count))));

    public static Gen<BusinessHours> Hours { get; } =
        from zone in Gen.Elements(Zones)
        from week in Day.ArrayOf(7)
        from works in Gen.Choose(0, 6)
        from holidays in Date.ArrayOf(3)
        from makeUp in Date.ArrayOf(2)
        from makeUpDays in Day.ArrayOf(2)
        select new BusinessHours(
            TimeZoneInfo.FindSystemTimeZoneById(zone),
            Enumerable.Range(0, 7).ToDictionary(
                day => (DayOfWeek)day,
                // one day always works, so that every due time exists
                IReadOnlyList<WorkingInterval> (day) => day == works && week[day].Length == 0 ? [new WorkingInterval(600, 720)] : week[day]),
            holidays,
            makeUp.Distinct().Zip(makeUpDays).ToDictionary(pair => pair.First, IReadOnlyList<WorkingInterval> (pair) => pair.Second));

    public static void Check(Property property, int times) => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(times), property);
}
