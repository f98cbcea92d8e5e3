using System.Globalization;
using Solodesk.Engine.Sla;
using Solodesk.Ui;

namespace Solodesk.Channels.Web;

/// <summary>Working hours as people say them: Monday to Friday 09:00–18:00.</summary>
internal static class OpeningHours
{
    private static readonly DayOfWeek[] Week = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>Days with the same hours stand together; days without any are left out.</summary>
    public static IReadOnlyList<(string Days, string Times)> Of(BusinessHours hours, Phrases phrases)
    {
        if (hours.IsAlways)
        {
            return [(phrases["contact.hours.always"], "00:00–24:00")];
        }

        var lines = new List<(string, string)>();
        for (var first = 0; first < Week.Length;)
        {
            var times = TimesOf(hours, Week[first]);
            var last = first;
            while (last + 1 < Week.Length && TimesOf(hours, Week[last + 1]) == times)
            {
                last++;
            }

            if (times.Length > 0)
            {
                lines.Add((first == last ? NameOf(Week[first]) : phrases["contact.hours.days", NameOf(Week[first]), NameOf(Week[last])], times));
            }

            first = last + 1;
        }

        return lines;
    }

    /// <summary>The zone with its distance from UTC now: customers sit anywhere.</summary>
    public static string ZoneOf(TimeZoneInfo zone)
    {
        var offset = zone.BaseUtcOffset;
        return string.Create(CultureInfo.InvariantCulture, $"{zone.Id} (UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset.Duration():h\\:mm})");
    }

    private static string TimesOf(BusinessHours hours, DayOfWeek day)
        => string.Join(", ", hours.On(day).Select(i => i.ToString().Replace('-', '–')));

    private static string NameOf(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day).Replace("星期", "周", StringComparison.Ordinal);
}
