using System.Globalization;
using Solodesk.Engine.Sla;

namespace Solodesk.Setup.Demo;

/// <summary>When people write: growth over the year, weekdays, launches, 双十一, exams, the quiet of the New Year; and when the founder is there.</summary>
internal sealed class DemoCalendar(DateOnly today)
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly ChineseLunisolarCalendar Lunar = new();

    // Days since a release, and how many times the usual mail that day brought.
    private static readonly double[] AfterLaunch = [2.6, 2.9, 2.2, 1.8, 1.5, 1.3, 1.2];

    public DateOnly Today => today;

    /// <summary>Releases: 3.0 nine months ago, then 3.1 and 3.2.</summary>
    public IReadOnlyList<(DateOnly Day, string Version)> Launches { get; } =
        [(today.AddDays(-286), "3.0.0"), (today.AddDays(-163), "3.1.0"), (today.AddDays(-41), "3.2.0")];

    public static BusinessHours Hours(DateOnly today) => new(
        Shanghai,
        new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>>
        {
            [DayOfWeek.Monday] = Day(),
            [DayOfWeek.Tuesday] = Day(),
            [DayOfWeek.Wednesday] = Day(),
            [DayOfWeek.Thursday] = Day(),
            [DayOfWeek.Friday] = Day(),
            [DayOfWeek.Saturday] = [Interval("09:30-12:00")],
        },
        Enumerable.Range(today.Year - 1, 3).SelectMany(Holidays).ToList());

    /// <summary>How much mail a day brings compared with the others.</summary>
    public double Weight(DateOnly day)
    {
        double[] week = [0.55, 1.2, 1.12, 1.08, 1.05, 0.95, 0.62];
        var weight = week[(int)day.DayOfWeek] * (1.25 - ((today.DayNumber - day.DayNumber) / 365.0 * 0.55));
        foreach (var (launch, _) in Launches)
        {
            var after = day.DayNumber - launch.DayNumber;
            weight *= after >= 0 && after < AfterLaunch.Length ? AfterLaunch[after] : 1;
        }

        return weight * (IsSale(day) ? 2.1 : 1) * (IsExam(day) ? 1.25 : 1) * (IsLull(day) ? 0.22 : 1) * (day is { Month: 10, Day: <= 5 } ? 0.5 : 1);
    }

    public bool IsLaunch(DateOnly day) => Launches.Any(l => day.DayNumber - l.Day.DayNumber is >= 0 and < 10);

    public static bool IsSale(DateOnly day) => day is { Month: 11, Day: >= 9 and <= 13 } or { Month: 6, Day: >= 16 and <= 19 };

    public static bool IsExam(DateOnly day) => day is { Month: 6, Day: <= 24 } or { Month: 12, Day: >= 12 } or { Month: 1, Day: <= 8 };

    public static bool IsLull(DateOnly day) => NewYear(day.Year) is var first && day >= first.AddDays(-2) && day <= first.AddDays(6);

    public bool Is(string? peak, DateOnly day) => peak switch
    {
        "launch" => IsLaunch(day),
        "sale" => IsSale(day),
        "exam" => IsExam(day),
        "term" => day is { Month: 9, Day: <= 20 } or { Month: 2, Day: >= 15 } or { Month: 3, Day: <= 8 },
        "yearend" => day is { Month: 12, Day: >= 10 } or { Month: 1, Day: <= 15 },
        _ => false,
    };

    /// <summary>The version that was newest then.</summary>
    public string Version(DateOnly day, DemoRandom chance)
    {
        var last = Launches.LastOrDefault(l => l.Day <= day);
        var (main, since) = last.Version is null ? ("2.9", 6) : (last.Version[..3], (day.DayNumber - last.Day.DayNumber) / 21);
        return $"{main}.{Math.Max(0, Math.Min(since, 6) - (chance.Chance(0.3) ? 1 : 0))}";
    }

    /// <summary>A moment of a day at which somebody in that zone would write: mornings, after lunch, evenings most of all.</summary>
    public static DateTimeOffset Moment(DateOnly day, TimeZoneInfo zone, DemoRandom chance)
    {
        double[] hours = [0.7, 0.3, 0.1, 0.05, 0.05, 0.1, 0.4, 1.2, 2.6, 4.4, 5.2, 4.4, 2.6, 3.2, 4.2, 4.1, 3.8, 3.0, 2.5, 3.2, 4.6, 5.0, 3.9, 1.9];
        var hour = chance.Weighted(Enumerable.Range(0, 24).ToList(), h => hours[h]);
        var local = day.ToDateTime(new TimeOnly(hour, chance.Between(0, 59), chance.Between(0, 59)));
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Shanghai).DateTime);

    public static DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Shanghai).DateTime;

    /// <summary>When the founder answers what came at that time: mostly within the day, some evenings at once.</summary>
    public static DateTimeOffset Answered(DateTimeOffset at, bool live, BusinessHours hours, DemoRandom chance)
    {
        var clock = Local(at);
        if (clock.Hour is 20 or 21 && chance.Chance(live ? 0.7 : 0.22))
        {
            return at.AddSeconds(chance.Between(200, 2600));
        }

        var wait = live ? 0.02 + (chance.Next() * 0.2) : Math.Min(6.6, 0.12 - (Math.Log(1 - chance.Next()) * 2.1));
        return hours.Add(at, TimeSpan.FromHours(wait)).AddSeconds(chance.Between(1, 59));
    }

    /// <summary>The latest moment from which as much working time has passed until now.</summary>
    public static DateTimeOffset Before(DateTimeOffset now, TimeSpan worked, BusinessHours hours)
    {
        var (early, late) = (now.AddDays(-40), now);
        while (late - early > TimeSpan.FromSeconds(1))
        {
            var middle = early + ((late - early) / 2);
            (early, late) = hours.Between(middle, now) >= worked ? (middle, late) : (early, middle);
        }

        return new DateTimeOffset(early.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
    }

    private static IReadOnlyList<WorkingInterval> Day() => [Interval("09:30-18:30")];

    private static WorkingInterval Interval(string text)
        => WorkingInterval.TryParse(text, out var interval) ? interval : throw new FormatException(text);

    private static IEnumerable<DateOnly> Holidays(int year)
        => [new(year, 1, 1), .. Enumerable.Range(-1, 5).Select(NewYear(year).AddDays), new(year, 5, 1), new(year, 10, 1), new(year, 10, 2), new(year, 10, 3)];

    // The first day of the first month of the traditional calendar.
    private static DateOnly NewYear(int year) => DateOnly.FromDateTime(Lunar.ToDateTime(year, 1, 1, 0, 0, 0, 0));
}
