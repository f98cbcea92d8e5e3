using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Views;

/// <summary>The views that an agent sees: everybody's and their own, in the order of the navigation.</summary>
[UseCase]
internal sealed class ReadViews(IDbContextFactory<DeskDb> dbs, TicketChoices choices, RecentReads recent)
{
    public async Task<IReadOnlyList<View>> RunAsync(Actor actor, bool hidden, CancellationToken ct)
    {
        List<View> views = [.. (await AllAsync(actor, ct)).Where(v => hidden || !v.Hidden)];

        // There is nobody to assign to in a company of one.
        if (views.Exists(v => v.Key == DefaultViews.Unassigned) && (await choices.PeopleAsync(ct)).Count(p => p.Active) < 2)
        {
            views.RemoveAll(v => v.Key == DefaultViews.Unassigned);
        }

        return views;
    }

    /// <summary>The labels of the tickets' own fields, by key.</summary>
    public async Task<IReadOnlyDictionary<string, CustomField>> OwnFieldsAsync(CancellationToken ct)
        => (await choices.FieldsAsync(ct)).Where(f => f.Target == CustomFieldTarget.Ticket).ToDictionary(f => f.Key);

    public async Task<View?> OneAsync(Actor actor, string key, CancellationToken ct)
        => (await AllAsync(actor, ct)).SingleOrDefault(v => v.Key == key);

    private ValueTask<IReadOnlyList<View>> AllAsync(Actor actor, CancellationToken ct)
        => recent.ReadAsync<IReadOnlyList<View>>("views", actor.Id, async c =>
        {
            await using var db = await dbs.CreateDbContextAsync(c);
            return await db.Set<View>().AsNoTracking().Where(v => v.OwnerId == null || v.OwnerId == actor.Id).OrderBy(v => v.Position).ThenBy(v => v.Id).ToListAsync(c);
        }, ct);
}
