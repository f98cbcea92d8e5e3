using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Tickets;

/// <summary>How many tickets stand in the lists that are worked on. Counting stops where nobody would count any more.</summary>
[UseCase]
public sealed class CountTickets(IDbContextFactory<DeskDb> dbs)
{
    private const int Enough = 1000;

    public sealed record Counts(IReadOnlyDictionary<TicketQueue, int> ByQueue)
    {
        public int Mine => ByQueue.GetValueOrDefault(TicketQueue.Mine);

        public int? Of(TicketView view) => view is { Counted: true, Queue: { } queue } && ByQueue.GetValueOrDefault(queue) is > 0 and var n ? n : null;
    }

    public async Task<Counts> RunAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var counts = new Dictionary<TicketQueue, int>();
        foreach (var queue in TicketView.All.Where(v => v.Counted).Select(v => v.Queue!.Value))
        {
            counts[queue] = await db.Set<Ticket>().Where(t => t.Queue == queue).OrderBy(t => t.DueAt).Take(Enough).CountAsync(ct);
        }

        return new Counts(counts);
    }
}
