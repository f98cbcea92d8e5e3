using System.Globalization;

namespace Solodesk.Engine.Sla;

/// <summary>
/// One stretch of working time within a day, in minutes of the clock on the wall: from <paramref name="From"/> (included)
/// to <paramref name="To"/> (excluded).
/// </summary>
/// <param name="From">Minutes after midnight, 0 to 1439.</param>
/// <param name="To">Minutes after midnight, greater than <paramref name="From"/>, at most 1440 (<c>24:00</c>).</param>
/// <remarks>A night shift is two intervals: <c>22:00-24:00</c>, and <c>00:00-06:00</c> of the next day.</remarks>
public readonly record struct WorkingInterval(int From, int To)
{
    /// <summary>Midnight to midnight.</summary>
    public static WorkingInterval WholeDay { get; } = new(0, MinutesPerDay);

    internal const int MinutesPerDay = 24 * 60;

    internal bool IsValid => From >= 0 && From < To && To <= MinutesPerDay;

    /// <summary>Reads <c>HH:mm-HH:mm</c>, such as <c>09:00-18:00</c> or <c>13:30-24:00</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="interval">The interval, when the text is one.</param>
    /// <returns>Whether the text is an interval that ends after it begins.</returns>
    public static bool TryParse(string? text, out WorkingInterval interval)
    {
        interval = default;
        if (text is not { Length: 11 } || text[5] != '-'
            || !TryMinutes(text.AsSpan(0, 5), out var from) || !TryMinutes(text.AsSpan(6, 5), out var to))
        {
            return false;
        }

        interval = new WorkingInterval(from, to);
        return interval.IsValid;
    }

    /// <summary>Reads <c>HH:mm-HH:mm</c>.</summary>
    /// <exception cref="FormatException">The text is not an interval that ends after it begins.</exception>
    public static WorkingInterval Parse(string text) =>
        TryParse(text, out var interval)
            ? interval
            : throw new FormatException($"“{text}” is not a working interval such as 09:00-18:00.");

    /// <summary>The interval as it is stored: <c>09:00-18:00</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{From / 60:00}:{From % 60:00}-{To / 60:00}:{To % 60:00}");

    private static bool TryMinutes(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (text[2] != ':' || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1])
            || !char.IsAsciiDigit(text[3]) || !char.IsAsciiDigit(text[4]))
        {
            return false;
        }

        var hour = ((text[0] - '0') * 10) + text[1] - '0';
        var minute = ((text[3] - '0') * 10) + text[4] - '0';
        minutes = (hour * 60) + minute;
        return minute < 60 && minutes <= MinutesPerDay;
    }
}
