namespace Solodesk.Engine.Sla;

/// <summary>How a promise stands.</summary>
public enum PromiseState
{
    /// <summary>The clock runs and a quarter of the working time or more is left.</summary>
    Ok,

    /// <summary>The clock runs and less than a quarter of the working time is left.</summary>
    Soon,

    /// <summary>The due time has passed, or the promise was fulfilled after it.</summary>
    Late,

    /// <summary>The clock stands still.</summary>
    Hold,

    /// <summary>The promise was fulfilled in time.</summary>
    Kept,
}

/// <summary>What a <see cref="PromiseClock"/> shows at one instant.</summary>
/// <param name="State">How the promise stands.</param>
/// <param name="Due">
/// When the working time runs out (UTC) if the ticket stays as it is; null on hold and when the calendar has no such time.
/// </param>
/// <param name="SoonAt">When <see cref="PromiseState.Soon"/> begins: the time for a reminder. Null as <paramref name="Due"/>.</param>
/// <param name="Used">Working time used up to the reading, or up to when the promise was fulfilled.</param>
/// <param name="Remaining">Working time left; negative when late.</param>
public sealed record PromiseReading(
    PromiseState State, DateTimeOffset? Due, DateTimeOffset? SoonAt, TimeSpan Used, TimeSpan Remaining);
