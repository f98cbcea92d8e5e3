using Microsoft.EntityFrameworkCore;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Customers;

/// <summary>Organizations by name, paged by key; or those with the words in their name or mail domain.</summary>
[UseCase]
public sealed class ListOrganizations(IDbContextFactory<DeskDb> dbs)
{
    private const string Order = "organizations";

    public sealed record Request(string? Query, string? Cursor, int? Limit = null);

    /// <param name="Organization">The organization.</param>
    /// <param name="Customers">How many belong to it.</param>
    public sealed record Row(Organization Organization, int Customers);

    public async Task<Result<Page<Row>>> RunAsync(Request request, CancellationToken ct)
    {
        if (!Paging.TryRead(request.Cursor, Order, out var after))
        {
            return Paging.Broken;
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var organizations = db.Set<Organization>().AsNoTracking();
        if (request.Query?.Trim().ToLowerInvariant() is { Length: > 0 } words)
        {
            organizations = organizations.Where(o => o.Normal.Contains(words) || o.Domain!.Contains(words));
        }

        // The key is the id of the last row, because a name may hold anything; its name is looked up.
        if (after is not null)
        {
            var last = await db.Set<Organization>().Where(o => o.Id == after.Id).Select(o => o.Normal).SingleOrDefaultAsync(ct);
            organizations = organizations.Where(o => last == null || string.Compare(o.Normal, last) > 0);
        }

        var size = Paging.Limit(request.Limit);
        var rows = await organizations.OrderBy(o => o.Normal).Take(size + 1)
            .Select(o => new Row(o, db.Set<Customer>().Count(c => c.OrganizationId == o.Id && c.MergedIntoId == null))).ToListAsync(ct);
        return Paging.Cut(rows, size, r => new Cursor(Order, 0, r.Organization.Id.ToString()));
    }
}
