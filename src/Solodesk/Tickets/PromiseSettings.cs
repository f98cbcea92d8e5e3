namespace Solodesk.Tickets;

/// <summary>The default promise, in working hours by priority; null promises nothing.</summary>
public sealed record PromiseSettings
{
    public bool Enabled { get; init; } = true;
    public double FirstResponseHours { get; init; } = 8;
    public double ResolutionHours { get; init; } = 24;

    /// <summary>Urgent tickets get this share of the time, high ones the mean of it and the whole.</summary>
    public double UrgentShare { get; init; } = 0.25;

    /// <summary>An answer to a ticket that was closed longer ago than this opens a linked follow-up.</summary>
    public int FollowUpAfterDays { get; init; } = 14;

    /// <summary>Solved tickets close by themselves after this many days.</summary>
    public int CloseAfterDays { get; init; } = 5;
}
