using System.Globalization;
using FsCheck.Fluent;
using Solodesk.Engine.Sla;

namespace Solodesk.Engine.Tests.Sla;

public sealed class PromiseClockTests
{
    private static readonly BusinessHours Office =
        BusinessHours.Weekdays(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), "09:00-18:00");

    private static readonly PromiseClock FourHours = new(Office, TimeSpan.FromHours(4));

    [Theory]
    [InlineData("10:00", PromiseState.Ok, 4)]
    [InlineData("13:00", PromiseState.Ok, 1)]
    [InlineData("13:30", PromiseState.Soon, 0.5)]
    [InlineData("14:00", PromiseState.Soon, 0)]
    [InlineData("15:00", PromiseState.Late, -1)]
    public void An_open_promise_goes_from_ok_to_soon_to_late(string time, PromiseState state, double hoursLeft)
    {
        var reading = FourHours.Read([Open("10:00")], At(time));

        Assert.Equal((state, TimeSpan.FromHours(hoursLeft)), (reading.State, reading.Remaining));
        Assert.Equal(At("14:00"), reading.Due);
        Assert.Equal(At("13:00"), reading.SoonAt);
    }

    [Fact]
    public void While_the_ticket_is_pending_the_clock_stands_still()
    {
        var reading = FourHours.Read([Open("10:00", "11:00"), Pending("11:00")], At("17:00"));

        Assert.Equal(new PromiseReading(PromiseState.Hold, null, null, TimeSpan.FromHours(1), TimeSpan.FromHours(3)), reading);
    }

    [Fact]
    public void After_a_pause_the_promise_is_due_later()
    {
        var reading = FourHours.Read([Open("10:00", "11:00"), Pending("11:00", "13:00"), Open("13:00")], At("13:30"));

        Assert.Equal((PromiseState.Ok, At("16:00")), (reading.State, reading.Due));
    }

    [Fact]
    public void A_promise_fulfilled_in_time_stays_kept_and_one_fulfilled_late_stays_late()
    {
        Assert.Equal(PromiseState.Kept, FourHours.Read([Open("10:00")], At("18:00"), fulfilled: At("14:00")).State);
        Assert.Equal(PromiseState.Late, FourHours.Read([Open("10:00")], At("18:00"), fulfilled: At("14:01")).State);
    }

    [Fact]
    public void A_pause_that_begins_after_the_due_time_does_not_excuse() =>
        Assert.Equal(PromiseState.Late, FourHours.Read([Open("10:00", "15:00"), Pending("15:00")], At("16:00")).State);

    [Fact]
    public void A_promise_on_a_calendar_that_never_opens_has_no_due_time()
    {
        var never = new BusinessHours(TimeZoneInfo.Utc, new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>>());

        Assert.Null(new PromiseClock(never, TimeSpan.FromHours(1)).Read([Open("10:00")], At("18:00")).Due);
    }

    [Fact]
    public void A_target_is_chosen_by_priority_and_falls_back()
    {
        var target = new SlaTarget(
            PromiseKind.FirstResponse, TimeSpan.FromHours(8), new Dictionary<string, TimeSpan> { ["urgent"] = TimeSpan.FromHours(1) });

        Assert.Equal(TimeSpan.FromHours(1), target.For("urgent"));
        Assert.Equal(TimeSpan.FromHours(8), target.For("low"));
        Assert.Equal(TimeSpan.FromHours(8), target.For(null));
        Assert.Null(new SlaTarget(PromiseKind.Resolution, null).For("urgent"));
    }

    [Fact]
    public void At_the_due_time_exactly_the_promised_time_is_used() =>
        Calendars.Check(
            Prop.ForAll(
                Calendars.Hours.ToArbitrary(),
                Calendars.Instant.ToArbitrary(),
                Gen.Choose(1, 600).ArrayOf(5).ToArbitrary(),
                (hours, start, minutes) =>
                {
                    var history = new List<StatusInterval>();
                    foreach (var (index, length) in minutes.Index())
                    {
                        var last = index == minutes.Length - 1;
                        history.Add(new StatusInterval(start, last ? null : start.AddMinutes(length), index % 2 == 0));
                        start = start.AddMinutes(length);
                    }

                    var target = TimeSpan.FromMinutes(minutes.Sum());
                    var due = new PromiseClock(hours, target).Read(history, start).Due!.Value;
                    var reading = new PromiseClock(hours, target).Read(history, due);
                    return reading.Used == target && reading.Remaining == TimeSpan.Zero && reading.State is (PromiseState.Soon or PromiseState.Hold)
                        && new PromiseClock(hours, target).Read(history, due.AddTicks(1)).State == PromiseState.Late;
                }),
            400);

    private static StatusInterval Open(string from, string? to = null) => new(At(from), to is null ? null : At(to), Counts: true);

    private static StatusInterval Pending(string from, string? to = null) => new(At(from), to is null ? null : At(to), Counts: false);

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-11-20T{time}+08:00", CultureInfo.InvariantCulture);
}
