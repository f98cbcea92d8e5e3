using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Customers;

/// <summary>Customers, the last seen first, paged by key; or those who have the words in their name, an address or their company's name.</summary>
[UseCase]
public sealed class ListCustomers(IDbContextFactory<DeskDb> dbs)
{
    public sealed record Request
    {
        public string? Query { get; init; }
        public string? After { get; init; }
        public int Size { get; init; } = 50;
    }

    public async Task<Page<CustomerRow>> RunAsync(Request request, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var customers = db.Set<Customer>().AsNoTracking().Where(c => c.MergedIntoId == null);
        if (!string.IsNullOrWhiteSpace(request.Query))
        {
            customers = await customers.HavingAsync(db, request.Query, ct);
        }

        if (Read(request.After) is var (at, id))
        {
            customers = customers.Where(c => c.SeenAt <= at && (c.SeenAt < at || c.Id.CompareTo(id) < 0));
        }

        var rows = await Project(db, customers.OrderByDescending(c => c.SeenAt).ThenByDescending(c => c.Id).Take(request.Size + 1)).ToListAsync(ct);
        var more = rows.Count > request.Size;
        if (more)
        {
            rows.RemoveAt(request.Size);
        }

        return new Page<CustomerRow>(rows, more ? string.Create(CultureInfo.InvariantCulture, $"{rows[^1].SeenAt.UtcTicks}_{rows[^1].Id:N}") : null);
    }

    internal static IQueryable<CustomerRow> Project(DeskDb db, IQueryable<Customer> customers)
        => customers.Select(c => new CustomerRow(c.Id, c.Name,
            c.Addresses.Where(a => a.Primary && a.Kind != AddressKind.External).Select(a => a.Value).FirstOrDefault(),
            db.Set<Organization>().Where(o => o.Id == c.OrganizationId).Select(o => o.Name).FirstOrDefault(),
            c.Vip, c.YearlyValue, c.TicketCount, c.SeenAt, c.CreatedAt));

    private static (DateTimeOffset, Guid)? Read(string? cursor)
        => cursor?.Split('_') is [var ticks, var id] && long.TryParse(ticks, CultureInfo.InvariantCulture, out var at) && at is >= 0 and < 3155378975999999999
            && Guid.TryParseExact(id, "N", out var last) ? (new DateTimeOffset(at, TimeSpan.Zero), last) : null;
}
