using System.Linq.Expressions;

namespace Solodesk.Customers;

/// <summary>A customer as the API gives them.</summary>
public sealed record CustomerResource
{
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<AddressResource> Addresses { get; init; }
    public string? Language { get; init; }

    /// <summary>IANA name.</summary>
    public string? TimeZone { get; init; }

    public Guid? OrganizationId { get; init; }
    public required string Note { get; init; }

    /// <summary>Free attributes and custom fields, by key.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>What they pay in a year, in the business' currency.</summary>
    public decimal? YearlyValue { get; init; }

    public DateTimeOffset? RenewsAt { get; init; }
    public bool Vip { get; init; }

    /// <summary>Their mail is filed as spam.</summary>
    public bool Blocked { get; init; }

    public int TicketCount { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>The customer who answers for this one since they were merged.</summary>
    public Guid? MergedIntoId { get; init; }

    /// <summary>Grows with every change; the ETag.</summary>
    public long Version { get; init; }

    internal static Expression<Func<Customer, CustomerResource>> From { get; } = c => new CustomerResource
    {
        Id = c.Id,
        Name = c.Name,
        Addresses = c.Addresses.OrderByDescending(a => a.Primary).ThenBy(a => a.Id).Select(a => new AddressResource(a.Id, a.Kind, a.Value, a.Primary)).ToList(),
        Language = c.Language,
        TimeZone = c.TimeZone,
        OrganizationId = c.OrganizationId,
        Note = c.Note,
        Attributes = c.Attributes,
        Tags = c.Tags,
        YearlyValue = c.YearlyValue,
        RenewsAt = c.RenewsAt,
        Vip = c.Vip,
        Blocked = c.Blocked,
        TicketCount = c.TicketCount,
        CreatedAt = c.CreatedAt,
        SeenAt = c.SeenAt,
        MergedIntoId = c.MergedIntoId,
        Version = c.Version,
    };
}

/// <summary>One way to reach a customer.</summary>
/// <param name="Id">The address' own id.</param>
/// <param name="Kind">email, phone or external.</param>
/// <param name="Value">As it was given.</param>
/// <param name="Primary">The one that answers go to.</param>
public sealed record AddressResource(Guid Id, AddressKind Kind, string Value, bool Primary);
