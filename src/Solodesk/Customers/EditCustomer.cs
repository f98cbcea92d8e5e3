using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Customers;

/// <summary>Adds a customer, or changes what is known about one.</summary>
[UseCase]
public sealed class EditCustomer(DeskWriter writer, TimeProvider clock)
{
    private const int LongestName = 200;

    /// <summary>What to change; null leaves a field as it is, and so does a key of the attributes that is not among them; an empty attribute is taken away.</summary>
    public sealed record Request
    {
        /// <summary>Null adds a new customer.</summary>
        public Guid? Id { get; init; }

        public string? Name { get; init; }
        public IReadOnlyList<string>? Emails { get; init; }
        public IReadOnlyList<string>? Phones { get; init; }

        /// <summary>The organization's name; found or made. Empty takes it away.</summary>
        public string? Organization { get; init; }

        public string? Language { get; init; }
        public string? TimeZone { get; init; }
        public string? Note { get; init; }
        public IReadOnlyList<string>? Tags { get; init; }
        public IReadOnlyDictionary<string, string>? Attributes { get; init; }

        /// <summary>Negative takes it away.</summary>
        public decimal? YearlyValue { get; init; }

        /// <summary>A date; empty takes it away.</summary>
        public string? RenewsOn { get; init; }

        public bool? Vip { get; init; }
        public bool? Blocked { get; init; }

        /// <summary>The version that the change was decided on; refused when the customer has changed since.</summary>
        public long? Version { get; init; }
    }

    public async Task<Result<Guid>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (Check(request) is { } problem)
        {
            return problem;
        }

        return await writer.RunAsync<Guid>(async db =>
        {
            var now = clock.GetUtcNow();
            var customer = request.Id is { } id
                ? await db.Set<Customer>().Include(c => c.Addresses).SingleOrDefaultAsync(c => c.Id == id, ct)
                : db.Add(new Customer { Id = Ids.New(clock), Name = "", CreatedAt = now, SeenAt = now }).Entity;
            if (customer is null)
            {
                return Problem.NotFound("customer");
            }

            if (request.Version is { } seen && seen != customer.Version)
            {
                return new Problem("customer.changed");
            }

            if (await FieldRules.CheckAsync(db, CustomFieldTarget.Customer, request.Attributes, customer.Attributes, ct) is { } misfit)
            {
                return misfit;
            }

            foreach (var (kind, values) in new[] { (AddressKind.Email, request.Emails), (AddressKind.Phone, request.Phones) })
            {
                if (values is not null && await ReplaceAddressesAsync(db, customer, kind, values, ct) is { } taken)
                {
                    return taken;
                }
            }

            await ApplyAsync(db, customer, request, ct);
            customer.Version++;
            return customer.Id;
        }, ct);
    }

    private static Problem? Check(Request request)
    {
        if (request.Id is null && string.IsNullOrWhiteSpace(request.Name) && request.Emails is not { Count: > 0 })
        {
            return new Problem("customer.nameless") { Field = "name" };
        }

        if (request.Emails?.FirstOrDefault(e => !FindCustomer.IsEmail(e)) is { })
        {
            return new Problem("customer.email_invalid") { Field = "emails" };
        }

        if (request.Name?.Trim().Length > LongestName)
        {
            return new Problem("customer.name_long", LongestName) { Field = "name" };
        }

        if (request.Organization?.Trim().Length > LongestName)
        {
            return new Problem("organization.name_invalid") { Field = "organization" };
        }

        if (request.Language is { Length: > 0 } language && !IsLanguage(language))
        {
            return new Problem("customer.language_unknown", language) { Field = "language" };
        }

        if (request.RenewsOn is { Length: > 0 } renews && !DateOnly.TryParse(renews, CultureInfo.InvariantCulture, out _))
        {
            return new Problem("customer.date_invalid", renews) { Field = "renews" };
        }

        return request.TimeZone is { Length: > 0 } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)
            ? new Problem("customer.zone_unknown", zone) { Field = "timeZone" }
            : null;
    }

    private static bool IsLanguage(string tag)
    {
        try
        {
            return tag.Length <= 20 && CultureInfo.GetCultureInfo(tag).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    private async Task<Problem?> ReplaceAddressesAsync(DeskDb db, Customer customer, AddressKind kind, IReadOnlyList<string> values, CancellationToken ct)
    {
        var wanted = values.Select(v => v.Trim()).Where(v => v.Length > 0).DistinctBy(v => CustomerAddress.Normalize(kind, v)).ToList();
        var normals = wanted.Select(v => CustomerAddress.Normalize(kind, v)).ToList();
        if (await db.Set<CustomerAddress>().FirstOrDefaultAsync(a => a.Kind == kind && normals.Contains(a.Normal) && a.CustomerId != customer.Id, ct) is { } taken)
        {
            return new Problem("customer.address_taken", taken.Value) { Field = kind == AddressKind.Email ? "emails" : "phones" };
        }

        customer.Addresses.RemoveAll(a => a.Kind == kind && !normals.Contains(a.Normal));
        foreach (var (value, normal) in wanted.Zip(normals))
        {
            if (customer.Addresses.All(a => a.Kind != kind || a.Normal != normal))
            {
                var address = new CustomerAddress { Id = Ids.New(clock), CustomerId = customer.Id, Kind = kind, Value = value, Normal = normal };
                customer.Addresses.Add(address);
                db.Add(address);
            }
        }

        var first = normals.Count > 0 ? normals[0] : null;
        customer.Addresses.Where(a => a.Kind == kind).ToList().ForEach(a => a.Primary = a.Normal == first);
        return null;
    }

    private async Task ApplyAsync(DeskDb db, Customer customer, Request request, CancellationToken ct)
    {
        customer.Name = request.Name?.Trim() is { Length: > 0 } name ? name
            : customer.Name.Length > 0 ? customer.Name
            : request.Emails?[0] ?? customer.Name;
        customer.Language = request.Language is null ? customer.Language : request.Language.Length == 0 ? null : request.Language;
        customer.TimeZone = request.TimeZone is null ? customer.TimeZone : request.TimeZone.Length == 0 ? null : request.TimeZone;
        customer.Note = request.Note ?? customer.Note;
        customer.Tags = request.Tags is null ? customer.Tags : [.. request.Tags.Select(t => t.Trim()).Where(t => t.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        customer.Vip = request.Vip ?? customer.Vip;
        customer.Blocked = request.Blocked ?? customer.Blocked;
        customer.YearlyValue = request.YearlyValue is { } value ? value < 0 ? null : value : customer.YearlyValue;
        if (request.RenewsOn is { } renews)
        {
            customer.RenewsAt = DateOnly.TryParse(renews, CultureInfo.InvariantCulture, out var day) ? new DateTimeOffset(day.ToDateTime(new TimeOnly(0, 0)), TimeSpan.Zero) : null;
        }

        customer.Attributes = FieldRules.Merged(customer.Attributes, request.Attributes);
        if (request.Organization is { } organization)
        {
            customer.OrganizationId = string.IsNullOrWhiteSpace(organization) ? null : (await FindOrganizationAsync(db, organization.Trim(), ct)).Id;
        }
    }

    private async Task<Organization> FindOrganizationAsync(DeskDb db, string name, CancellationToken ct)
    {
        var normal = name.ToLowerInvariant();
        return await db.Set<Organization>().SingleOrDefaultAsync(o => o.Normal == normal, ct)
            ?? db.Add(new Organization { Id = Ids.New(clock), Name = name, Normal = normal, CreatedAt = clock.GetUtcNow() }).Entity;
    }
}
