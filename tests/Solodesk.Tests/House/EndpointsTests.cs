using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Solodesk.Tests.House;

public sealed class EndpointsTests
{
    /// <summary>The addresses that need no account, each with its reason. Everything else must be authorised.</summary>
    private static readonly Dictionary<string, string> Open = new(StringComparer.Ordinal)
    {
        ["/health"] = "says only that the process answers",
        ["/openapi/{documentName}.json"] = "describes the API, which is public knowledge",
        ["/api/{**rest}"] = "says that an API address does not exist",
        ["/contact"] = "customers write; honeypot, timing token, limit by address",
        ["/contact/answers"] = "articles that may answer, while they write; limited by address",
        ["/contact/sent/{Token}"] = "the unguessable token is the key",
        ["/track/{Token}"] = "the unguessable token is the key",
        ["/track/{token}"] = "the unguessable token is the key",
        ["/track/{token}/solved"] = "the unguessable token is the key",
        ["/track/{token}/reopen"] = "the unguessable token is the key",
        ["/files/{token:length(20,40)}/{*name}"] = "the unguessable token is the key; customers open their files",
        ["/widget.js"] = "the chat's script for any site",
        ["/widget/{name}.js"] = "its second part",
        ["/widget/config"] = "its colours and words, for the sites on the list",
        ["/chat/socket"] = "visitors talk; list of sites, sealed token, limits by visitor and address",
        ["/chat/exchange"] = "the same without a socket",
        ["/chat/files"] = "their files; sealed token, limit by address",
        ["/demo/shop"] = "a made-up shop, only with --demo",
        ["/error"] = "says what went wrong",
        ["/not-found"] = "says that there is nothing",
        ["/signin"] = "the way in",
        ["/language"] = "anybody chooses the language they read",
        ["/welcome"] = "makes the founder's account, while there is none",
        ["/support"] = "answers from public articles; limited by address",
        ["/help"] = "leads to the help centre in the visitor's language",
        ["/sitemap.xml"] = "says which public pages there are",
        ["/robots.txt"] = "says what search engines may visit",
        ["/setup"] = "the first visit, while there is no founder yet",
    };

    /// <summary>Whole branches of addresses with one reason.</summary>
    private static readonly Dictionary<string, string> OpenBelow = new(StringComparer.Ordinal)
    {
        ["/help/{lang:regex(^(zh|en)$)}"] = "the help centre: what was published for everybody",
        ["/_content/"] = "scripts, styles and icons",
        ["/_framework/"] = "scripts of the framework",
        ["/signin/"] = "the steps of the way in, limited by address",
        ["/welcome/"] = "makes the founder's account, while there is none",
        ["/setup/"] = "the first visit, while there is no founder yet",
    };

    [Fact]
    public async Task Every_address_is_authorised_or_stands_on_the_list_of_open_ones()
    {
        await using var desk = new DeskApp();
        _ = desk.Visitor();

        var open = desk.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText?.TrimStart('/'))
            .Where(a => !Open.ContainsKey(a) && !OpenBelow.Keys.Any(b => a.StartsWith(b, StringComparison.Ordinal)) && !a.Contains("favicon", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Empty(open);
    }

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
