using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Solodesk.Engine.Sla;

/// <content>How a calendar is stored.</content>
/// <remarks>
/// <code>
/// { "zone": "Asia/Shanghai",
///   "week": { "mon": ["09:00-12:00", "13:30-18:00"], "tue": […], … },
///   "holidays": ["2026-10-01"],
///   "makeUpDays": { "2026-10-10": ["09:00-18:00"] } }
/// </code>
/// Days off, and holidays or make-up days when there are none, are left out. Keys, dates and intervals always come in the same order.
/// </remarks>
public sealed partial class BusinessHours
{
    /// <summary>The calendar as JSON, always in the same shape and order.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a calendar; the message says where.</exception>
    public static BusinessHours Parse(string json) =>
        TryParse(json, out var hours, out var error) ? hours : throw new FormatException(error);

    /// <summary>Reads what <see cref="ToJson"/> wrote, or says in one sentence what is wrong with it.</summary>
    public static bool TryParse(
        string json,
        [NotNullWhen(true)] out BusinessHours? hours,
        [NotNullWhen(false)] out string? error)
    {
        (hours, error) = (null, null);
        try
        {
            hours = JsonSerializer.Deserialize<BusinessHours>(json);
            error = hours is null ? "A calendar is an object." : null;
        }
        catch (JsonException e)
        {
            error = e.Message;
        }

        return hours is not null;
    }
}

/// <summary>Writes and reads <see cref="BusinessHours"/> for System.Text.Json.</summary>
internal sealed class BusinessHoursJson : JsonConverter<BusinessHours>
{
    private static readonly (DayOfWeek Day, string Name)[] Days =
    [
        (DayOfWeek.Monday, "mon"), (DayOfWeek.Tuesday, "tue"), (DayOfWeek.Wednesday, "wed"), (DayOfWeek.Thursday, "thu"),
        (DayOfWeek.Friday, "fri"), (DayOfWeek.Saturday, "sat"), (DayOfWeek.Sunday, "sun"),
    ];

    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    public override BusinessHours Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("A calendar is an object.");
        }

        var week = new Dictionary<DayOfWeek, IReadOnlyList<WorkingInterval>>();
        foreach (var property in Members(root, "week"))
        {
            var day = Array.FindIndex(Days, each => each.Name == property.Name);
            week[day < 0 ? throw new JsonException($"“{property.Name}” is not a weekday.") : Days[day].Day] = Intervals(property);
        }

        var makeUpDays = new Dictionary<DateOnly, IReadOnlyList<WorkingInterval>>();
        foreach (var property in Members(root, "makeUpDays"))
        {
            makeUpDays[Date(property.Name)] = Intervals(property);
        }

        return new BusinessHours(Zone(root), week, Holidays(root), makeUpDays);
    }

    public override void Write(Utf8JsonWriter writer, BusinessHours value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("zone", value.Zone.Id);
        writer.WriteStartObject("week");
        foreach (var (day, name) in Days)
        {
            WriteIntervals(writer, name, value.On(day), evenIfEmpty: false);
        }

        writer.WriteEndObject();
        if (value.Holidays.Count > 0)
        {
            writer.WriteStartArray("holidays");
            foreach (var date in value.Holidays)
            {
                writer.WriteStringValue(Text(date));
            }

            writer.WriteEndArray();
        }

        if (value.MakeUpDays.Count > 0)
        {
            writer.WriteStartObject("makeUpDays");
            foreach (var (date, intervals) in value.MakeUpDays)
            {
                WriteIntervals(writer, Text(date), intervals, evenIfEmpty: true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteIntervals(Utf8JsonWriter writer, string name, IReadOnlyList<WorkingInterval> intervals, bool evenIfEmpty)
    {
        if (intervals.Count == 0 && !evenIfEmpty)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var interval in intervals)
        {
            writer.WriteStringValue(interval.ToString());
        }

        writer.WriteEndArray();
    }

    private static TimeZoneInfo Zone(JsonElement root)
    {
        var id = root.TryGetProperty("zone", out var zone) && zone.ValueKind == JsonValueKind.String ? zone.GetString() : null;
        return id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found)
            ? found
            : throw new JsonException($"“{id}” is not a time zone such as Asia/Shanghai.");
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement root, string name)
    {
        var member = root.TryGetProperty(name, out var found) ? found : Nothing;
        return member.ValueKind == JsonValueKind.Object
            ? member.EnumerateObject()
            : throw new JsonException($"“{name}” must be an object.");
    }

    private static List<DateOnly> Holidays(JsonElement root)
    {
        if (!root.TryGetProperty("holidays", out var member))
        {
            return [];
        }

        return member.ValueKind == JsonValueKind.Array
            ? [.. member.EnumerateArray().Select(each => Date(each.ValueKind == JsonValueKind.String ? each.GetString()! : each.GetRawText()))]
            : throw new JsonException("“holidays” must be a list of dates.");
    }

    private static IReadOnlyList<WorkingInterval> Intervals(JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException($"“{property.Name}” must be a list of intervals.");
        }

        return [.. property.Value.EnumerateArray().Select(each =>
            each.ValueKind == JsonValueKind.String && WorkingInterval.TryParse(each.GetString(), out var interval)
                ? interval
                : throw new JsonException($"“{property.Name}” holds {each.GetRawText()}, which is not an interval such as 09:00-18:00."))];
    }

    private static DateOnly Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new JsonException($"“{text}” is not a date such as 2026-10-01.");

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
