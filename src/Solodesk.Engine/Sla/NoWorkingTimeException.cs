namespace Solodesk.Engine.Sla;

/// <summary>
/// A due time was asked of a calendar that does not hold enough working time within <see cref="BusinessHours.Horizon"/>:
/// no weekly hours, every day a holiday, or an absurdly long promise.
/// </summary>
/// <remarks>Callers that show it to a person use <see cref="BusinessHours.TryAdd"/> and never meet it.</remarks>
public sealed class NoWorkingTimeException : Exception
{
    /// <summary>A calendar without enough working time.</summary>
    public NoWorkingTimeException()
        : base("The calendar does not hold enough working time to count to a due time.")
    {
    }

    /// <summary>With a message of its own.</summary>
    public NoWorkingTimeException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what led to it.</summary>
    public NoWorkingTimeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
