using System.Globalization;
using System.Text.Json;
using Solodesk.Engine.Sla;

namespace Solodesk.Engine.Tests.Sla;

public sealed class BusinessHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly BusinessHours Office = BusinessHours.Weekdays(Shanghai, "09:00-12:00", "13:30-18:00");

    [Fact]
    public void Four_hours_promised_on_friday_afternoon_are_due_on_monday_morning() =>
        Assert.Equal(At("2026-11-23T10:00+08:00"), Office.Add(At("2026-11-20T15:00+08:00"), TimeSpan.FromHours(4)));

    [Fact]
    public void The_lunch_break_does_not_count() =>
        Assert.Equal(TimeSpan.FromHours(1), Office.Between(At("2026-11-20T11:30+08:00"), At("2026-11-20T14:00+08:00")));

    [Fact]
    public void What_ends_with_the_day_is_due_at_its_end() =>
        Assert.Equal(At("2026-11-20T18:00+08:00"), Office.Add(At("2026-11-20T17:00+08:00"), TimeSpan.FromHours(1)));

    [Fact]
    public void A_make_up_saturday_works_and_a_holiday_does_not()
    {
        // The National Day of 2026: 1 to 7 October off, Saturday 10 October worked instead.
        var hours = new BusinessHours(
            Shanghai,
            Enumerable.Range(1, 5).ToDictionary(day => (DayOfWeek)day, IReadOnlyList<WorkingInterval> (_) => [WorkingInterval.Parse("09:00-18:00")]),
            Enumerable.Range(1, 7).Select(day => new DateOnly(2026, 10, day)),
            new Dictionary<DateOnly, IReadOnlyList<WorkingInterval>> { [new(2026, 10, 10)] = [WorkingInterval.Parse("09:00-18:00")] });

        Assert.Equal(At("2026-10-08T10:00+08:00"), hours.Add(At("2026-09-30T17:00+08:00"), TimeSpan.FromHours(2)));
        Assert.True(hours.IsOpen(At("2026-10-10T10:00+08:00")));
        Assert.False(hours.IsOpen(At("2026-10-11T10:00+08:00")));
        Assert.Equal(At("2026-10-10T09:00+08:00"), hours.NextOpening(At("2026-10-09T18:00+08:00")));
    }

    [Fact]
    public void A_make_up_day_wins_over_a_holiday_on_the_same_date()
    {
        var date = new DateOnly(2026, 10, 10);
        var hours = new BusinessHours(
            Shanghai, new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>>(), [date],
            new Dictionary<DateOnly, IReadOnlyList<WorkingInterval>> { [date] = [WorkingInterval.Parse("09:00-10:00")] });

        Assert.True(hours.IsOpen(At("2026-10-10T09:30+08:00")));
    }

    [Fact]
    public void A_night_without_its_third_hour_is_an_hour_shorter()
    {
        var nights = Nights();

        Assert.Equal(TimeSpan.FromHours(5), nights.Between(At("2026-03-29T00:00+01:00"), At("2026-03-29T06:00+02:00")));
        Assert.Equal(TimeSpan.FromHours(7), nights.Between(At("2026-10-25T00:00+02:00"), At("2026-10-25T06:00+01:00")));
    }

    [Fact]
    public void An_interval_that_lies_in_the_skipped_hour_is_never_worked_and_in_the_repeated_hour_twice()
    {
        var hours = EveryDay("02:00-03:00");

        Assert.Equal(TimeSpan.Zero, hours.Between(At("2026-03-29T00:00+01:00"), At("2026-03-30T00:00+02:00")));
        Assert.Equal(TimeSpan.FromHours(2), hours.Between(At("2026-10-25T00:00+02:00"), At("2026-10-26T00:00+01:00")));
    }

    [Fact]
    public void Around_the_clock_every_hour_counts()
    {
        var start = At("2026-03-28T12:00+01:00");

        Assert.Equal(start.AddHours(48), BusinessHours.Always.Add(start, TimeSpan.FromHours(48)));
        Assert.True(BusinessHours.Always.IsOpen(start));
        Assert.True(BusinessHours.Parse(BusinessHours.Always.ToJson()).IsAlways);
    }

    [Fact]
    public void A_calendar_without_working_time_says_so_at_once()
    {
        var never = new BusinessHours(Berlin, new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>>());
        var now = At("2026-11-20T15:00+08:00");

        Assert.Throws<NoWorkingTimeException>(() => never.Add(now, TimeSpan.FromMinutes(1)));
        Assert.False(never.TryAdd(now, TimeSpan.FromMinutes(1), out _));
        Assert.Null(never.NextOpening(now));
        Assert.Equal(now, never.Add(now, TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, never.Between(now, now.AddYears(1)));
    }

    [Fact]
    public void The_ends_of_the_calendar_of_the_framework_are_not_overrun()
    {
        Assert.Throws<NoWorkingTimeException>(() => Office.Add(DateTimeOffset.MaxValue.AddDays(-1), TimeSpan.FromDays(9)));
        Assert.Throws<NoWorkingTimeException>(() => Office.Add(At("2026-11-20T15:00+08:00"), TimeSpan.MaxValue));
        Assert.False(Office.IsOpen(DateTimeOffset.MaxValue));
        Assert.NotNull(Office.NextOpening(DateTimeOffset.MinValue));
    }

    [Fact]
    public void A_negative_promise_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Office.Add(At("2026-11-20T15:00+08:00"), TimeSpan.FromHours(-1)));

    [Fact]
    public void Backwards_in_time_the_working_time_is_negative() =>
        Assert.Equal(TimeSpan.FromHours(-1), Office.Between(At("2026-11-20T11:00+08:00"), At("2026-11-20T10:00+08:00")));

    [Fact]
    public void The_stored_form_is_stable()
    {
        const string Stored =
            """{"zone":"Asia/Shanghai","week":{"mon":["09:00-12:00","13:30-24:00"],"sat":["10:00-12:00"]},"holidays":["2026-10-01"],"makeUpDays":{"2026-10-10":["09:00-18:00"]}}""";

        Assert.Equal(Stored, BusinessHours.Parse(Stored).ToJson());
        Assert.Equal(BusinessHours.Parse(Stored), JsonSerializer.Deserialize<BusinessHours>(Stored));
    }

    [Fact]
    public void Intervals_that_overlap_or_touch_are_joined()
    {
        var hours = BusinessHours.Parse("""{"zone":"UTC","week":{"mon":["11:00-12:00","09:00-10:00","10:00-11:30"]}}""");

        Assert.Equal([WorkingInterval.Parse("09:00-12:00")], hours.On(DayOfWeek.Monday));
    }

    [Theory]
    [InlineData("""{"zone":"Mars/Olympus","week":{}}""", "Mars/Olympus")]
    [InlineData("""{"week":{}}""", "time zone")]
    [InlineData("""{"zone":"UTC","week":{"moon":[]}}""", "moon")]
    [InlineData("""{"zone":"UTC","week":{"mon":["18:00-09:00"]}}""", "18:00-09:00")]
    [InlineData("""{"zone":"UTC","week":{"mon":["09:00-24:01"]}}""", "24:01")]
    [InlineData("""{"zone":"UTC","week":{"mon":["09:60-10:00"]}}""", "09:60")]
    [InlineData("""{"zone":"UTC","week":{"mon":"09:00-10:00"}}""", "mon")]
    [InlineData("""{"zone":"UTC","holidays":["2026-02-30"]}""", "2026-02-30")]
    [InlineData("""{"zone":"UTC","holidays":[5]}""", "5")]
    [InlineData("""{"zone":"UTC","makeUpDays":{"soon":[]}}""", "soon")]
    [InlineData("[]", "object")]
    [InlineData("null", "object")]
    [InlineData("{", "")]
    public void A_mistake_in_a_stored_calendar_is_named(string json, string named)
    {
        Assert.False(BusinessHours.TryParse(json, out _, out var error));
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => BusinessHours.Parse(json));
    }

    private static BusinessHours Nights() => EveryDay("00:00-06:00");

    private static BusinessHours EveryDay(string interval) => new(
        Berlin,
        Enum.GetValues<DayOfWeek>().ToDictionary(day => day, IReadOnlyList<WorkingInterval> (_) => [WorkingInterval.Parse(interval)]));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
