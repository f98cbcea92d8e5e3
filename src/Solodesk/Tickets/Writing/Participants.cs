using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;

namespace Solodesk.Tickets.Writing;

/// <summary>Who else stands in the customer's last mail: to whom "reply all" answers as well.</summary>
[UseCase]
public sealed class Participants(IEnumerable<IOwnAddresses> own)
{
    public async Task<IReadOnlyList<string>> OfAsync(DeskDb db, Ticket ticket, CancellationToken ct)
    {
        var last = await db.Set<Message>().AsNoTracking().Where(m => m.TicketId == ticket.Id && (m.Kind == MessageKind.Inbound || m.Kind == MessageKind.Reply) && !m.Automatic)
            .OrderByDescending(m => m.CreatedAt).Select(m => new { m.FromAddress, m.To, m.Cc, m.Kind }).Take(8).ToListAsync(ct);
        if (last.Find(m => m.Kind == MessageKind.Inbound) is not { } inbound)
        {
            return [];
        }

        var ours = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in own)
        {
            ours.UnionWith(await source.ReadAsync(db, ct));
        }

        var customer = await db.Set<CustomerAddress>().Where(a => a.CustomerId == ticket.CustomerId && a.Kind == AddressKind.Email).Select(a => a.Normal).ToListAsync(ct);
        // Another writer than the customer (a colleague in copy) is answered too.
        return [.. new[] { inbound.FromAddress }.Concat(inbound.To).Concat(inbound.Cc).OfType<string>()
            .Where(a => !ours.Contains(a) && !customer.Contains(CustomerAddress.Normalize(AddressKind.Email, a)) && FindCustomer.IsEmail(a))
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(50)];
    }
}
