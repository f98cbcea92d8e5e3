using System.Net;
using Solodesk.Data;
using Solodesk.Setup;

namespace Solodesk.Tests.Setup;

public sealed class DemoSignInTests
{
    [Fact]
    public async Task A_visitor_at_the_machine_is_the_founder_of_the_demo()
    {
        await using var app = new DeskApp(realSignIn: true, demo: true);
        Assert.Equal(HttpStatusCode.OK, (await new WebBrowser(app).OpenAsync("/account")).Status);
    }

    [Theory]
    [InlineData("en-GB", "Your account")]
    [InlineData("zh-CN", "你的账号")]
    public async Task The_demo_speaks_the_language_of_whoever_looks_at_it(string language, string words)
    {
        await using var app = new DeskApp(realSignIn: true, demo: true);
        var visitor = new WebBrowser(app, language: language);
        Assert.Contains(words, (await visitor.OpenAsync("/account")).Text, StringComparison.Ordinal);
        Assert.Contains(words, (await visitor.OpenAsync("/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_from_elsewhere_is_not()
    {
        await using var app = new DeskApp(realSignIn: true, demo: true);
        Assert.StartsWith("/signin", (await new WebBrowser(app, from: "192.0.2.7").OpenAsync("/account")).To, StringComparison.Ordinal);
        var proxied = new WebBrowser(app);
        proxied.With("X-Forwarded-For", "127.0.0.1");
        Assert.StartsWith("/signin", (await proxied.OpenAsync("/account")).To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_desk_with_data_of_its_own_is_not_opened_by_the_switch()
    {
        await using var app = new DeskApp(realSignIn: true, demo: true);
        await app.Get<Settings>().SaveAsync(new DemoSettings { Active = false }, TestContext.Current.CancellationToken);
        Assert.StartsWith("/signin", (await new WebBrowser(app).OpenAsync("/account")).To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_desk_started_without_the_switch_asks_who_is_there()
    {
        await using var app = new DeskApp(realSignIn: true);
        await DemoAsync(app);
        Assert.StartsWith("/signin", (await new WebBrowser(app).OpenAsync("/account")).To, StringComparison.Ordinal);
    }

    private static async Task DemoAsync(DeskApp app)
    {
        await app.FoundAsync();
        await app.Get<Settings>().SaveAsync(new DemoSettings { Active = true }, TestContext.Current.CancellationToken);
    }
}
