using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tickets;

namespace Solodesk.Tests.Setup;

public sealed class SettingsPagesTests
{
    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public async Task Every_page_of_the_settings_opens(string language)
    {
        await using var app = new DeskApp();
        using var desk = app.Desk(language);
        foreach (var path in (string[])["/settings", "/settings/business", "/settings/promises", "/settings/agents", "/settings/audit", "/settings/tokens", "/settings/about",
            "/settings/categories", "/settings/fields", "/settings/templates", "/settings/templates/new", "/settings/channels"])
        {
            using var answer = await desk.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Holidays_and_make_up_days_are_read_as_people_write_them()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await app.FoundAsync();
        await founder.FillAsync("/settings/business", "/settings/business/hours", ("zone", "Asia/Shanghai"), ("hours-mon", "09:00-18:00"),
            ("holidays", "2026-10-01..2026-10-03\n2026/1/1"), ("makeup", "2026-10-10  9:00—18:00"));
        Assert.Equal("/settings/business?saved=hours#hours", founder.To);
        var hours = (await app.Get<Settings>().ReadAsync<BusinessSettings>(TestContext.Current.CancellationToken)).Hours;
        Assert.Equal(4, hours.Holidays.Count);
        Assert.Equal("09:00-18:00", Assert.Single(hours.MakeUpDays[new DateOnly(2026, 10, 10)]).ToString());
        Assert.Contains("2026-10-10 09:00-18:00", (await founder.OpenAsync("/settings/business")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_category_tree_is_built_renamed_moved_and_archived()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await app.FoundAsync();
        var ct = TestContext.Current.CancellationToken;
        await founder.FillAsync("/settings/categories", "/settings/categories", ("name", "Billing"), ("parent", ""));
        await founder.FillAsync("/settings/categories", "/settings/categories", ("name", "Account"), ("parent", ""));
        var first = await app.ReadAsync(db => db.Set<Category>().SingleAsync(c => c.Name == "Billing", ct));
        await founder.FillAsync("/settings/categories", "/settings/categories", ("name", "Refund"), ("parent", first.Id.ToString()));
        await founder.FillAsync("/settings/categories", "/settings/categories", ("name", "Refund"), ("parent", first.Id.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, founder.Status);
        await founder.FillAsync("/settings/categories", $"/settings/categories/{first.Id}", ("do", "down"), ("name", "x"));
        await founder.FillAsync("/settings/categories", $"/settings/categories/{first.Id}", ("name", "Money"));
        await founder.FillAsync("/settings/categories", $"/settings/categories/{first.Id}", ("do", "archive"), ("name", "x"));
        var all = await app.ReadAsync(db => db.Set<Category>().OrderBy(c => c.ParentId != null).ThenBy(c => c.Position).ToListAsync(ct));
        Assert.Equal([("Account", false), ("Money", true), ("Refund", true)], all.Select(c => (c.Name, c.Archived)));
    }

    [Fact]
    public async Task A_field_gets_a_key_of_its_own_and_a_choice_needs_choices()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await app.FoundAsync();
        var ct = TestContext.Current.CancellationToken;
        await founder.FillAsync("/settings/fields", "/settings/fields", ("label", "套餐"), ("target", "Customer"), ("kind", "Select"), ("options", "免费"), ("key", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, founder.Status);
        await founder.PostAsync("/settings/fields", ("label", "套餐"), ("target", "Customer"), ("kind", "Select"), ("options", "免费\n专业\n专业"), ("key", ""));
        await founder.FillAsync("/settings/fields", "/settings/fields", ("label", "App version"), ("target", "Ticket"), ("kind", "Text"), ("options", ""), ("key", ""));
        var fields = await app.ReadAsync(db => db.Set<CustomField>().OrderBy(f => f.Key).ToListAsync(ct));
        Assert.Equal(["app_version", "field"], fields.Select(f => f.Key));
        Assert.Equal(["免费", "专业"], fields[1].Options);
    }

    [Fact]
    public async Task A_template_with_an_unknown_variable_is_refused_with_its_text_kept()
    {
        await using var app = new DeskApp(realSignIn: true);
        var founder = await app.FoundAsync();
        await founder.FillAsync("/settings/templates/new", "/settings/templates/new", ("name", "Hello"), ("folder", ""), ("language", ""), ("body", "Hello {{customer.nmae}}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, founder.Status);
        Assert.Contains("There is no variable customer.nmae", founder.Text, StringComparison.Ordinal);
        Assert.Contains("Hello {{customer.nmae}}", founder.Text, StringComparison.Ordinal);
        await founder.PostAsync("/settings/templates/new", ("name", "Hello"), ("folder", ""), ("language", ""), ("body", "Hello {{ customer.name }}"));
        Assert.Equal("/settings/templates", founder.To);
        var template = await app.ReadAsync(db => db.Set<Template>().SingleAsync(TestContext.Current.CancellationToken));
        Assert.Equal("Hello 林晓棠", TemplateText.Fill(template.Body, new Dictionary<string, string> { ["customer.name"] = "林晓棠" }));
    }
}
