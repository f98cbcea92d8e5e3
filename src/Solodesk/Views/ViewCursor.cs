using System.Globalization;

namespace Solodesk.Views;

/// <summary>Where a page of a view ended: the group, the sorted value (ticks or a number) and the number of the last ticket looked at.</summary>
internal readonly record struct ViewCursor(long Group, long Value, long Number)
{
    private const long LastTick = 3155378975999999999;

    public DateTimeOffset Time => new(Math.Clamp(Value, 0, LastTick), TimeSpan.Zero);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Group}-{Value}-{Number}");

    /// <summary>Reads one back; null for anything else, which starts at the beginning.</summary>
    public static ViewCursor? Read(string? text)
        => text?.Split('-') is [var group, var value, var number]
            && long.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var g)
            && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var v)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? new ViewCursor(g, v, n)
            : null;
}
