using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Views;

/// <summary>The views that an agent sees: everybody's and their own, in the order of the navigation.</summary>
[UseCase]
internal sealed class ReadViews(IDbContextFactory<DeskDb> dbs)
{
    public async Task<IReadOnlyList<View>> RunAsync(Actor actor, bool hidden, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var views = await db.Set<View>().AsNoTracking().Where(v => v.OwnerId == null || v.OwnerId == actor.Id).OrderBy(v => v.Position).ThenBy(v => v.Id).ToListAsync(ct);
        if (!hidden)
        {
            views.RemoveAll(v => v.Hidden);
        }

        // There is nobody to assign to in a company of one.
        if (views.Exists(v => v.Key == DefaultViews.Unassigned) && await db.Set<Agent>().CountAsync(a => a.Active, ct) < 2)
        {
            views.RemoveAll(v => v.Key == DefaultViews.Unassigned);
        }

        return views;
    }

    /// <summary>The labels of the tickets' own fields, by key.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OwnLabelsAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<Tickets.CustomField>().Where(f => f.Target == Tickets.CustomFieldTarget.Ticket).ToDictionaryAsync(f => f.Key, f => f.Label, ct);
    }

    public async Task<View?> OneAsync(Actor actor, string key, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        return await db.Set<View>().AsNoTracking().SingleOrDefaultAsync(v => v.Key == key && (v.OwnerId == null || v.OwnerId == actor.Id), ct);
    }
}
