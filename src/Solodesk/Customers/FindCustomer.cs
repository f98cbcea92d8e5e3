using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Customers;

/// <summary>Finds the customer behind an address, or makes one; runs inside the caller's transaction.</summary>
[UseCase]
public sealed class FindCustomer(TimeProvider clock)
{
    private static readonly PerModel<Func<DeskDb, AddressKind, string, CancellationToken, Task<Customer?>>> ByAddress = new(() =>
        EF.CompileAsyncQuery((DeskDb db, AddressKind kind, string normal, CancellationToken _) => db.Set<CustomerAddress>()
            .Where(a => a.Kind == kind && a.Normal == normal).Join(db.Set<Customer>(), a => a.CustomerId, c => c.Id, (a, c) => c).SingleOrDefault()));

    /// <summary>Null when the text is no mail address.</summary>
    public async Task<Customer?> ByEmailAsync(DeskDb db, string email, string? name, string? language, CancellationToken ct)
    {
        var normal = CustomerAddress.Normalize(AddressKind.Email, email);
        return IsEmail(normal) ? await FindAsync(db, AddressKind.Email, email.Trim(), normal, name, language, ct) : null;
    }

    /// <summary>For senders whose address only a machine could love: kept as it stood.</summary>
    public Task<Customer> ByAnyAsync(DeskDb db, AddressKind kind, string value, string? name, string? language, CancellationToken ct)
        => FindAsync(db, kind, value.Trim(), CustomerAddress.Normalize(kind, value), name, language, ct);

    public static bool IsEmail(string text) => text.Length is > 2 and <= 320 && !text.Contains(' ') && MailAddress.TryCreate(text, out _);

    private async Task<Customer> FindAsync(DeskDb db, AddressKind kind, string value, string normal, string? name, string? language, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = await ByAddress.For(db)(db, kind, normal, ct);
        if (known is not null)
        {
            known.SeenAt = now;
            known.Language ??= language;
            if (!string.IsNullOrWhiteSpace(name) && known.Name == value)
            {
                known.Name = Cut(name.Trim(), 200);
            }

            return known;
        }

        var domain = kind == AddressKind.Email ? normal[(normal.LastIndexOf('@') + 1)..] : "";
        var customer = new Customer
        {
            Id = Ids.New(clock),
            Name = Cut(string.IsNullOrWhiteSpace(name) ? value : name.Trim(), 200),
            Language = language,
            OrganizationId = domain.Length == 0 ? null
                : await db.Set<Organization>().Where(o => o.Domain == domain).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(ct),
            CreatedAt = now,
            SeenAt = now,
        };
        customer.Addresses.Add(new CustomerAddress
        {
            Id = Ids.New(clock),
            Kind = kind,
            Value = Cut(value, 320),
            Normal = Cut(normal, 320),
            Primary = true,
        });
        db.Add(customer);
        return customer;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
