using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;
using Solodesk.Tests.Tickets;
using Solodesk.Tickets;

namespace Solodesk.Tests.Customers;

public sealed class OrganizationPagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_company_is_added_with_its_own_fields_found_and_changed()
    {
        await using var desk = new DeskApp();
        await DeclareAsync(desk, "plan", CustomFieldKind.Select, "gold", "silver");
        await DeclareAsync(desk, "uses", CustomFieldKind.MultiSelect, "web", "phone", "mail");
        await DeclareAsync(desk, "signed", CustomFieldKind.Checkbox);
        using var client = desk.Desk("en");
        var browser = new FormBrowser(client);

        await browser.OpenAsync("/organizations/new");
        await browser.PostAsync("/organizations", ("name", "Acme 甲"), ("domain", "@ACME.test"), ("note", "Pays in March"), ("custom.plan", "gold"),
            ("custom.uses", ""), ("custom.uses", "web"), ("custom.uses", "mail"), ("custom.signed", ""), ("custom.signed", "yes"));
        Assert.Equal(HttpStatusCode.Redirect, browser.Status);
        await browser.OpenAsync(browser.To!);

        foreach (var text in new[] { "Acme 甲", "acme.test", "Pays in March", "gold", "web, mail", "<dd>yes</dd>" })
        {
            Assert.Contains(text, browser.Text, StringComparison.Ordinal);
        }

        var id = (await desk.ReadAsync(db => db.Set<Organization>().SingleAsync(Ct))).Id;
        // A form without the field leaves it as it is; one with an empty one clears it.
        await browser.PostAsync($"/organizations/{id}", ("name", "Acme"), ("domain", ""), ("note", ""), ("custom.plan", ""));
        var known = await desk.ReadAsync(db => db.Set<Organization>().SingleAsync(Ct));
        Assert.Equal(("Acme", null), (known.Name, known.Domain));
        Assert.Equal("signed=yes uses=web\nmail", string.Join(' ', known.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}")));

        await browser.OpenAsync("/organizations?q=ACM");
        Assert.Contains($"/organizations/{id}", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync("/organizations?q=nobody");
        Assert.DoesNotContain($"/organizations/{id}", browser.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "is not among the choices", "There is an organization called")]
    [InlineData("zh-Hans", "选项", "已经有叫")]
    public async Task What_was_typed_comes_back_with_what_is_wrong(string language, string choice, string exists)
    {
        await using var desk = new DeskApp();
        await DeclareAsync(desk, "plan", CustomFieldKind.Select, "gold");
        await desk.Get<SaveOrganization>().RunAsync(desk.Founder, new() { Name = "Acme" }, Ct);
        using var client = desk.Desk(language);
        var browser = new FormBrowser(client);
        await browser.OpenAsync("/organizations/new");

        await browser.PostAsync("/organizations", ("name", "Another"), ("note", "kept as typed"), ("custom.plan", "platinum"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains(choice, browser.Text, StringComparison.Ordinal);
        Assert.Contains("kept as typed", browser.Text, StringComparison.Ordinal);

        await browser.PostAsync("/organizations", ("name", "ACME"), ("note", "kept as typed"));
        Assert.Contains(exists, browser.Text, StringComparison.Ordinal);
        Assert.Contains("kept as typed", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_company_shows_who_belongs_to_it_and_what_is_open_and_goes_only_when_it_is_empty()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var customer = await desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Id == opened.Id).Select(t => t.CustomerId).SingleAsync(Ct));
        await desk.Get<EditCustomer>().RunAsync(desk.Founder, new() { Id = customer, Organization = "Acme" }, Ct);
        var id = (await desk.ReadAsync(db => db.Set<Organization>().SingleAsync(Ct))).Id;
        using var client = desk.Desk("en");
        var browser = new FormBrowser(client);

        await browser.OpenAsync($"/organizations/{id}");
        Assert.Contains($"/customers/{customer}", browser.Text, StringComparison.Ordinal);
        Assert.Contains($"/inbox/all/{opened.Number}", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Take this company away", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync($"/customers/{customer}");
        Assert.Contains($"/organizations/{id}", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync($"/organizations/{id}/delete");
        Assert.Contains("Customers belong to this organization", browser.Text, StringComparison.Ordinal);

        await desk.Get<EditCustomer>().RunAsync(desk.Founder, new() { Id = customer, Organization = "" }, Ct);
        await browser.OpenAsync($"/organizations/{id}");
        await browser.PostAsync($"/organizations/{id}/delete");
        Assert.Equal("/organizations", browser.To);
        await browser.OpenAsync($"/organizations/{id}");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task A_customers_language_that_this_machine_does_not_know_does_not_break_their_page()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var customer = await desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Id == opened.Id).Select(t => t.CustomerId).SingleAsync(Ct));
        await desk.ReadAsync(db => db.Set<Customer>().ExecuteUpdateAsync(c => c.SetProperty(x => x.Language, "not a language"), Ct));
        using var client = desk.Desk("en");
        var browser = new FormBrowser(client);

        await browser.OpenAsync($"/customers/{customer}");

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("not a language", browser.Text, StringComparison.Ordinal);
    }

    private static async Task DeclareAsync(DeskApp desk, string key, CustomFieldKind kind, params string[] options)
        => Assert.True((await desk.Get<SaveCustomField>().RunAsync(desk.Founder, new() { Target = CustomFieldTarget.Organization, Key = key, Label = key, Kind = kind, Options = options }, Ct)).Ok);
}
