using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets.Conditions;

/// <summary>All that a condition on a ticket can see: the ticket, its customer, their organization, what was said, and the values of own fields.</summary>
public sealed class TicketScope
{
    public required Ticket Ticket { get; init; }
    public Customer? Customer { get; init; }
    public Organization? Organization { get; init; }
    public IEnumerable<Message> Messages { get; init; } = [];
    public IEnumerable<FieldValue> TicketValues { get; init; } = [];
    public IEnumerable<FieldValue> CustomerValues { get; init; } = [];
    public IEnumerable<FieldValue> OrganizationValues { get; init; } = [];

    /// <summary>The same for SQL: what a condition does not ask for is not read.</summary>
    internal static IQueryable<TicketScope> Of(DeskDb db, IQueryable<Ticket> tickets)
        => from ticket in tickets
           join c in db.Set<Customer>() on ticket.CustomerId equals c.Id into customers
           from customer in customers.DefaultIfEmpty()
           join o in db.Set<Organization>() on ticket.OrganizationId equals o.Id into organizations
           from organization in organizations.DefaultIfEmpty()
           select new TicketScope
           {
               Ticket = ticket,
               Customer = customer,
               Organization = organization,
               Messages = db.Set<Message>().Where(m => m.TicketId == ticket.Id),
               TicketValues = db.Set<FieldValue>().Where(v => v.OwnerId == ticket.Id),
               CustomerValues = db.Set<FieldValue>().Where(v => v.OwnerId == ticket.CustomerId),
               OrganizationValues = db.Set<FieldValue>().Where(v => v.OwnerId == ticket.OrganizationId),
           };

    /// <summary>Reads some tickets whole, to ask conditions of them in memory.</summary>
    internal static async Task<IReadOnlyList<TicketScope>> ReadAsync(DeskDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var tickets = await db.Set<Ticket>().AsNoTracking().Where(t => ids.Contains(t.Id)).ToListAsync(ct);
        var customerIds = tickets.Select(t => t.CustomerId).Distinct().ToList();
        var organizationIds = tickets.Select(t => t.OrganizationId).OfType<Guid>().Distinct().ToList();
        var customers = await db.Set<Customer>().AsNoTracking().Include(c => c.Addresses).Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var organizations = await db.Set<Organization>().AsNoTracking().Where(o => organizationIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        var messages = (await db.Set<Message>().AsNoTracking().Include(m => m.Attachments).Where(m => ids.Contains(m.TicketId)).ToListAsync(ct)).ToLookup(m => m.TicketId);
        return
        [
            .. from ticket in tickets
               let customer = customers.GetValueOrDefault(ticket.CustomerId)
               let organization = ticket.OrganizationId is { } id ? organizations.GetValueOrDefault(id) : null
               select new TicketScope
               {
                   Ticket = ticket,
                   Customer = customer,
                   Organization = organization,
                   Messages = messages[ticket.Id],
                   TicketValues = [.. FieldValue.Of(ticket)],
                   CustomerValues = customer is null ? [] : [.. FieldValue.Of(customer)],
                   OrganizationValues = organization is null ? [] : [.. FieldValue.Of(organization)],
               },
        ];
    }
}
