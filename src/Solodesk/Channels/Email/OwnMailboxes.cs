using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Tickets.Writing;

namespace Solodesk.Channels.Email;

/// <summary>The addresses of the desk's mailboxes.</summary>
internal sealed class OwnMailboxes : IOwnAddresses
{
    public async Task<IReadOnlyCollection<string>> ReadAsync(DeskDb db, CancellationToken ct)
        => await db.Set<Mailbox>().AsNoTracking().Select(m => m.Address).ToListAsync(ct);
}
