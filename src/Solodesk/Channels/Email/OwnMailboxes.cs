using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Tickets.Writing;

namespace Solodesk.Channels.Email;

/// <summary>The addresses of the desk's mailboxes.</summary>
internal sealed class OwnMailboxes : IOwnAddresses
{
    public async Task<IReadOnlyCollection<string>> ReadAsync(DeskDb db, CancellationToken ct)
        => await db.Set<Mailbox>().AsNoTracking().Select(m => m.Address).ToListAsync(ct);

    public async Task<IReadOnlyList<(Guid Id, string Name)>> NamesAsync(DeskDb db, CancellationToken ct)
        => [.. (await db.Set<Mailbox>().AsNoTracking().OrderBy(m => m.Address).Select(m => new { m.Id, m.Address }).ToListAsync(ct)).Select(m => (m.Id, m.Address))];
}
