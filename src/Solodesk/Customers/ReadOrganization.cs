using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Customers;

/// <summary>One organization, who belongs to it, and what is open with any of them.</summary>
[UseCase]
public sealed class ReadOrganization(IDbContextFactory<DeskDb> dbs)
{
    private const int MostMembers = 100;
    private const int MostOpen = 20;

    /// <param name="Organization">Null where a new one is about to be added.</param>
    /// <param name="Members">The last seen first.</param>
    /// <param name="Open">Tickets that are not solved, the newest first.</param>
    /// <param name="Fields">The fields that were declared for organizations.</param>
    public sealed record View(Organization? Organization, IReadOnlyList<CustomerRow> Members, IReadOnlyList<TicketRow> Open, IReadOnlyList<CustomField> Fields);

    /// <summary>Null when there is none with this id; without an id, what a new one needs.</summary>
    public async Task<View?> RunAsync(Guid? id, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var fields = await db.Set<CustomField>().AsNoTracking().Where(f => f.Target == CustomFieldTarget.Organization && !f.Archived).OrderBy(f => f.Position).ToListAsync(ct);
        if (id is null)
        {
            return new View(null, [], [], fields);
        }

        if (await db.Set<Organization>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } organization)
        {
            return null;
        }

        var members = await ListCustomers.Project(db, db.Set<Customer>().AsNoTracking().Where(c => c.OrganizationId == id && c.MergedIntoId == null)
            .OrderByDescending(c => c.SeenAt).Take(MostMembers)).ToListAsync(ct);
        // By the ids of those shown: joined, a database may walk through all tickets to find the few of theirs.
        var ids = members.Select(m => m.Id).ToList();
        var open = await ListTickets.Project(db, db.Set<Ticket>().AsNoTracking().Where(t => ids.Contains(t.CustomerId)).StillOpen()
            .OrderByDescending(t => t.Number).Take(MostOpen)).ToListAsync(ct);
        return new View(organization, members, open, fields);
    }
}
