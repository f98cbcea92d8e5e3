using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>One ticket with all that stands beside it: conversation, history, customer, earlier tickets.</summary>
[UseCase]
public sealed class ReadTicket(IDbContextFactory<DeskDb> dbs, TicketChoices choices)
{
    // A conversation longer than this shows its newest part; the rest is a click away.
    private const int MostMessages = 200;

    public sealed record View(
        Ticket Ticket, Customer Customer, Organization? Organization, IReadOnlyList<Message> Messages, IReadOnlyList<TicketEvent> Events,
        IReadOnlyList<Earlier> EarlierTickets, IReadOnlyList<Category> Categories, IReadOnlyList<CustomField> Fields,
        IReadOnlyList<Template> Templates, IReadOnlyList<Person> Agents, Earlier? FollowUpOf);

    public sealed record Earlier(long Number, string Subject, TicketStatus Status, DateTimeOffset CreatedAt);

    public sealed record Person(Guid Id, string Name);

    public async Task<View?> RunAsync(long number, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var ticket = await db.Set<Ticket>().AsNoTracking().SingleOrDefaultAsync(t => t.Number == number, ct);
        if (ticket is null)
        {
            return null;
        }

        var customer = await db.Set<Customer>().AsNoTracking().Include(c => c.Addresses).AsSingleQuery().SingleAsync(c => c.Id == ticket.CustomerId, ct);
        var messages = await db.Set<Message>().AsNoTracking().Include(m => m.Attachments.OrderBy(a => a.Id)).Where(m => m.TicketId == ticket.Id)
            .OrderByDescending(m => m.CreatedAt).Take(MostMessages).ToListAsync(ct);
        messages.Reverse();
        var offer = await choices.OfferAsync(ct);
        return new View(
            ticket,
            customer,
            customer.OrganizationId is { } organization ? await db.Set<Organization>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == organization, ct) : null,
            messages,
            await db.Set<TicketEvent>().AsNoTracking().Where(e => e.TicketId == ticket.Id).OrderByDescending(e => e.Id).Take(MostMessages)
                .OrderBy(e => e.Id).ToListAsync(ct),
            await db.Set<Ticket>().AsNoTracking().Where(t => t.CustomerId == customer.Id && t.Id != ticket.Id).OrderByDescending(t => t.Number).Take(6)
                .Select(t => new Earlier(t.Number, t.Subject, t.Status, t.CreatedAt)).ToListAsync(ct),
            offer.Categories,
            offer.Fields,
            await choices.TemplatesAsync(ct),
            [.. offer.People.Select(p => new Person(p.Id, p.Name))],
            ticket.FollowUpOfId is { } earlier
                ? await db.Set<Ticket>().AsNoTracking().Where(t => t.Id == earlier).Select(t => new Earlier(t.Number, t.Subject, t.Status, t.CreatedAt)).SingleOrDefaultAsync(ct)
                : null);
    }
}
