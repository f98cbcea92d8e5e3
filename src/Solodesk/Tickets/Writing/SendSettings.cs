namespace Solodesk.Tickets.Writing;

/// <summary>How answers leave the desk.</summary>
public sealed record SendSettings
{
    /// <summary>The longest time that a send can be taken back for, in seconds.</summary>
    public const int LongestUndo = 30;

    /// <summary>How many seconds an answer waits before it leaves, so that it can be taken back; 0 sends at once.</summary>
    public int UndoSeconds { get; init; } = 8;

    /// <summary>The hour of the day that the presets of scheduled sending mean.</summary>
    public int MorningHour { get; init; } = 9;
}
