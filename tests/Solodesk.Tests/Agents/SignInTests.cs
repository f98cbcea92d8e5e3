using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;

namespace Solodesk.Tests.Agents;

public sealed class SignInTests
{
    [Fact]
    public async Task The_right_password_opens_the_address_that_was_asked_for()
    {
        await using var app = new DeskApp(realSignIn: true);
        await app.FoundAsync();
        var browser = await new WebBrowser(app).OpenAsync("/account");
        Assert.Equal("/signin?to=%2Faccount", browser.To);
        await browser.FillAsync("/signin?to=%2Faccount", "/signin", ("email", Founders.Email), ("password", Founders.Password), ("to", "/account"));
        Assert.Equal("/account", browser.To);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/account")).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Signing_in_never_leads_out_of_the_desk(string to)
    {
        await using var app = new DeskApp(realSignIn: true);
        await app.FoundAsync();
        var browser = await new WebBrowser(app).FillAsync("/signin", "/signin", ("email", Founders.Email), ("password", Founders.Password), ("to", to));
        Assert.Equal("/", browser.To);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_words()
    {
        await using var app = new DeskApp(realSignIn: true);
        await app.FoundAsync();
        var wrong = await app.SignInAsync("not the password");
        var unknown = await new WebBrowser(app).FillAsync("/signin", "/signin", ("email", "nobody@driftnote.example"), ("password", "not the password"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("Email or password is wrong", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("Email or password is wrong", unknown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_wrong_passwords_lock_the_account_and_say_so()
    {
        await using var app = new DeskApp(realSignIn: true);
        await app.FoundAsync();
        for (var i = 0; i < 8; i++)
        {
            await app.SignInAsync("not the password", from: $"192.0.2.{i}");
        }

        var browser = await app.SignInAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("locked for about", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_tries_too_often_waits()
    {
        await using var app = new DeskApp(realSignIn: true);
        await app.FoundAsync();
        var browser = new WebBrowser(app, from: "192.0.2.50");
        await browser.OpenAsync("/signin");
        for (var i = 0; i < 20; i++)
        {
            await browser.SendAsync("/signin", ("email", "x@y.example"), ("password", "x"));
        }

        await browser.SendAsync("/signin", ("email", "x@y.example"), ("password", "x"));
        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Contains("Too many attempts", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_signs_nobody_in()
    {
        await using var app = new DeskApp(realSignIn: true);
        await app.FoundAsync();
        var browser = await new WebBrowser(app).SendAsync("/signin", ("email", Founders.Email), ("password", Founders.Password));
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("page is too old", browser.Text, StringComparison.Ordinal);
        Assert.StartsWith("/signin", (await browser.OpenAsync("/account")).To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ended_elsewhere_is_out_at_the_next_request()
    {
        await using var app = new DeskApp(realSignIn: true);
        var first = await app.FoundAsync();
        var second = await app.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await second.OpenAsync("/account")).Status);
        await first.FillAsync("/account", "/account/sessions/end-others");
        Assert.StartsWith("/signin", (await second.OpenAsync("/account")).To, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await first.OpenAsync("/account")).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_of_the_cookie_too()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await app.FoundAsync();
        await browser.FillAsync("/account", "/signout");
        Assert.Equal("/signin", browser.To);
        Assert.False(await app.ReadAsync(db => db.Set<AgentSession>().AnyAsync(s => s.RevokedAt == null, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_audit_log_tells_sign_ins_and_failures_with_their_addresses()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await app.FoundAsync();
        await app.SignInAsync("not the password", from: "192.0.2.77");
        await founder.OpenAsync("/settings/audit");
        Assert.Contains("Wrong password", founder.Text, StringComparison.Ordinal);
        Assert.Contains("192.0.2.77", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("not the password", founder.Text, StringComparison.Ordinal);
    }
}
