using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary>Who else stands in the customer's last mail: to whom "reply all" answers as well.</summary>
[UseCase]
public sealed class Participants(IEnumerable<IOwnAddresses> own)
{
    /// <summary>How many of the last messages, theirs and ours, are looked at for one of the customer's.</summary>
    private const int Last = 8;

    public async Task<IReadOnlyList<string>> OfAsync(DeskDb db, Ticket ticket, CancellationToken ct)
    {
        var last = await db.Set<Message>().AsNoTracking().Where(m => m.TicketId == ticket.Id && (m.Kind == MessageKind.Inbound || m.Kind == MessageKind.Reply) && !m.Automatic)
            .OrderByDescending(m => m.CreatedAt).Take(Last).ToListAsync(ct);
        var customer = await db.Set<CustomerAddress>().Where(a => a.CustomerId == ticket.CustomerId && a.Kind == AddressKind.Email).Select(a => a.Normal).ToListAsync(ct);
        return await AmongAsync(last, customer, ct);
    }

    /// <summary>The same of a ticket that has been read, without asking again.</summary>
    /// <param name="messages">Of the ticket, oldest first.</param>
    /// <param name="customer">Whose it is, with their addresses.</param>
    /// <param name="ct">Ends the reading.</param>
    public Task<IReadOnlyList<string>> OfAsync(IReadOnlyList<Message> messages, Customer customer, CancellationToken ct)
        => AmongAsync(messages.Reverse().Where(m => m.Kind is MessageKind.Inbound or MessageKind.Reply && !m.Automatic).Take(Last),
            [.. customer.Addresses.Where(a => a.Kind == AddressKind.Email).Select(a => a.Normal)], ct);

    private async Task<IReadOnlyList<string>> AmongAsync(IEnumerable<Message> newestFirst, IReadOnlyList<string> customer, CancellationToken ct)
    {
        if (newestFirst.FirstOrDefault(m => m.Kind == MessageKind.Inbound) is not { } inbound)
        {
            return [];
        }

        var ours = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in own)
        {
            ours.UnionWith(await source.ReadAsync(ct));
        }

        // Another writer than the customer (a colleague in copy) is answered too.
        return [.. new[] { inbound.FromAddress }.Concat(inbound.To).Concat(inbound.Cc).OfType<string>()
            .Where(a => !ours.Contains(a) && !customer.Contains(CustomerAddress.Normalize(AddressKind.Email, a)) && FindCustomer.IsEmail(a))
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(50)];
    }
}
