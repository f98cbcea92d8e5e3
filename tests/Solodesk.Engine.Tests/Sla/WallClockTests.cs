using System.Globalization;
using FsCheck.Fluent;
using Solodesk.Engine.Sla;

namespace Solodesk.Engine.Tests.Sla;

public sealed class WallClockTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T01:59", "2026-03-29T01:59+01:00")]
    [InlineData("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T03:30+02:00")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T02:30+02:00")]
    [InlineData("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T03:00+01:00")]
    [InlineData("America/Havana", "2026-03-08T00:00", "2026-03-08T01:00-04:00")]
    [InlineData("America/Havana", "2026-11-01T00:30", "2026-11-01T00:30-04:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T02:45+11:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-05T01:45+11:00")]
    [InlineData("Asia/Shanghai", "2026-11-20T09:00", "2026-11-20T09:00+08:00")]
    public void A_skipped_time_comes_after_the_gap_and_a_repeated_time_is_the_first(string zone, string wall, string instant) =>
        Assert.Equal(
            DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture),
            WallClock.ToUtc(DateTime.Parse(wall, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void What_the_clock_shows_leads_back_to_the_instant_or_to_its_first_showing() => Calendars.Check(
        Prop.ForAll(Calendars.Instant.ToArbitrary(), Gen.Elements(Calendars.Zones).ToArbitrary(), (instant, zone) =>
        {
            var found = TimeZoneInfo.FindSystemTimeZoneById(zone);
            var back = WallClock.ToUtc(WallClock.At(instant, found), found);
            return back <= instant && WallClock.At(back, found) == WallClock.At(instant, found);
        }),
        2000);

    [Fact]
    public void The_ends_of_time_are_not_overrun()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

        Assert.Equal(DateTimeOffset.MinValue, WallClock.ToUtc(DateTime.MinValue, zone));
        Assert.True(WallClock.ToUtc(DateTime.MaxValue, zone) > DateTimeOffset.MaxValue.AddDays(-1));
    }
}
