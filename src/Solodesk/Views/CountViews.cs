using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Views;

/// <summary>
/// The numbers of the navigation: counted in the index to a hundred and no further, of views of work in hand only. Nobody works a longer
/// list by its number, and no count reads more than its bound however many tickets there are.
/// </summary>
[UseCase]
internal sealed class CountViews(IDbContextFactory<DeskDb> dbs, ReadViews views, OpenView open, RecentReads recent)
{
    private const int Enough = 100;

    /// <param name="View">The view.</param>
    /// <param name="Count">How many; null where counting is of no use.</param>
    public sealed record Counted(View View, int? Count)
    {
        /// <summary>As it is shown: nothing for none, 99+ for more.</summary>
        public string? Text => Count is null or 0 ? null : Count >= Enough ? "99+" : Count.Value.ToString(CultureInfo.InvariantCulture);
    }

    public ValueTask<IReadOnlyList<Counted>> RunAsync(Actor actor, CancellationToken ct)
        => recent.ReadAsync("counts", actor.Id, c => CountAsync(actor, c), ct);

    private async Task<IReadOnlyList<Counted>> CountAsync(Actor actor, CancellationToken ct)
    {
        var counted = new List<Counted>();
        await using var db = await dbs.CreateDbContextAsync(ct);
        foreach (var view in await views.RunAsync(actor, hidden: false, ct))
        {
            var opened = await open.AskAsync(actor, view, new(view.Key) { Flat = true }, ct);
            counted.Add(new Counted(view, opened.Ok ? await opened.Value.CountAsync(db, Enough, ct) : null));
        }

        return counted;
    }

    /// <summary>As <see cref="RunAsync"/>, counted once however many parts of one page show it.</summary>
    public Task<IReadOnlyList<Counted>> OnPageAsync(HttpContext page)
    {
        if (page.Items[typeof(CountViews)] is not Task<IReadOnlyList<Counted>> counting)
        {
            page.Items[typeof(CountViews)] = counting = RunAsync(page.User.ToActor(), page.RequestAborted).AsTask();
        }

        return counting;
    }

    /// <summary>What waits for the founder: the one number that every page shows.</summary>
    public async Task<int> MineAsync(CancellationToken ct)
        => (int)await recent.ReadAsync<object>("mine", null, async c =>
        {
            await using var db = await dbs.CreateDbContextAsync(c);
            return await db.Set<Tickets.Ticket>().Where(t => t.Queue == Tickets.TicketQueue.Mine).Take(Enough).CountAsync(c);
        }, ct);
}
