namespace Solodesk.Customers;

/// <summary>What the customer list shows of one.</summary>
public sealed record CustomerRow(Guid Id, string Name, string? Address, string? Organization, bool Vip, decimal? YearlyValue, int TicketCount,
    DateTimeOffset SeenAt, DateTimeOffset CreatedAt);
