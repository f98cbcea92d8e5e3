using System.Globalization;
using Solodesk.Common;
using Solodesk.Engine.Sla;

namespace Solodesk.Ui;

/// <summary>Says points and lengths of time the way people of the language do, in the desk's zone.</summary>
public sealed class Times(Data.Settings settings, Phrases phrases, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public BusinessHours Hours { get; private set; } = new BusinessSettings().Hours;

    /// <summary>Reads the desk's hours and zone; pages call it once before the first word about time.</summary>
    public async ValueTask LoadAsync(CancellationToken ct) => Hours = (await settings.ReadAsync<BusinessSettings>(ct)).Hours;

    public DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Hours.Zone).DateTime;

    /// <summary>The moment that somebody typed without a zone: it is meant in the business's. Null is nothing readable.</summary>
    public DateTimeOffset? Typed(string? local)
        => DateTime.TryParse(local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Unspecified), Hours.Zone.GetUtcOffset(at)).ToUniversalTime()
            : null;

    /// <summary>Today the clock, this year the day, else the date.</summary>
    public string Short(DateTimeOffset at)
    {
        var (local, today) = (Local(at), Local(Now).Date);
        return local.Date == today ? Clock(at)
            : local.Date == today.AddDays(-1) ? phrases["time.yesterday", Clock(at)]
            : local.Date == today.AddDays(1) ? phrases["time.tomorrow", Clock(at)]
            : local.Year == today.Year ? phrases["time.day", local]
            : phrases["time.date", local];
    }

    /// <summary>As short as it can be without losing the hour.</summary>
    public string Moment(DateTimeOffset at)
    {
        var apart = (Local(at).Date - Local(Now).Date).Days;
        return apart is >= -1 and <= 1 ? Short(at) : $"{Short(at)} {Clock(at)}";
    }

    public string Clock(DateTimeOffset at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    public string Day(DateTimeOffset at) => phrases["time.day.long", Local(at)];

    public string Full(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A length in words: 38 minutes, 7 hours 20 minutes, 3 days.</summary>
    public string Length(TimeSpan length)
    {
        length = length.Duration();
        return length.TotalMinutes < 60 ? phrases["time.minutes", Math.Max(1, (int)length.TotalMinutes)]
            : length.TotalHours < 10 && length.Minutes > 0 ? phrases["time.hours.minutes", (int)length.TotalHours, length.Minutes]
            : length.TotalHours < 24 ? phrases["time.hours", (int)Math.Round(length.TotalHours)]
            : phrases["time.days", (int)Math.Round(length.TotalDays)];
    }

    /// <summary>A length for a list: <c>38 min</c>, then hours and minutes.</summary>
    public string Compact(TimeSpan length)
    {
        length = length.Duration();
        return length.TotalMinutes < 60 ? phrases["time.minutes.short", Math.Max(1, (int)length.TotalMinutes)]
            : length.TotalHours < 100 ? string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours}:{length.Minutes:00}")
            : phrases["time.days", (int)length.TotalDays];
    }

    /// <summary>Working time from now to then; negative when it has passed.</summary>
    public TimeSpan Left(DateTimeOffset due) => due >= Now ? Hours.Between(Now, due) : -Hours.Between(due, Now);
}
