using System.Globalization;
using Solodesk.Api;

namespace Solodesk.Customers;

/// <summary>A customer to add: a name or an e-mail address at least.</summary>
public sealed record NewCustomerBody
{
    public string? Name { get; init; }

    /// <summary>The first one is where answers go.</summary>
    public IReadOnlyList<string>? Emails { get; init; }

    public IReadOnlyList<string>? Phones { get; init; }

    /// <summary>The organization's name; found or made.</summary>
    public string? Organization { get; init; }

    public string? Language { get; init; }
    public string? TimeZone { get; init; }
    public string? Note { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
    public decimal? YearlyValue { get; init; }
    public DateOnly? RenewsOn { get; init; }
    public bool? Vip { get; init; }
    public bool? Blocked { get; init; }

    internal EditCustomer.Request ToRequest() => new()
    {
        Name = Name,
        Emails = Emails,
        Phones = Phones,
        Organization = Organization,
        Language = Language,
        TimeZone = TimeZone,
        Note = Note,
        Tags = Tags,
        Attributes = Attributes,
        YearlyValue = YearlyValue,
        RenewsOn = RenewsOn?.ToString("O", CultureInfo.InvariantCulture),
        Vip = Vip,
        Blocked = Blocked,
    };
}

/// <summary>Changes of a customer: absent members stay, null clears where clearing makes sense.</summary>
public sealed record CustomerChanges
{
    public string? Name { get; init; }

    /// <summary>All of them anew; the first one is where answers go.</summary>
    public IReadOnlyList<string>? Emails { get; init; }

    public IReadOnlyList<string>? Phones { get; init; }

    /// <summary>The organization's name; found or made.</summary>
    public Change<string> Organization { get; init; }

    public Change<string> Language { get; init; }
    public Change<string> TimeZone { get; init; }
    public string? Note { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>All of them anew.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    public Change<decimal?> YearlyValue { get; init; }
    public Change<DateOnly?> RenewsOn { get; init; }
    public bool? Vip { get; init; }
    public bool? Blocked { get; init; }

    internal EditCustomer.Request ToRequest(Guid id, long? version) => new()
    {
        Id = id,
        Version = version,
        Name = Name,
        Emails = Emails,
        Phones = Phones,
        Organization = Organization.Given ? Organization.Value ?? "" : null,
        Language = Language.Given ? Language.Value ?? "" : null,
        TimeZone = TimeZone.Given ? TimeZone.Value ?? "" : null,
        Note = Note,
        Tags = Tags,
        Attributes = Attributes,
        YearlyValue = YearlyValue.Given ? YearlyValue.Value ?? -1 : null,
        RenewsOn = RenewsOn.Given ? RenewsOn.Value?.ToString("O", CultureInfo.InvariantCulture) ?? "" : null,
        Vip = Vip,
        Blocked = Blocked,
    };
}

/// <summary>An address to add to a customer.</summary>
/// <param name="Kind">email or phone.</param>
/// <param name="Value">The address.</param>
/// <param name="Primary">Whether answers go there from now on.</param>
public sealed record NewAddressBody(AddressKind Kind, string Value, bool Primary = false);

/// <summary>Where a customer goes.</summary>
/// <param name="Into">The customer who stays.</param>
public sealed record MergeBody(Guid Into);
