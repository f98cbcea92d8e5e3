using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Tickets.Writing;

namespace Solodesk.Channels.Email;

/// <summary>The addresses of the desk's mailboxes. Every ticket that is opened asks for them.</summary>
internal sealed class OwnMailboxes(IDbContextFactory<DeskDb> dbs, RecentReads recent) : IOwnAddresses
{
    public ValueTask<IReadOnlyCollection<string>> ReadAsync(CancellationToken ct)
        => recent.ReadAsync<IReadOnlyCollection<string>>("mailboxes", null, async c =>
        {
            await using var db = await dbs.CreateDbContextAsync(c);
            return await db.Set<Mailbox>().AsNoTracking().Select(m => m.Address).ToListAsync(c);
        }, ct);

    public async Task<IReadOnlyList<(Guid Id, string Name)>> NamesAsync(DeskDb db, CancellationToken ct)
        => [.. (await db.Set<Mailbox>().AsNoTracking().OrderBy(m => m.Address).Select(m => new { m.Id, m.Address }).ToListAsync(ct)).Select(m => (m.Id, m.Address))];
}
