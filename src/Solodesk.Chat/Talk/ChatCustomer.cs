using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Chat.Talk;

/// <summary>The customer behind a visitor, and the address that a visitor gives; inside the caller's transaction.</summary>
[UseCase]
internal sealed class ChatCustomer(FindCustomer customers, Phrases phrases, TimeProvider clock)
{
    public async Task<Customer> FindAsync(DeskDb db, Visitor visitor, CancellationToken ct)
    {
        if (visitor.SiteUser is null && visitor.Email is { } email && await customers.ByEmailAsync(db, email, visitor.Name, visitor.Language, ct) is { } known)
        {
            return known;
        }

        var external = visitor.SiteUser is { } user ? $"site:{user}" : External(visitor.Id);
        var customer = Local(db, external)
            ?? await customers.ByAnyAsync(db, AddressKind.External, external, visitor.Name ?? NameOf(visitor), visitor.Language, ct);
        if (visitor.Email is { } given && db.Entry(customer).State == EntityState.Added)
        {
            await GiveAddressAsync(db, customer, given, ct);
        }

        return customer;
    }

    /// <summary>
    /// Gives the customer an address to answer to. When it is another customer's, that one is meant: the contact form believes it too, and
    /// the answer goes to the address and to nobody else.
    /// </summary>
    public async Task<Customer> GiveAddressAsync(DeskDb db, Customer customer, string email, CancellationToken ct)
    {
        var normal = CustomerAddress.Normalize(AddressKind.Email, email);
        var owner = await db.Set<CustomerAddress>().Where(a => a.Kind == AddressKind.Email && a.Normal == normal).Select(a => (Guid?)a.CustomerId).SingleOrDefaultAsync(ct);
        if (owner is { } id)
        {
            return id == customer.Id ? customer : await db.Set<Customer>().SingleAsync(c => c.Id == id, ct);
        }

        var first = db.Entry(customer).State == EntityState.Added || !await db.Set<CustomerAddress>().AnyAsync(a => a.CustomerId == customer.Id && a.Kind == AddressKind.Email, ct);
        db.Add(new CustomerAddress { Id = Ids.New(clock), CustomerId = customer.Id, Kind = AddressKind.Email, Value = email.Trim(), Normal = normal, Primary = first });
        return customer;
    }

    /// <summary>Puts a ticket under another customer, and says so in its history.</summary>
    public void Move(DeskDb db, Ticket ticket, Customer from, Customer to)
    {
        var now = clock.GetUtcNow();
        ticket.CustomerId = to.Id;
        ticket.OrganizationId ??= to.OrganizationId;
        ticket.UpdatedAt = now;
        ticket.Version++;
        from.TicketCount = Math.Max(0, from.TicketCount - 1);
        to.TicketCount++;
        to.SeenAt = now;
        db.Add(TicketEvent.Of(ticket, Actor.System, now, TicketEventKind.RequesterChanged, from.Name, to.Name));
    }

    public static string External(Guid visitor) => $"chat:{visitor:N}";

    /// <summary>Whether the name is the one that a nameless visitor was given.</summary>
    public bool IsNameless(Customer customer, Visitor visitor) => customer.Name == NameOf(visitor);

    // Two nameless visitors can still be told apart.
    private string NameOf(Visitor visitor) => phrases.In(visitor.Language, "chat.visitor", visitor.Id.ToString("N")[^4..].ToUpperInvariant());

    private static Customer? Local(DeskDb db, string external)
        => db.Set<Customer>().Local.FirstOrDefault(c => c.Addresses.Exists(a => a.Kind == AddressKind.External && a.Normal == external));
}
