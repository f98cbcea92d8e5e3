using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets.Preparing;

/// <summary>What the variables of templates stand for in one ticket, written by one agent.</summary>
[UseCase]
public sealed class TemplateValues(IDbContextFactory<DeskDb> dbs, Settings settings, Signatures signatures)
{
    /// <param name="actor">Who writes.</param>
    /// <param name="ticket">Where.</param>
    /// <param name="host">Our address, for links, when the settings have none.</param>
    /// <param name="ct">Ends the reading.</param>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync(Actor actor, Ticket ticket, string host, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await OfAsync(db, actor, ticket, host, ct);
    }

    /// <summary>The same where the ticket has been read already.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RunAsync(Actor actor, ReadTicket.View read, string host, CancellationToken ct)
        => Of(actor, read.Ticket, read.Customer, read.Organization?.Name, host, await settings.ReadAsync<BusinessSettings>(ct),
            await signatures.ForAsync(actor.Id, read.Ticket.MailboxId, read.Ticket.Language, ct));

    /// <summary>The same inside the caller's transaction.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(DeskDb db, Actor actor, Ticket ticket, string host, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().AsNoTracking().Include(c => c.Addresses).SingleAsync(c => c.Id == ticket.CustomerId, ct);
        var company = customer.OrganizationId is { } organization ? await db.Set<Organization>().Where(o => o.Id == organization).Select(o => o.Name).SingleOrDefaultAsync(ct) : null;
        return Of(actor, ticket, customer, company, host, await settings.ReadAsync<BusinessSettings>(ct), await Signatures.ForAsync(db, actor.Id, ticket.MailboxId, ticket.Language, ct));
    }

    private static Dictionary<string, string> Of(Actor actor, Ticket ticket, Customer customer, string? company, string host, BusinessSettings business, string signature)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // A customer who is known only by an address has no name yet.
            ["customer.name"] = customer.Addresses.Exists(a => a.Value == customer.Name) ? "" : customer.Name,
            ["customer.email"] = customer.Addresses.Where(a => a.Kind == AddressKind.Email).OrderByDescending(a => a.Primary).Select(a => a.Value).FirstOrDefault() ?? "",
            ["customer.company"] = company ?? "",
            ["ticket.number"] = $"#{ticket.Number}",
            ["ticket.subject"] = ticket.Subject,
            ["ticket.link"] = $"{(business.PublicUrl.Length > 0 ? business.PublicUrl : host)}/track/{ticket.TrackingToken}",
            ["agent.name"] = actor.Name,
            ["agent.signature"] = signature,
            ["business.name"] = business.Name,
        };
        foreach (var (key, value) in customer.Attributes)
        {
            values[$"field.{key}"] = value;
        }

        // A ticket's own field knows better than its customer's of the same key.
        foreach (var (key, value) in ticket.Custom)
        {
            values[$"field.{key}"] = value.ReplaceLineEndings("、");
        }

        return values;
    }

    public static string HostOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
