using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;

namespace Solodesk.Tests.Api;

public sealed class TokenTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_gets_in_without_a_token()
    {
        await using var desk = new DeskApp();
        var visitor = desk.Visitor();

        var response = await visitor.GetAsync("/api/v1/tickets", Ct);

        Assert.Equal("unauthorized", await response.ProblemAsync(401));
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_made_up_token_is_refused()
    {
        await using var desk = new DeskApp();
        var visitor = desk.Visitor();
        visitor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sdk_nothing");

        Assert.Equal("token.invalid", await (await visitor.GetAsync("/api/v1/me", Ct)).ProblemAsync(401));
    }

    [Fact]
    public async Task A_token_does_what_its_scopes_say_and_no_more()
    {
        await using var desk = new DeskApp();
        var reader = await desk.ProgramAsync(Scopes.TicketsRead);

        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/api/v1/tickets", Ct)).StatusCode);
        var refused = await reader.PostAsync("/api/v1/tickets", new { body = "x", customer = new { email = "a@example.com" } });

        Assert.Equal("token.scope_missing", await refused.ProblemAsync(403));
        Assert.Contains("tickets:write", (await refused.JsonAsync()).Text("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writing_includes_reading()
    {
        await using var desk = new DeskApp();
        var writer = await desk.ProgramAsync(Scopes.TicketsWrite);

        Assert.Equal(HttpStatusCode.OK, (await writer.GetAsync("/api/v1/tickets", Ct)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_token_ends_at_once()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var id = Guid.Parse((await client.GetJsonAsync("/api/v1/token")).Text("id"));

        await desk.Get<RevokeToken>().RunAsync(desk.Founder, id, Ct);

        Assert.Equal("token.invalid", await (await client.GetAsync("/api/v1/me", Ct)).ProblemAsync(401));
    }

    [Fact]
    public async Task Only_the_hash_of_a_secret_is_kept()
    {
        await using var desk = new DeskApp();

        var created = (await desk.Get<CreateToken>().RunAsync(desk.Founder, new("shop", [Scopes.TicketsRead]), Ct)).Value;

        var token = await desk.ReadAsync(db => db.Set<ApiToken>().SingleAsync(Ct));
        Assert.StartsWith("sdk_", created.Secret, StringComparison.Ordinal);
        Assert.DoesNotContain(created.Secret[12..], token.Hash + token.Prefix, StringComparison.Ordinal);
        Assert.Contains("token.created", await desk.ReadAsync(db => db.Set<AuditEntry>().Select(a => a.Action).ToListAsync(Ct)));
    }

    [Fact]
    public async Task An_unknown_scope_is_refused_with_those_that_exist()
    {
        await using var desk = new DeskApp();

        var refused = await desk.Get<CreateToken>().RunAsync(desk.Founder, new("shop", ["tickets:delete"]), Ct);

        Assert.Equal("token.scope_unknown", refused.Problem?.Code);
        Assert.Equal("scopes", refused.Problem?.Field);
    }

    [Fact]
    public async Task Only_owners_make_tokens()
    {
        await using var desk = new DeskApp();

        var refused = await desk.Get<CreateToken>().RunAsync(desk.Founder with { Role = Role.Agent }, new("shop", ["*"]), Ct);

        Assert.Equal("forbidden", refused.Problem?.Code);
    }

    [Fact]
    public async Task A_signed_in_agent_reads_with_the_cookie_but_writes_only_with_the_antiforgery_header()
    {
        await using var desk = new DeskApp();
        var browser = desk.Desk("en");

        Assert.Equal("agent", (await browser.GetJsonAsync("/api/v1/me")).Text("kind"));
        var refused = await browser.PostAsync("/api/v1/tickets", new { body = "x", customer = new { email = "a@example.com" } });

        Assert.Equal("antiforgery", await refused.ProblemAsync(400));
    }

    [Fact]
    public async Task Refusals_speak_the_callers_language()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        client.DefaultRequestHeaders.AcceptLanguage.Clear();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN,zh;q=0.9");

        var response = await client.GetAsync("/api/v1/tickets/99999", Ct);

        Assert.Equal("ticket.not_found", await response.ProblemAsync(404));
        Assert.Equal("没有这张工单", (await response.JsonAsync()).Text("title"));
    }

    [Fact]
    public async Task The_use_of_a_token_is_noted()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();

        await client.GetJsonAsync("/api/v1/me");

        Assert.NotNull(await desk.ReadAsync(db => db.Set<ApiToken>().Select(t => t.UsedAt).SingleAsync(Ct)));
    }
}
