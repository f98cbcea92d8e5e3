using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets.Bulk;

/// <summary>One of many answers: the text with this ticket's own values, sent as its own mail by the use case that sends every answer.</summary>
[UseCase]
internal sealed class AnswerMany(ReplyToTicket reply, Settings settings)
{
    /// <summary>Says it in the caller's transaction; why not, when something is missing.</summary>
    public async Task<Problem?> SayAsync(DeskDb db, Actor actor, Ticket ticket, string markdown, CancellationToken ct)
    {
        if (ticket.MergedIntoId is not null)
        {
            return new Problem("bulk.merged");
        }

        if (ticket.Spam)
        {
            return new Problem("bulk.spam");
        }

        var customer = await db.Set<Customer>().AsNoTracking().Include(c => c.Addresses).SingleAsync(c => c.Id == ticket.CustomerId, ct);
        if (customer.Addresses.Count == 0)
        {
            return new Problem("bulk.no_address");
        }

        var text = TemplateText.Fill(markdown, Values(ticket, customer, actor, await settings.ReadAsync<BusinessSettings>(ct)));
        if (HasOpenVariables(text))
        {
            // A customer must never read {{customer.name}}.
            return new Problem("bulk.variable");
        }

        var said = await reply.SayAsync(db, actor, new(ticket.Id, text, Internal: false), ct);
        return said.Problem;
    }

    /// <summary>What the text says to one customer, for looking before sending.</summary>
    public static string Preview(string markdown, Ticket ticket, Customer customer, Actor actor, BusinessSettings business)
        => TemplateText.Fill(markdown, Values(ticket, customer, actor, business));

    public static bool HasOpenVariables(string text)
        => text.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var at && text.IndexOf("}}", at, StringComparison.Ordinal) >= 0;

    private static Dictionary<string, string> Values(Ticket ticket, Customer customer, Actor actor, BusinessSettings business) => new(StringComparer.Ordinal)
    {
        ["customer.name"] = customer.Name,
        ["customer.email"] = customer.Addresses.OrderByDescending(a => a.Primary).FirstOrDefault(a => a.Kind == AddressKind.Email)?.Value ?? "",
        ["ticket.number"] = $"#{ticket.Number}",
        ["ticket.subject"] = ticket.Subject,
        ["ticket.link"] = business.PublicUrl.Length > 0 ? $"{business.PublicUrl.TrimEnd('/')}/track/{ticket.TrackingToken}" : "",
        ["agent.name"] = actor.Name,
        ["business.name"] = business.Name,
    };
}
