using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email.Intake;

/// <summary>
/// Caps what the desk sends by itself, to one person and about one ticket. Two machines that answer each other stop here, even when neither
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
        // By the customer's tickets that were touched today: two indexes, whatever the size of the outbox.
        var sent = await db.Set<Ticket>().Where(t => t.CustomerId == customer && t.UpdatedAt >= day)
            .Join(db.Set<OutgoingMail>(), t => t.Id, m => m.TicketId, (t, m) => m)
            .Where(m => m.Automatic && m.CreatedAt >= day)
            .Select(m => new { m.TicketId, m.CreatedAt }).ToListAsync(ct);
        return sent.Count < caps.AutomaticPerDay
            && sent.Count(m => m.CreatedAt >= hour) < caps.AutomaticPerHour
            && sent.Count(m => m.TicketId == ticket) < caps.AutomaticPerTicket;
    }
}
