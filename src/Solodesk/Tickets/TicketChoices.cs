using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets.Preparing;

namespace Solodesk.Tickets;

/// <summary>What stands to be chosen beside every ticket: categories, own fields, templates, macros, people. Read once until something is written.</summary>
[UseCase]
public sealed class TicketChoices(IDbContextFactory<DeskDb> dbs, RecentReads recent)
{
    /// <summary>All categories, archived ones too, in the founder's order.</summary>
    public ValueTask<IReadOnlyList<Category>> CategoriesAsync(CancellationToken ct)
        => ListAsync("categories", db => db.Set<Category>().OrderBy(c => c.Position), ct);

    /// <summary>All own fields, archived ones too.</summary>
    public ValueTask<IReadOnlyList<CustomField>> FieldsAsync(CancellationToken ct)
        => ListAsync("fields", db => db.Set<CustomField>().OrderBy(f => f.Target).ThenBy(f => f.Position), ct);

    /// <summary>The hundred templates that are used most.</summary>
    public ValueTask<IReadOnlyList<Template>> TemplatesAsync(CancellationToken ct)
        => ListAsync("templates", db => db.Set<Template>().OrderByDescending(t => t.UseCount).ThenBy(t => t.Name).Take(100), ct);

    /// <summary>Fifty macros, those with a key first.</summary>
    public ValueTask<IReadOnlyList<Macro>> MacrosAsync(CancellationToken ct)
        => ListAsync("macros", db => db.Set<Macro>().OrderBy(m => m.Key ?? 99).ThenBy(m => m.Name).Take(50), ct);

    /// <summary>Everybody who ever worked the desk, by name.</summary>
    public ValueTask<IReadOnlyList<Person>> PeopleAsync(CancellationToken ct)
        => recent.ReadAsync<IReadOnlyList<Person>>("people", null, async c =>
        {
            await using var db = await dbs.CreateDbContextAsync(c);
            return await db.Set<Agent>().AsNoTracking().OrderBy(a => a.Name).Select(a => new Person(a.Id, a.Name, a.Active)).ToListAsync(c);
        }, ct);

    /// <summary>What a ticket can still be given: without what was archived and who left.</summary>
    public async Task<Offer> OfferAsync(CancellationToken ct)
        => new([.. (await CategoriesAsync(ct)).Where(c => !c.Archived)],
            [.. (await FieldsAsync(ct)).Where(f => !f.Archived && f.Target == CustomFieldTarget.Ticket)],
            [.. (await PeopleAsync(ct)).Where(p => p.Active)]);

    private ValueTask<IReadOnlyList<T>> ListAsync<T>(string name, Func<DeskDb, IQueryable<T>> all, CancellationToken ct) where T : class
        => recent.ReadAsync<IReadOnlyList<T>>(name, null, async c =>
        {
            await using var db = await dbs.CreateDbContextAsync(c);
            return await all(db).AsNoTracking().ToListAsync(c);
        }, ct);

    public sealed record Person(Guid Id, string Name, bool Active);

    public sealed record Offer(IReadOnlyList<Category> Categories, IReadOnlyList<CustomField> Fields, IReadOnlyList<Person> People);
}
