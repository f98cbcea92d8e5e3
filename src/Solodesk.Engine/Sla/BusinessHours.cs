using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Solodesk.Engine.Sla;

/// <summary>
/// The calendar that promises count in: weekly working intervals in a time zone, holidays on which nobody works, and
/// make-up days (调休) that work in place of a day off.
/// </summary>
/// <remarks>
/// An instant is working time when the clock on the wall of the zone shows a time inside one of the intervals of its date.
/// An hour that a daylight-saving change skips is therefore never worked, and an hour that it repeats is worked twice.
/// All results are in UTC. Immutable; two calendars are equal when they are stored alike.
/// </remarks>
[JsonConverter(typeof(BusinessHoursJson))]
public sealed partial class BusinessHours : IEquatable<BusinessHours>
{
    /// <summary>How far ahead a due time or an opening is looked for: 20 years.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(20 * 366);

    private readonly TimeZoneInfo _zone;
    private readonly WorkingInterval[][] _week = new WorkingInterval[7][];
    private readonly Dictionary<int, WorkingInterval[]> _exceptions = [];
    private readonly SortedSet<DateOnly> _holidays;
    private readonly SortedDictionary<DateOnly, IReadOnlyList<WorkingInterval>> _makeUpDays = [];

    /// <summary>Makes a calendar. Intervals may come in any order; those that touch or overlap are joined.</summary>
    /// <param name="zone">The time zone, with an IANA id.</param>
    /// <param name="week">The intervals of each weekday; a weekday that is missing is a day off.</param>
    /// <param name="holidays">Dates on which nobody works.</param>
    /// <param name="makeUpDays">Dates with hours of their own; they win over the week and over a holiday.</param>
    /// <exception cref="ArgumentException">An interval does not end after it begins, or reaches beyond its day.</exception>
    public BusinessHours(
        TimeZoneInfo zone,
        IReadOnlyDictionary<DayOfWeek, IReadOnlyList<WorkingInterval>> week,
        IEnumerable<DateOnly>? holidays = null,
        IReadOnlyDictionary<DateOnly, IReadOnlyList<WorkingInterval>>? makeUpDays = null)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(week);
        _zone = zone;
        for (var day = 0; day < 7; day++)
        {
            _week[day] = week.TryGetValue((DayOfWeek)day, out var intervals) ? Joined(intervals) : [];
        }

        _holidays = [.. holidays ?? []];
        foreach (var date in _holidays)
        {
            _exceptions[date.DayNumber] = [];
        }

        foreach (var (date, intervals) in makeUpDays ?? new Dictionary<DateOnly, IReadOnlyList<WorkingInterval>>())
        {
            var joined = Joined(intervals);
            _exceptions[date.DayNumber] = joined;
            _makeUpDays[date] = joined;
        }

        IsAlways = _exceptions.Count == 0 && _week.All(day => day is [var only] && only == WorkingInterval.WholeDay);
    }

    /// <summary>Around the clock, every day (24/7).</summary>
    public static BusinessHours Always { get; } = EveryDay(TimeZoneInfo.Utc);

    /// <summary>The zone whose clock the intervals are read on.</summary>
    public TimeZoneInfo Zone => _zone;

    /// <summary>Whether every instant is working time.</summary>
    public bool IsAlways { get; }

    /// <summary>The dates on which nobody works, in order.</summary>
    public IReadOnlyCollection<DateOnly> Holidays => _holidays;

    /// <summary>The dates with hours of their own, in order.</summary>
    public IReadOnlyDictionary<DateOnly, IReadOnlyList<WorkingInterval>> MakeUpDays => _makeUpDays;

    /// <summary>The same hours from Monday to Friday.</summary>
    /// <param name="zone">The time zone.</param>
    /// <param name="intervals">The intervals, such as <c>09:00-12:00</c> and <c>13:30-18:00</c>.</param>
    /// <exception cref="FormatException">An interval cannot be read.</exception>
    public static BusinessHours Weekdays(TimeZoneInfo zone, params IReadOnlyList<string> intervals)
    {
        IReadOnlyList<WorkingInterval> day = [.. intervals.Select(WorkingInterval.Parse)];
        return new BusinessHours(zone, Enumerable.Range(1, 5).ToDictionary(weekday => (DayOfWeek)weekday, _ => day));
    }

    /// <summary>The working intervals of a weekday, in order; empty on a day off.</summary>
    public IReadOnlyList<WorkingInterval> On(DayOfWeek day) => _week[(int)day];

    /// <summary>The working intervals of a date, holidays and make-up days considered.</summary>
    public IReadOnlyList<WorkingInterval> On(DateOnly date) => OnDay(date.DayNumber);

    /// <inheritdoc/>
    public bool Equals(BusinessHours? other) =>
        ReferenceEquals(this, other) || (other is not null && ToJson() == other.ToJson());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BusinessHours);

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    private static BusinessHours EveryDay(TimeZoneInfo zone) =>
        new(zone, Enumerable.Range(0, 7).ToDictionary(
            day => (DayOfWeek)day, IReadOnlyList<WorkingInterval> (_) => [WorkingInterval.WholeDay]));

    private static WorkingInterval[] Joined(IReadOnlyList<WorkingInterval> intervals)
    {
        var joined = new List<WorkingInterval>();
        foreach (var interval in intervals.OrderBy(each => each.From))
        {
            if (!interval.IsValid)
            {
                throw new ArgumentException($"{interval} is not an interval within one day.", nameof(intervals));
            }

            if (joined.Count > 0 && joined[^1].To >= interval.From)
            {
                joined[^1] = new WorkingInterval(joined[^1].From, Math.Max(joined[^1].To, interval.To));
            }
            else
            {
                joined.Add(interval);
            }
        }

        return [.. joined];
    }

    [SuppressMessage("Style", "IDE0046", Justification = "Two lookups read better than a nested conditional.")]
    private WorkingInterval[] OnDay(int dayNumber)
    {
        if (_exceptions.TryGetValue(dayNumber, out var exception))
        {
            return exception;
        }

        return _week[(dayNumber + 1) % 7]; // day 0, 0001-01-01, was a Monday
    }
}
