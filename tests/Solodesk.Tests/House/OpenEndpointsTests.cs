using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Tests.Channels.Email;

namespace Solodesk.Tests.House;

/// <summary>Everything is closed by the fallback policy; what is open stands here with its reason.</summary>
public sealed class OpenEndpointsTests
{
    private static readonly Dictionary<string, string> Open = new(StringComparer.Ordinal)
    {
        ["/health"] = "asked by whatever watches the process; says ok and nothing else",
        ["/openapi/{documentName}.json"] = "describes the API, holds no data",
        ["/api/{**rest}"] = "says in the API's own words that an address is unknown",
        ["/not-found"] = "words only",
        ["/error"] = "words only",
        ["/language"] = "remembers a language in the visitor's own browser",
        ["/setup"] = "leads the first visitor to the first step, everybody else away",
        ["/setup/account"] = "makes the founder: only at this machine or with the printed code, and only once",
        ["/setup/account/passkey"] = "the same, for a passkey",
        ["/setup/language"] = "draws the first step in another language",
        ["/signin"] = "the way in",
        ["/signin/code"] = "its second step",
        ["/signin/passkey"] = "its other way",
        ["/signin/passkey/options"] = "a challenge for it",
        ["/welcome"] = "behind a sealed one-time link",
        ["/welcome/passkey"] = "behind the same link",
        ["/contact"] = "customers write to us",
        ["/contact/answers"] = "articles that may answer, while they write",
        ["/contact/sent/{Token}"] = "customers see that it arrived",
        ["/track/{token}"] = "customers see their own ticket by a secret link",
        ["/track/{Token}"] = "the page of it",
        ["/track/{token}/solved"] = "by the same link",
        ["/track/{token}/reopen"] = "by the same link",
        ["/support"] = "programs ask the public articles; limited by address",
        ["/help"] = "the help centre",
        ["/help/{lang:regex(^(zh|en)$)}"] = "its first page",
        ["/help/{lang:regex(^(zh|en)$)}/topics/{slug}"] = "its topics",
        ["/help/{lang:regex(^(zh|en)$)}/articles/{address}"] = "its articles",
        ["/help/{lang:regex(^(zh|en)$)}/articles/{address}/feedback"] = "readers say whether it helped; limited by address",
        ["/help/{lang:regex(^(zh|en)$)}/search"] = "its search",
        ["/help/{lang:regex(^(zh|en)$)}/suggest"] = "its search while somebody types",
        ["/help/{lang:regex(^(zh|en)$)}/feed.xml"] = "its feed",
        ["/sitemap.xml"] = "its pages, for search engines",
        ["/robots.txt"] = "what search engines may visit",
        ["/widget.js"] = "the chat's script for any site",
        ["/widget/{name}.js"] = "its second part",
        ["/widget/config"] = "its colours and words, for the sites on the list",
        ["/chat/socket"] = "visitors talk, known by a sealed token",
        ["/chat/exchange"] = "the same without a socket",
        ["/chat/files"] = "visitors hand in files",
        ["/chat/suggest"] = "public articles for what a visitor types, for the sites on the list",
        ["/demo/shop"] = "a made-up shop, only with --demo",
        ["/sw.js"] = "the service worker; a script that holds no data",
        ["/manifest/{lang:regex(^(zh|en)$)}.webmanifest"] = "name and icons of the desk as an app",
        ["/offline"] = "words only, for a browser without network",
        ["/files/{token:length(20,40)}/{*name}"] = "files at addresses that cannot be guessed",
    };

    [Fact]
    public async Task Every_open_endpoint_is_on_the_list_with_its_reason()
    {
        await using var app = new DeskApp();
        var open = Endpoints(app).Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Address).Where(a => !IsAsset(a)).Distinct();
        Assert.Empty(open.Except(Open.Keys));
    }

    // Forms with files are read part by part, so that what was typed outlives an upload that breaks off: IncomingForm checks the token
    // once the typed fields are there, before the first file is taken. No metadata shows that; the test below does.
    private static readonly string[] CheckedWhileReading = ["/contact", "/track/{token}", "/track/{token}/solved", "/track/{token}/reopen"];

    // A program's call, and a press of a button that acts for nobody who is signed in and works in a browser without cookies.
    private static readonly string[] WithoutToken = ["/support", "/contact/answers", "/contact/answers", "/help/{lang:regex(^(zh|en)$)}/articles/{address}/feedback"];

    // Called from other sites, without cookies: a sealed token in the body is the proof.
    private static readonly string[] ByToken = ["/chat/exchange", "/chat/files"];

    [Fact]
    public async Task Every_form_checks_its_antiforgery_token()
    {
        await using var app = new DeskApp();
        var unchecked_ = Endpoints(app)
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            // Programs show a token of their own; a page's component never handles a post.
            .Where(e => !Address(e).StartsWith("/api/", StringComparison.Ordinal) && !Address(e).StartsWith("/live", StringComparison.Ordinal) && !IsPage(e))
            .Where(e => e.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation != true)
            .Select(Address).Except(CheckedWhileReading).Except(WithoutToken).Except(ByToken);
        Assert.Empty(unchecked_);
    }

    [Fact]
    public async Task A_form_that_is_read_part_by_part_refuses_a_post_without_its_token()
    {
        await using var app = new DeskApp();
        await app.AddMailboxAsync();
        var ticket = await app.TicketAsync((await app.ReceiveAsync(Mails.Of())).TicketId);
        using var visitor = app.Visitor();
        foreach (var address in CheckedWhileReading)
        {
            HttpContent[] bodies =
            [
                new FormUrlEncodedContent([new("message", "hello")]),
                new MultipartFormDataContent { { new StringContent("hello"), "message" }, { new ByteArrayContent([1, 2, 3]), "files", "a.bin" } },
            ];
            foreach (var body in bodies)
            {
                using var answer = await visitor.PostAsync(address.Replace("{token}", ticket.TrackingToken, StringComparison.Ordinal), body, TestContext.Current.CancellationToken);
                Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
            }
        }

        // Nor was a file kept of what was refused.
        Assert.Equal(0, await app.ReadAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.CountAsync(db.Set<Solodesk.Tickets.Attachment>(), TestContext.Current.CancellationToken)));
    }

    private static IEnumerable<RouteEndpoint> Endpoints(DeskApp app) => app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static string Address(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.Trim('/');

    private static bool IsPage(RouteEndpoint endpoint) => endpoint.Metadata.Any(m => m.GetType().Name == "ComponentTypeMetadata");

    private static bool IsAsset(string address) => address.StartsWith("/_content/", StringComparison.Ordinal) || address.StartsWith("/_framework/", StringComparison.Ordinal);
}
