using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// Caps what the desk sends by itself, to one mailbox and about one ticket. Two machines that answer each other stop here, even when neither
/// marks its mail as automatic.
/// </summary>
[UseCase]
internal sealed class LoopGovernor(Settings settings, TimeProvider clock)
{
    public async Task<bool> MayAsync(DeskDb db, Guid customer, Guid ticket, CancellationToken ct)
    {
        var caps = await settings.ReadAsync<MailSettings>(ct);
        var now = clock.GetUtcNow();
        var (hour, day) = (now.AddHours(-1), now.AddDays(-1));
        var one = await SameMailboxAsync(db, customer, ct);
        // By the customer's tickets that were touched today: two indexes, whatever the size of the outbox.
        var sent = await db.Set<Ticket>().Where(t => one.Contains(t.CustomerId) && t.UpdatedAt >= day)
            .Join(db.Set<OutgoingMail>(), t => t.Id, m => m.TicketId, (t, m) => m)
            .Where(m => m.Automatic && m.CreatedAt >= day)
            .Select(m => new { m.TicketId, m.CreatedAt }).ToListAsync(ct);
        return sent.Count < caps.AutomaticPerDay
            && sent.Count(m => m.CreatedAt >= hour) < caps.AutomaticPerHour
            && sent.Count(m => m.TicketId == ticket) < caps.AutomaticPerTicket;
    }

    /// <summary>
    /// The customers behind one mailbox. Many a desk answers each request from an address of its own (<c>support+id7@</c>, RFC 5233): counted
    /// one by one, none of them would ever reach a cap. Who writes without a tag is looked for no further.
    /// </summary>
    private static async Task<List<Guid>> SameMailboxAsync(DeskDb db, Guid customer, CancellationToken ct)
    {
        var known = db.Set<CustomerAddress>().Local.Where(a => a.CustomerId == customer).ToList();
        var tagged = (known.Count > 0 ? known : await db.Set<CustomerAddress>().AsNoTracking().Where(a => a.CustomerId == customer).ToListAsync(ct))
            .Find(a => a.Kind == AddressKind.Email && a.Normal.IndexOf('+', StringComparison.Ordinal) > 0);
        if (tagged?.Normal.Split('@') is not [var local, var domain])
        {
            return [customer];
        }

        var (beginning, end) = (local[..(local.IndexOf('+', StringComparison.Ordinal) + 1)], "@" + domain);
        return [customer, .. await db.Set<CustomerAddress>().Where(a => a.Kind == AddressKind.Email && a.Normal.StartsWith(beginning) && a.Normal.EndsWith(end)).Select(a => a.CustomerId).Distinct().ToListAsync(ct)];
    }
}
