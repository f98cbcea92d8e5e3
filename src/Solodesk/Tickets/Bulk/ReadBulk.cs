using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Bulk;

/// <summary>A run as its page shows it.</summary>
[UseCase]
internal sealed class ReadBulk(IDbContextFactory<DeskDb> dbs)
{
    /// <param name="Number">The ticket.</param>
    /// <param name="Subject">Its subject.</param>
    /// <param name="Problem">Why it was left alone.</param>
    public sealed record Refusal(long Number, string? Subject, string Problem);

    public async Task<BulkRun?> RunAsync(Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<BulkRun>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
    }

    /// <summary>The first of those that were left alone, each with its reason.</summary>
    public async Task<IReadOnlyList<Refusal>> RefusalsAsync(Guid id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<BulkItem>().AsNoTracking().Where(i => i.RunId == id && i.Outcome == BulkOutcome.Refused).OrderBy(i => i.Number).Take(200)
            .Select(i => new Refusal(i.Number, db.Set<Ticket>().Where(t => t.Id == i.TicketId).Select(t => t.Subject).FirstOrDefault(), i.Problem ?? "ticket.not_found")).ToListAsync(ct);
    }
}
