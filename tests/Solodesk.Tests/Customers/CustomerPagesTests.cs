using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;
using Solodesk.Tickets;

namespace Solodesk.Tests.Customers;

public sealed class CustomerPagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ADA@example.com")]
    [InlineData("+44 20 7946 0000")]
    [InlineData("Ada, by chat")]
    public async Task Two_customers_become_one_by_whatever_is_known_of_the_other(string known)
    {
        await using var desk = new DeskApp();
        var into = await AddAsync(desk, new() { Name = "Ada Lovelace", Emails = ["lovelace@example.com"] });
        var from = await AddAsync(desk, new() { Name = "Ada, by chat", Emails = ["ada@example.com"], Phones = ["+442079460000"] });
        using var client = desk.Desk("en");
        var browser = new FormBrowser(client);
        await browser.OpenAsync($"/customers/{into}");

        await browser.PostAsync($"/customers/{into}/merge", ("address", known));

        Assert.Equal($"/customers/{into}", browser.To);
        Assert.Equal(into, await desk.ReadAsync(db => db.Set<Customer>().Where(c => c.Id == from).Select(c => c.MergedIntoId).SingleAsync(Ct)));
        await browser.OpenAsync($"/customers/{from}");
        Assert.Contains("ada@example.com", browser.Text, StringComparison.Ordinal);
        Assert.Contains("lovelace@example.com", browser.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Several customers are called", "This customer does not exist")]
    [InlineData("zh-Hans", "有好几位客户叫", "没有这位客户")]
    public async Task Who_is_not_found_or_not_the_only_one_is_told_at_the_form(string language, string several, string nobody)
    {
        await using var desk = new DeskApp();
        var into = await AddAsync(desk, new() { Name = "Ada Lovelace" });
        await AddAsync(desk, new() { Name = "Chen" });
        await AddAsync(desk, new() { Name = "Chen" });
        using var client = desk.Desk(language);
        var browser = new FormBrowser(client);
        await browser.OpenAsync($"/customers/{into}");

        foreach (var (who, why) in new[] { ("Chen", several), ("nobody@example.com", nobody) })
        {
            await browser.PostAsync($"/customers/{into}/merge", ("address", who));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
            Assert.Contains(why, browser.Text, StringComparison.Ordinal);
            Assert.Contains($"value=\"{who}\"", browser.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_new_customer_is_added_with_the_own_fields_at_once()
    {
        await using var desk = new DeskApp();
        Assert.True((await desk.Get<SaveCustomField>().RunAsync(desk.Founder, new() { Target = CustomFieldTarget.Customer, Key = "shoe", Label = "Shoe size", Kind = CustomFieldKind.Number }, Ct)).Ok);
        using var client = desk.Desk("en");
        var browser = new FormBrowser(client);
        await browser.OpenAsync("/customers/new");
        Assert.Contains("Shoe size", browser.Text, StringComparison.Ordinal);

        await browser.PostAsync("/customers", ("name", "Ada"), ("custom.shoe", "large"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("value=\"large\"", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync("/customers", ("name", "Ada"), ("custom.shoe", "38"));

        Assert.Equal("38", (await desk.ReadAsync(db => db.Set<Customer>().SingleAsync(Ct))).Attributes["shoe"]);
    }

    private static async Task<Guid> AddAsync(DeskApp desk, EditCustomer.Request customer)
    {
        var added = await desk.Get<EditCustomer>().RunAsync(desk.Founder, customer, Ct);
        Assert.True(added.Ok);
        return added.Value;
    }
}
