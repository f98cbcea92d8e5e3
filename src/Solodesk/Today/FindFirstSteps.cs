using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Email;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Today;

/// <summary>What a desk that nobody has written to yet still wants; nothing once the first ticket is there.</summary>
[UseCase]
public sealed class FindFirstSteps(IDbContextFactory<DeskDb> dbs)
{
    public sealed record Steps(bool HasMailbox);

    public async Task<Steps?> RunAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Ticket>().AnyAsync(ct) ? null : new Steps(await db.Set<Mailbox>().AnyAsync(ct));
    }
}
