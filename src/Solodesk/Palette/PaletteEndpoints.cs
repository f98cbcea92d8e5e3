using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Tickets;

namespace Solodesk.Palette;

/// <summary>What ⌘K finds while somebody types.</summary>
internal sealed class PaletteEndpoints : IEndpoints
{
    private const int Most = 6;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/palette", async (string? q, ListTickets tickets, ListCustomers customers, CancellationToken ct) =>
    {
        var query = (q ?? "").Trim();
        return new RazorComponentResult<PaletteResults>(new
        {
            Query = query,
            Tickets = query.Length == 0 ? [] : (await tickets.RunAsync(new() { Query = query, Size = Most }, ct)).Items,
            Customers = query.Length == 0 ? [] : (await customers.RunAsync(new() { Query = query, Size = Most }, ct)).Items,
        });
    });
}
