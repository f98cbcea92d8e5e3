using System.Net;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Solodesk.Tests.House;

public sealed class SlowDatabaseTests
{
    /// <summary>Parts of one page are drawn side by side: none may ask a context that another is still waiting for.</summary>
    [Fact]
    public async Task Every_page_opens_when_each_query_takes_its_time()
    {
        var queries = new SlowQueries();
        await using var app = new DeskApp(realSignIn: true, interceptor: queries);
        var founder = await app.FoundAsync();
        var pages = app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && e.RoutePattern.Parameters.Count == 0)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(p => p is not "/error" and not "/not-found")
            .ToList();
        Assert.Contains("/account/two-step", pages);

        List<string> broken = [];
        foreach (var page in pages)
        {
            await founder.OpenAsync(page);
            if ((int)founder.Status >= 400)
            {
                broken.Add($"{page}: {(int)founder.Status}");
            }
        }

        Assert.Empty(broken);
        Assert.True(queries.Delayed > pages.Count);
    }
}
