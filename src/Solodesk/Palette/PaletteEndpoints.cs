using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Search;

namespace Solodesk.Palette;

/// <summary>What ⌘K finds while somebody types: with the same operators as the search page.</summary>
internal sealed class PaletteEndpoints : IEndpoints
{
    private const int Most = 6;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/palette", async Task<IResult> (string? q, HttpContext context, FindTickets tickets, ListCustomers customers, FindPlaces places, CancellationToken ct) =>
    {
        var query = (q ?? "").Trim();
        var words = SearchParser.Parse(query).Words;
        var actor = context.User.ToActor();
        return new RazorComponentResult<PaletteResults>(new
        {
            Query = query,
            Words = words,
            Places = query.Length > 0 && words.Length == 0 ? [] : places.Run(actor, words),
            Tickets = query.Length == 0 ? [] : (await tickets.RunAsync(actor, query, Most, null, snippets: false, ct)).Items,
            Customers = words.Length == 0 ? [] : (await customers.RunAsync(new() { Query = words, Size = Most }, ct)).Items,
        });
    });
}
