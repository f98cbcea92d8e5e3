using System.Globalization;
using Solodesk.Engine.Sla;

namespace Solodesk.Engine.Conditions;

/// <summary>
/// A date as a condition writes it, as a stretch of time. The forms are a day (<c>2026-11-21</c>), a time on the wall clock
/// (<c>2026-11-21T10:00</c>), an instant (<c>2026-11-21T10:00:00Z</c>, <c>…+08:00</c>), <c>now</c>, and the names of
/// <see cref="Names"/>, such as <c>today</c> and <c>lastWeek</c>. Years run from 1900 to 2200.
/// </summary>
public static class DateValue
{
    /// <summary>PostgreSQL stores microseconds: an instant is one of them long, in C# as in SQL.</summary>
    internal static readonly TimeSpan Instant = TimeSpan.FromMicroseconds(1);

    private static readonly string[] WallFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    private static readonly string[] ZonedFormats =
        ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary>The names of relative dates, with what people see.</summary>
    public static IReadOnlyDictionary<string, LocalText> Names { get; } = new Dictionary<string, LocalText>(StringComparer.Ordinal)
    {
        ["now"] = new("现在", "now"),
        ["today"] = new("今天", "today"),
        ["yesterday"] = new("昨天", "yesterday"),
        ["tomorrow"] = new("明天", "tomorrow"),
        ["thisWeek"] = new("本周", "this week"),
        ["lastWeek"] = new("上周", "last week"),
        ["nextWeek"] = new("下周", "next week"),
        ["thisMonth"] = new("本月", "this month"),
        ["lastMonth"] = new("上月", "last month"),
        ["nextMonth"] = new("下月", "next month"),
        ["thisYear"] = new("今年", "this year"),
        ["lastYear"] = new("去年", "last year"),
    };

    /// <summary>The stretch [From, To) that a date names, in UTC; null when it is no date.</summary>
    public static (DateTimeOffset From, DateTimeOffset To)? Resolve(string text, ConditionContext context)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(context);
        var culture = CultureInfo.InvariantCulture;
        if (text == "now")
        {
            return At(context.Now);
        }

        if (Names.ContainsKey(text))
        {
            var (first, next) = Named(text, DateOnly.FromDateTime(WallClock.At(context.Now, context.Zone)), context.WeekStart);
            return (Start(first, context.Zone), Start(next, context.Zone));
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var day))
        {
            return InRange(day.Year) ? (Start(day, context.Zone), Start(day.AddDays(1), context.Zone)) : null;
        }

        if (DateTime.TryParseExact(text, WallFormats, culture, DateTimeStyles.None, out var wall))
        {
            return InRange(wall.Year) ? At(WallClock.ToUtc(wall, context.Zone)) : null;
        }

        // "zzz" does not read the Z of UTC
        var zoned = text.EndsWith('Z') ? text[..^1] + "+00:00" : text;
        return DateTimeOffset.TryParseExact(zoned, ZonedFormats, culture, DateTimeStyles.None, out var instant) && InRange(instant.Year)
            ? At(instant)
            : null;
    }

    /// <summary>Now in UTC and whole microseconds.</summary>
    internal static DateTimeOffset Now(ConditionContext context) => At(context.Now).From;

    /// <summary>The instant a span before (negative) or after now; days and weeks are counted on the wall clock.</summary>
    internal static DateTimeOffset Away(SpanValue span, int sign, ConditionContext context) => span.Unit switch
    {
        SpanUnit.Minutes => Now(context).AddMinutes(sign * span.Amount),
        SpanUnit.Hours => Now(context).AddHours(sign * span.Amount),
        SpanUnit.Days => DaysAway(sign * span.Amount, context),
        SpanUnit.Weeks => DaysAway(sign * span.Amount * 7, context),
        _ => throw new ArgumentOutOfRangeException(nameof(span)),
    };

    private static DateTimeOffset DaysAway(int days, ConditionContext context) =>
        WallClock.ToUtc(WallClock.At(Now(context), context.Zone).AddDays(days), context.Zone);

    private static (DateTimeOffset From, DateTimeOffset To) At(DateTimeOffset instant)
    {
        var from = new DateTimeOffset(instant.UtcTicks - (instant.UtcTicks % Instant.Ticks), TimeSpan.Zero);
        return (from, from + Instant);
    }

    private static (DateOnly First, DateOnly Next) Named(string name, DateOnly today, DayOfWeek weekStart)
    {
        var week = today.AddDays(-(((int)today.DayOfWeek - (int)weekStart + 7) % 7));
        var month = new DateOnly(today.Year, today.Month, 1);
        var year = new DateOnly(today.Year, 1, 1);
        return name switch
        {
            "yesterday" => (today.AddDays(-1), today),
            "tomorrow" => (today.AddDays(1), today.AddDays(2)),
            "thisWeek" => (week, week.AddDays(7)),
            "lastWeek" => (week.AddDays(-7), week),
            "nextWeek" => (week.AddDays(7), week.AddDays(14)),
            "thisMonth" => (month, month.AddMonths(1)),
            "lastMonth" => (month.AddMonths(-1), month),
            "nextMonth" => (month.AddMonths(1), month.AddMonths(2)),
            "thisYear" => (year, year.AddYears(1)),
            "lastYear" => (year.AddYears(-1), year),
            _ => (today, today.AddDays(1)),
        };
    }

    private static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone) => WallClock.ToUtc(day.ToDateTime(TimeOnly.MinValue), zone);

    private static bool InRange(int year) => year is >= 1900 and <= 2200;
}
