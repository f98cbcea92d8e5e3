using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Solodesk.Tests.House;

public sealed class EndpointsTests
{
    [Fact]
    public async Task What_is_not_opened_by_name_asks_for_an_account()
    {
        await using var desk = new DeskApp();
        var fallback = await desk.Get<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();

        Assert.NotNull(fallback);
        Assert.Contains(fallback.Requirements, r => r is Microsoft.AspNetCore.Authorization.Infrastructure.DenyAnonymousAuthorizationRequirement);
    }

    [Fact]
    public async Task Every_address_of_the_API_names_the_scope_that_it_needs()
    {
        await using var desk = new DeskApp();
        _ = desk.Visitor();

        var without = desk.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/api/v1/", StringComparison.Ordinal) == true)
            .Where(e => e.Metadata.GetMetadata<Solodesk.Api.ApiAccess.ScopeMetadata>() is null)
            .Select(e => e.RoutePattern.RawText!).Except(["/api/v1/me/", "/api/v1/token/", "/api/v1/me", "/api/v1/token"]);

        Assert.Empty(without);
    }
}
