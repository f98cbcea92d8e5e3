using FsCheck.Fluent;
using Solodesk.Engine.Sla;

namespace Solodesk.Engine.Tests.Sla;

public sealed class BusinessHoursProperties
{
    [Fact]
    public void Working_time_between_two_instants_agrees_with_counting_minute_by_minute() =>
        Calendars.Check(
            Prop.ForAll(
                Calendars.Hours.ToArbitrary(),
                Calendars.Instant.ToArbitrary(),
                Gen.Choose(0, 4000).ToArbitrary(),
                (hours, start, minutes) =>
                {
                    var counted = Enumerable.Range(0, minutes).Count(minute => IsWorking(hours, start.AddMinutes(minute)));
                    return hours.Between(start, start.AddMinutes(minutes)) == TimeSpan.FromMinutes(counted);
                }),
            400);

    [Fact]
    public void A_due_time_agrees_with_walking_minute_by_minute() =>
        Calendars.Check(
            Prop.ForAll(
                Calendars.Hours.ToArbitrary(),
                Calendars.Instant.ToArbitrary(),
                Gen.Choose(1, 900).ToArbitrary(),
                (hours, start, minutes) =>
                {
                    var (at, left) = (start, minutes);
                    while (left > 0)
                    {
                        left -= IsWorking(hours, at) ? 1 : 0;
                        at = at.AddMinutes(1);
                    }

                    return hours.Add(start, TimeSpan.FromMinutes(minutes)) == at;
                }),
            300);

    [Fact]
    public void What_was_added_lies_between() =>
        Calendars.Check(
            Prop.ForAll(
                Calendars.Hours.ToArbitrary(),
                Calendars.Instant.ToArbitrary(),
                Calendars.WorkingTime.ToArbitrary(),
                (hours, start, time) => hours.Between(start, hours.Add(start, time)) == time),
            1000);

    [Fact]
    public void Adding_in_two_steps_is_adding_at_once() =>
        Calendars.Check(
            Prop.ForAll(
                Calendars.Hours.ToArbitrary(),
                Calendars.Instant.ToArbitrary(),
                Calendars.WorkingTime.Two().ToArbitrary(),
                (hours, start, times) =>
                    hours.Add(hours.Add(start, times.Item1), times.Item2) == hours.Add(start, times.Item1 + times.Item2)),
            1000);

    [Fact]
    public void A_later_start_or_a_longer_promise_is_never_due_earlier() =>
        Calendars.Check(
            Prop.ForAll(
                Calendars.Hours.ToArbitrary(),
                Calendars.Instant.Two().ToArbitrary(),
                Calendars.WorkingTime.Two().ToArbitrary(),
                (hours, starts, times) =>
                {
                    var (first, second) = starts.Item1 <= starts.Item2 ? (starts.Item1, starts.Item2) : (starts.Item2, starts.Item1);
                    var (shorter, longer) = times.Item1 <= times.Item2 ? (times.Item1, times.Item2) : (times.Item2, times.Item1);
                    return hours.Add(first, shorter) <= hours.Add(second, shorter) && hours.Add(first, shorter) <= hours.Add(first, longer);
                }),
            1000);

    [Fact]
    public void Working_time_of_a_span_is_the_sum_of_its_parts() =>
        Calendars.Check(
            Prop.ForAll(
                Calendars.Hours.ToArbitrary(),
                Calendars.Instant.Three().ToArbitrary(),
                (hours, at) => hours.Between(at.Item1, at.Item2) + hours.Between(at.Item2, at.Item3) == hours.Between(at.Item1, at.Item3)),
            1000);

    [Fact]
    public void The_next_opening_is_open_and_nothing_before_it_is() =>
        Calendars.Check(
            Prop.ForAll(
                Calendars.Hours.ToArbitrary(),
                Calendars.Instant.ToArbitrary(),
                (hours, at) => hours.NextOpening(at) is { } opening
                    && opening >= at && hours.IsOpen(opening) && hours.Between(at, opening) == TimeSpan.Zero
                    && hours.IsOpen(at) == (opening == at)),
            1000);

    [Fact]
    public void A_stored_calendar_comes_back_the_same() =>
        Calendars.Check(
            Prop.ForAll(
                Calendars.Hours.ToArbitrary(),
                hours => BusinessHours.Parse(hours.ToJson()).Equals(hours) && BusinessHours.Parse(hours.ToJson()).ToJson() == hours.ToJson()),
            300);

    /// <summary>The definition, written as plainly as can be: what does the clock on the wall say?</summary>
    private static bool IsWorking(BusinessHours hours, DateTimeOffset at)
    {
        var wall = TimeZoneInfo.ConvertTime(at, hours.Zone).DateTime;
        var minute = (int)wall.TimeOfDay.TotalMinutes;
        return hours.On(DateOnly.FromDateTime(wall)).Any(interval => interval.From <= minute && minute < interval.To);
    }
}
