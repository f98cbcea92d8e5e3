namespace Solodesk.Engine.Sla;

/// <summary>A stretch of a ticket's life in one status, as far as a promise is concerned.</summary>
/// <param name="From">When the status began.</param>
/// <param name="To">When it ended; null while it lasts.</param>
/// <param name="Counts">Whether the clock runs: false while the ticket is pending (waiting for the customer) or on hold.</param>
public readonly record struct StatusInterval(DateTimeOffset From, DateTimeOffset? To, bool Counts);
