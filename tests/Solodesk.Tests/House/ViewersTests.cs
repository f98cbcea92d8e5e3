using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Tests.Api;

namespace Solodesk.Tests.House;

/// <summary>A viewer looks at everything that an agent sees and changes nothing: asked of every address that there is.</summary>
public sealed class ViewersTests
{
    /// <summary>What a viewer may do, with its reason. Everything else is refused, whether or not somebody thought of it.</summary>
    private static readonly Dictionary<string, string> Own = new(StringComparer.Ordinal)
    {
        ["/signout"] = "leaves",
        ["/account/profile"] = "their own name, language and zone",
        ["/account/password"] = "their own password",
        ["/account/passkeys"] = "their own passkeys",
        ["/account/passkeys/options"] = "a challenge for one",
        ["/account/passkeys/remove"] = "their own passkeys",
        ["/account/sessions/end"] = "their own browsers",
        ["/account/sessions/end-others"] = "their own browsers",
        ["/account/two-step/on"] = "their own second step",
        ["/account/two-step/off"] = "their own second step",
        ["/account/two-step/codes"] = "their own second step",
        ["/notifications/browsers"] = "what their own browsers are told",
        ["/notifications/browsers/{id:guid}/remove"] = "the same",
        ["/notifications/browsers/{id:guid}/test"] = "the same",
        ["/settings/notifications"] = "what they themselves are told",
        ["/live"] = "hears that something changed",
        ["/live/negotiate"] = "hears that something changed",
        ["/chat/desk/{number:long}/seen"] = "said by the open page itself; does nothing for a viewer",
        ["/chat/desk/{number:long}/typing"] = "the same",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_viewer_is_refused_at_every_address_that_changes_something()
    {
        await using var desk = new DeskApp();
        using var viewer = Browser(desk, Role.Viewer);
        var full = await FullDesk.PrepareAsync(desk);
        viewer.DefaultRequestHeaders.Add("X-CSRF-Token", await AntiforgeryAsync(viewer));
        var asked = Changing(desk).Where(e => !Own.ContainsKey(Pattern(e.Endpoint))).ToList();

        var wrong = await AskAsync(viewer, desk, full, asked, static (answer, text) => answer.StatusCode == HttpStatusCode.Forbidden
            || (answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location?.OriginalString.StartsWith("/denied", StringComparison.Ordinal) == true)
            || text.Contains("You may look at this but not change it", StringComparison.Ordinal));

        Assert.True(asked.Count > 170, $"only {asked.Count} addresses");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_token_that_only_reads_is_refused_at_every_address_of_the_API_that_changes_something()
    {
        await using var desk = new DeskApp();
        var full = await FullDesk.PrepareAsync(desk);
        using var reader = await desk.ProgramAsync([.. Scopes.All.Where(s => s.EndsWith(":read", StringComparison.Ordinal))]);
        await reader.GetJsonAsync("/api/v1/me"); // Notes that the token is used.
        var asked = Changing(desk).Where(e => Pattern(e.Endpoint).StartsWith("/api/", StringComparison.Ordinal)).ToList();

        var wrong = await AskAsync(reader, desk, full, asked, static (answer, _) => answer.StatusCode == HttpStatusCode.Forbidden);

        Assert.True(asked.Count > 70, $"only {asked.Count} addresses");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_viewer_reads_what_an_agent_reads_and_leaves_no_trace()
    {
        await using var desk = new DeskApp();
        var full = await FullDesk.PrepareAsync(desk);
        using var viewer = Browser(desk, Role.Viewer);
        using var agent = Browser(desk, Role.Agent);
        var pages = Endpoints(desk).Where(e => e.Method == "GET").ToList();

        var wrong = new List<string>();
        foreach (var page in pages)
        {
            using var seen = await agent.GetAsync(full.Address(Pattern(page.Endpoint)), HttpCompletionOption.ResponseHeadersRead, Ct);
            wrong.AddRange(await AskAsync(viewer, desk, full, [page], (answer, _) => answer.StatusCode == seen.StatusCode));
        }

        Assert.True(pages.Count > 100, $"only {pages.Count} addresses");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task What_is_open_to_viewers_is_on_the_list_with_its_reason()
    {
        await using var desk = new DeskApp();
        Assert.Equal(Own.Keys.Order(StringComparer.Ordinal), Changing(desk)
            .Where(e => e.Endpoint.Metadata.GetMetadata<Solodesk.Api.ViewersOnlyLook.ForViewersToo>() is not null)
            .Select(e => Pattern(e.Endpoint)).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("en", "You may look at this but not change it")]
    [InlineData("zh-Hans", "你可以看，但不能改")]
    public async Task The_refusal_is_told_in_words(string language, string words)
    {
        await using var desk = new DeskApp();
        using var viewer = Browser(desk, Role.Viewer, language);
        viewer.DefaultRequestHeaders.Add("X-CSRF-Token", await AntiforgeryAsync(viewer));
        using var form = new FormUrlEncodedContent([new("name", "x")]);

        using var page = await viewer.PostAsync(new Uri("/knowledge/new", UriKind.Relative), form, Ct);
        viewer.DefaultRequestHeaders.Accept.Clear();
        using var fragment = await viewer.PostAsync(new Uri("/knowledge/new", UriKind.Relative), form, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Contains(words, WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Ct)), StringComparison.Ordinal);
        Assert.Equal("forbidden", await fragment.ProblemAsync(403));
        Assert.Equal(words, (await fragment.JsonAsync()).Text("title"));
    }

    /// <summary>Calls each address and gives back those that answer otherwise than they should, and every table that one has written to.</summary>
    private static async Task<List<string>> AskAsync(HttpClient who, DeskApp desk, FullDesk full, IEnumerable<(RouteEndpoint Endpoint, string Method)> addresses, Func<HttpResponseMessage, string, bool> isRight)
    {
        var wrong = new List<string>();
        var before = await desk.TablesAsync();
        foreach (var (endpoint, method) in addresses)
        {
            var pattern = Pattern(endpoint);
            using var request = new HttpRequestMessage(new(method), full.Address(pattern)) { Content = method == "GET" ? null : Body(endpoint) };
            using var answer = await who.SendAsync(request, Ct);
            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
            if (!isRight(answer, text))
            {
                wrong.Add($"{method} {pattern} as {request.RequestUri}: {(int)answer.StatusCode} {answer.Headers.Location}");
            }

            var after = await desk.TablesAsync();
            wrong.AddRange(after.Where(t => before[t.Key] != t.Value).Select(t => $"{method} {pattern} wrote to {t.Key}"));
            before = after;
        }

        return wrong;
    }

    /// <summary>A body of the kind that the address takes.</summary>
    internal static HttpContent Body(RouteEndpoint endpoint)
    {
        var accepts = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? [];
        if (accepts.Contains("multipart/form-data") && !accepts.Contains("application/x-www-form-urlencoded"))
        {
            return new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.png" }, { new ByteArrayContent([1]), "image", "a.png" } };
        }

        return Pattern(endpoint).StartsWith("/api/", StringComparison.Ordinal) || accepts.Contains("application/json")
            ? new StringContent("{}", Encoding.UTF8, new MediaTypeHeaderValue(accepts is [var first, ..] ? first : "application/json"))
            : new FormUrlEncodedContent([]);
    }

    /// <summary>Everything but reading, for those who are signed in; what is open to anybody is the list of <see cref="OpenEndpointsTests"/>.</summary>
    private static IEnumerable<(RouteEndpoint Endpoint, string Method)> Changing(DeskApp desk) => Endpoints(desk).Where(e => e.Method is not ("GET" or "HEAD"));

    private static IEnumerable<(RouteEndpoint Endpoint, string Method)> Endpoints(DeskApp desk)
        => from endpoint in desk.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["POST"]
           select (endpoint, method);

    private static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    private static HttpClient Browser(DeskApp desk, Role role, string language = "en")
    {
        var client = desk.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add(TestSignIn.Header, $"{FullDesk.Viewer}|Wen|{role}|{language}");
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    private static async Task<string> AntiforgeryAsync(HttpClient client)
    {
        const string mark = "name=\"csrf\" content=\"";
        var page = await client.GetStringAsync(new Uri("/", UriKind.Relative), Ct);
        var at = page.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        return page[at..page.IndexOf('"', at)];
    }
}
