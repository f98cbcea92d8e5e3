using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Engine.Sla;
using Solodesk.Setup;
using Solodesk.Tickets;

namespace Solodesk.Tests.Setup;

public sealed class FirstVisitTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/inbox")]
    [InlineData("/settings/agents")]
    [InlineData("/signin")]
    public async Task Every_address_of_a_new_desk_leads_to_the_set_up(string address)
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await new WebBrowser(app).OpenAsync(address);
        Assert.Equal((HttpStatusCode.Redirect, "/setup"), (browser.Status, browser.To));
    }

    [Fact]
    public async Task Health_answers_before_the_set_up()
    {
        await using var app = new DeskApp(realSignIn: true);
        Assert.Equal("ok", (await new WebBrowser(app).OpenAsync("/health")).Text);
    }

    [Fact]
    public async Task The_first_visitor_at_the_machine_becomes_the_owner_and_is_signed_in()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await app.FoundAsync(skip: false);
        Assert.Equal("/setup/protect", browser.To);
        var agent = Assert.Single(await app.ReadAsync(db => db.Users.ToListAsync(TestContext.Current.CancellationToken)));
        Assert.Equal((Role.Owner, "周野", "en"), (agent.Role, agent.Name, agent.Language));
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/setup/business")).Status);
    }

    [Fact]
    public async Task A_stranger_on_the_internet_cannot_claim_a_new_desk()
    {
        await using var app = new DeskApp(realSignIn: true);
        var stranger = new WebBrowser(app, from: "203.0.113.9");
        await stranger.FillAsync("/setup/account", "/setup/account", ("name", "Mallory"), ("email", "m@evil.example"), ("password", "a long enough one"), ("code", "AAAAA-AAAAA"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.Status);
        Assert.Contains("Mallory", stranger.Text, StringComparison.Ordinal);
        Assert.False(await app.ReadAsync(db => db.Users.AnyAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "desk.example.com")]
    [InlineData("Origin", "https://desk.example.com")]
    public async Task A_visitor_behind_a_proxy_on_this_machine_is_asked_for_the_code(string header, string value)
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = new WebBrowser(app);
        browser.With(header, value);
        await browser.OpenAsync("/setup/account");
        Assert.Contains("Set-up code", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync("/setup/account", ("name", "Mallory"), ("email", "m@evil.example"), ("password", "a long enough one"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
    }

    [Fact]
    public async Task The_code_that_was_printed_at_start_lets_a_visitor_from_elsewhere_in()
    {
        await using var app = new DeskApp(realSignIn: true);
        var code = app.Get<SetupCode>().Shown.ToLowerInvariant().Replace('-', ' ');
        var browser = await new WebBrowser(app, from: "203.0.113.9")
            .FillAsync("/setup/account", "/setup/account", ("name", "周野"), ("email", Founders.Email), ("password", Founders.Password), ("code", code));
        Assert.Equal("/setup/protect", browser.To);
    }

    [Fact]
    public async Task Nobody_can_found_a_desk_twice()
    {
        await using var app = new DeskApp(realSignIn: true);
        var second = await new WebBrowser(app).OpenAsync("/setup/account");
        await app.FoundAsync();
        await second.PostAsync("/setup/account", ("name", "Mallory"), ("email", "m@evil.example"), ("password", "a long enough one"));
        Assert.Equal("/setup", second.To); // The page leads on to the sign-in.
        Assert.Single(await app.ReadAsync(db => db.Users.ToListAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("", "a@b.example", "long enough it is", "name")]
    [InlineData("Zhou", "not an address", "long enough it is", "email")]
    [InlineData("Zhou", "a@b.example", "short", "password")]
    public async Task A_refused_account_says_at_which_field_and_keeps_what_was_typed(string name, string email, string password, string field)
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await new WebBrowser(app).FillAsync("/setup/account", "/setup/account", ("name", name), ("email", email), ("password", password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains($"id=\"f-{field}-why\"", browser.Text, StringComparison.Ordinal);
        Assert.Contains(email, browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(password, browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changing_the_language_keeps_what_was_typed()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await new WebBrowser(app).FillAsync("/setup/account", "/setup/language?to=zh-Hans", ("step", "account"), ("name", "Zhou"), ("email", "half@typed"));
        Assert.Contains("这个客服台归谁？", browser.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"half@typed\"", browser.Text, StringComparison.Ordinal);
        Assert.Contains("这个客服台归谁？", (await browser.OpenAsync("/setup/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_steps_fill_the_desk_in_its_language_and_end_in_it()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await app.FoundAsync(skip: false);
        await browser.FillAsync("/setup/business", "/setup/language?to=zh-Hans", ("step", "business"), ("name", "漂流笔记"));
        await browser.PostAsync("/setup/business", [("name", "漂流笔记"), ("language", "zh-Hans"), ("zone", "Asia/Shanghai"),
            .. new[] { "mon", "tue", "wed", "thu", "fri" }.Select(d => ($"hours-{d}", "9-12，13:30–18:00"))]);
        Assert.Equal("/setup", browser.To);
        await browser.OpenAsync("/setup");
        Assert.Equal("/setup/industry", browser.To);
        await browser.FillAsync("/setup/industry", "/setup/industry", ("industry", "saas"));
        await browser.FillAsync("/setup/mailbox", "/setup/mailbox/skip");
        await browser.FillAsync("/setup/promise", "/setup/promise", ("enabled", "on"), ("first", "4"), ("resolution", "16,5"));
        await browser.OpenAsync("/setup");
        Assert.Equal("/", browser.To);

        var ct = TestContext.Current.CancellationToken;
        var business = await app.Get<Settings>().ReadAsync<BusinessSettings>(ct);
        Assert.True(business.SetUp);
        Assert.Equal(BusinessHours.Weekdays(business.Hours.Zone, "09:00-12:00", "13:30-18:00"), business.Hours);
        Assert.Equal(16.5, (await app.Get<Settings>().ReadAsync<PromiseSettings>(ct)).ResolutionHours);
        Assert.Contains("续费前", (await app.Get<Settings>().ReadAsync<TagSettings>(ct)).Suggested);
        Assert.Equal(6, await app.ReadAsync(db => db.Set<Category>().CountAsync(c => c.ParentId == null, ct)));
        Assert.Contains(await app.ReadAsync(db => db.Set<Template>().Select(t => t.Name).ToListAsync(ct)), n => n == "修好了");
    }

    [Fact]
    public async Task Choosing_another_industry_takes_the_first_ones_things_back()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await app.FoundAsync(skip: false);
        await browser.FillAsync("/setup/industry", "/setup/industry", ("industry", "shop"));
        await browser.FillAsync("/setup/industry", "/setup/industry", ("industry", "none"));
        var ct = TestContext.Current.CancellationToken;
        Assert.False(await app.ReadAsync(db => db.Set<Category>().AnyAsync(ct)));
        Assert.False(await app.ReadAsync(db => db.Set<Template>().AnyAsync(ct)));
    }

    [Fact]
    public async Task Hours_that_cannot_be_read_are_shown_again_at_their_day()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await app.FoundAsync(skip: false);
        await browser.FillAsync("/setup/business", "/setup/business", ("name", "Driftnote"), ("language", "en"), ("zone", "Asia/Shanghai"), ("hours-tue", "nine to five"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("f-hours-tue-why", browser.Text, StringComparison.Ordinal);
        Assert.Contains("nine to five", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_founder_who_left_in_the_middle_comes_back_to_the_next_step()
    {
        await using var app = new DeskApp(realSignIn: true);
        var browser = await app.FoundAsync(skip: false);
        await browser.FillAsync("/setup/business", "/setup/business/skip");
        Assert.Equal("/setup", (await browser.OpenAsync("/inbox")).To);
        Assert.Equal("/setup/industry", (await browser.OpenAsync("/setup")).To);
    }
}
