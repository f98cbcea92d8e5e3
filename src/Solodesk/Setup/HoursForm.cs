using System.Globalization;
using Microsoft.AspNetCore.Http;
using Solodesk.Common;
using Solodesk.Engine.Sla;

namespace Solodesk.Setup;

/// <summary>
/// The working hours as a form: one line for each weekday (<c>09:00-12:00, 13:30-18:00</c>, empty for a day off), holidays and make-up days
/// one to a line. Forgiving in what it reads: full-width signs, dots, one-digit hours, any dash.
/// </summary>
internal static class HoursForm
{
    public static IReadOnlyList<DayOfWeek> Week { get; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    public static string Field(DayOfWeek day) => $"hours-{day.ToString().ToLowerInvariant()[..3]}";

    public static string Text(IEnumerable<WorkingInterval> intervals) => string.Join(", ", intervals);

    public static string Text(IEnumerable<DateOnly> days) => string.Join('\n', days.Select(Iso));

    public static string Text(IReadOnlyDictionary<DateOnly, IReadOnlyList<WorkingInterval>> days)
        => string.Join('\n', days.Select(d => $"{Iso(d.Key)} {Text(d.Value)}"));

    /// <summary>Reads the whole form, or says at which field it stops.</summary>
    public static Result<BusinessHours> Read(IFormCollection form, BusinessHours old)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(form["zone"].ToString(), out var zone))
        {
            return new Problem("business.zone") { Field = "zone" };
        }

        var week = new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>>();
        foreach (var day in Week)
        {
            if (!TryIntervals(form[Field(day)].ToString(), out var intervals))
            {
                return new Problem("business.hours") { Field = Field(day) };
            }

            week[day] = intervals;
        }

        // The set-up asks for the week only.
        var holidays = form.ContainsKey("holidays") ? Holidays(form["holidays"].ToString()) : [.. old.Holidays];
        var makeUp = form.ContainsKey("makeup") ? MakeUp(form["makeup"].ToString()) : new(old.MakeUpDays);
        return holidays is null ? new Problem("business.holidays") { Field = "holidays" }
            : makeUp is null ? new Problem("business.makeup") { Field = "makeup" }
            : new BusinessHours(zone, week, holidays, makeUp);
    }

    private static bool TryIntervals(string text, out IReadOnlyList<WorkingInterval> intervals)
    {
        var found = new List<WorkingInterval>();
        intervals = found;
        foreach (var part in Plain(text).Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('-', StringSplitOptions.TrimEntries) is not [var from, var to] || !WorkingInterval.TryParse($"{Time(from)}-{Time(to)}", out var interval))
            {
                return false;
            }

            found.Add(interval);
        }

        return true;
    }

    private static List<DateOnly>? Holidays(string text)
    {
        var days = new List<DateOnly>();
        foreach (var part in Plain(text).Split([',', ';', '\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            // A range is written with two dots, because dates have dashes of their own.
            var ends = part.Split("..");
            if (ends.Length > 2 || !TryDate(ends[0], out var first) || !TryDate(ends[^1], out var last) || last < first || last.DayNumber - first.DayNumber > 60)
            {
                return null;
            }

            for (var day = first; day <= last; day = day.AddDays(1))
            {
                days.Add(day);
            }
        }

        return days;
    }

    private static Dictionary<DateOnly, IReadOnlyList<WorkingInterval>>? MakeUp(string text)
    {
        var days = new Dictionary<DateOnly, IReadOnlyList<WorkingInterval>>();
        foreach (var line in Plain(text).Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || !TryDate(line[..space], out var date) || !TryIntervals(line[space..], out var intervals) || intervals.Count == 0)
            {
                return null;
            }

            days[date] = intervals;
        }

        return days;
    }

    private static bool TryDate(string text, out DateOnly date)
        => DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static string Time(string text)
        => text.Split(':') is [var hour, .. var rest] && rest.Length < 2 ? $"{hour.PadLeft(2, '0')}:{(rest is [var minute] ? minute.PadLeft(2, '0') : "00")}" : text;

    private static string Plain(string text)
        => text.Replace('：', ':').Replace('，', ',').Replace('、', ',').Replace('；', ';').Replace('–', '-').Replace('—', '-').Replace('－', '-').Replace('～', '-').Replace('~', '-').Replace('\u3000', ' ');

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
