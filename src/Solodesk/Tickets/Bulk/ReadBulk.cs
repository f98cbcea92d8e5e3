using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets.Bulk;

/// <summary>A run as its page shows it, and the tickets that a form for many means.</summary>
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

    /// <summary>The first tickets that are meant, to look at before sending.</summary>
    public async Task<IReadOnlyList<(Ticket Ticket, Customers.Customer Customer)>> FirstAsync(IReadOnlyList<Guid> picked, int count, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var tickets = await db.Set<Ticket>().AsNoTracking().Where(t => picked.Contains(t.Id)).OrderBy(t => t.Number).Take(count).ToListAsync(ct);
        var ids = tickets.Select(t => t.CustomerId).ToList();
        var customers = await db.Set<Customers.Customer>().AsNoTracking().Include(c => c.Addresses).Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        return [.. tickets.Where(t => customers.ContainsKey(t.CustomerId)).Select(t => (t, customers[t.CustomerId]))];
    }
}
