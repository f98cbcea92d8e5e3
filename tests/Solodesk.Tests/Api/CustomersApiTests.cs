using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Customers;
using Solodesk.Tickets;

namespace Solodesk.Tests.Api;

public sealed class CustomersApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_does_not_fit_a_customer_is_refused_with_its_field()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        await client.PostAsync("/api/v1/custom-fields", new { target = "customer", key = "seats", kind = "number", label = "Seats" });
        var address = $"/api/v1/customers/{(await (await client.PostAsync("/api/v1/customers", new { name = "Ada", emails = new[] { "ada@example.com" }, attributes = new { seats = "3", crm = "A-17" } })).JsonAsync()).Text("id")}";

        Assert.Equal("field.not_number", await (await client.PatchAsync(address, new { attributes = new { seats = "six" } })).ProblemAsync(422));
        Assert.Equal("customer.language_unknown", await (await client.PatchAsync(address, new { language = "no such language" })).ProblemAsync(422));
        Assert.Equal("customer.name_long", await (await client.PatchAsync(address, new { name = new string('x', 300) })).ProblemAsync(422));

        // What nobody spoke of stays, what is empty goes.
        var changed = await (await client.PatchAsync(address, new { attributes = new { seats = "6" } })).JsonAsync();
        Assert.Equal(("6", "A-17"), (changed.GetProperty("attributes").Text("seats"), changed.GetProperty("attributes").Text("crm")));
        var emptied = await (await client.PatchAsync(address, new { attributes = new { seats = "" } })).JsonAsync();
        Assert.False(emptied.GetProperty("attributes").TryGetProperty("seats", out _));
    }

    [Fact]
    public async Task Who_is_blocked_stays_so_when_joined_to_somebody()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var ids = new List<string>();
        foreach (var (email, blocked) in new[] { ("one@example.com", true), ("two@example.com", false) })
        {
            ids.Add((await (await client.PostAsync("/api/v1/customers", new { name = email, emails = new[] { email }, blocked })).JsonAsync()).Text("id")!);
        }

        var merged = await (await client.PostAsync($"/api/v1/customers/{ids[0]}/merge", new { into = ids[1] })).JsonAsync();

        Assert.True(merged.GetProperty("blocked").GetBoolean());
    }

    [Fact]
    public async Task A_customer_is_added_read_changed_and_taken_away()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync(Scopes.CustomersWrite);

        var added = await client.PostAsync("/api/v1/customers", new { name = "林晓棠", emails = new[] { "Lin@Example.com", "x@example.com" }, phones = new[] { "+86 138-0000" }, organization = "拾光读书会", yearlyValue = 1200.5, renewsOn = "2026-09-01", vip = true });

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var customer = await added.JsonAsync();
        var address = $"/api/v1/customers/{customer.Text("id")}";
        Assert.Equal(address, added.Headers.Location?.ToString());
        Assert.Equal(3, customer.GetProperty("addresses").GetArrayLength());
        Assert.NotEqual(JsonValueKind.Null, customer.GetProperty("organizationId").ValueKind);
        Assert.Equal(1200.5m, customer.GetProperty("yearlyValue").GetDecimal());

        var changed = await (await client.PatchAsync(address, new { note = "喜欢电话", yearlyValue = (decimal?)null, organization = (string?)null, language = "zh-Hans" })).JsonAsync();
        Assert.Equal("喜欢电话", changed.Text("note"));
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("yearlyValue").ValueKind);
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("organizationId").ValueKind);
        Assert.Equal("林晓棠", changed.Text("name"));
        Assert.True(changed.GetProperty("vip").GetBoolean());

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(address, Ct)).StatusCode);
        Assert.Equal("customer.not_found", await (await client.GetAsync(address, Ct)).ProblemAsync(404));
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<CustomerAddress>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_customer_with_tickets_stays()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var id = (await client.OpenAsync()).GetProperty("customer").Text("id");

        Assert.Equal("customer.in_use", await (await client.DeleteAsync($"/api/v1/customers/{id}", Ct)).ProblemAsync(409));
    }

    [Fact]
    public async Task A_change_decided_on_an_old_version_is_refused()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var added = await client.PostAsync("/api/v1/customers", new { name = "Ann" });
        var address = added.Headers.Location!.ToString();
        var tag = added.Headers.ETag!.Tag;

        Assert.Equal(HttpStatusCode.OK, (await client.PatchAsync(address, new { note = "1" }, ("If-Match", tag))).StatusCode);
        Assert.Equal("customer.changed", await (await client.PatchAsync(address, new { note = "2" }, ("If-Match", tag))).ProblemAsync(412));
        Assert.Equal("customer.changed", await (await client.SendJsonAsync(HttpMethod.Delete, address, null, ("If-Match", tag))).ProblemAsync(412));
    }

    [Fact]
    public async Task An_address_belongs_to_one_customer()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        await client.PostAsync("/api/v1/customers", new { emails = new[] { "a@example.com" } });
        var other = (await client.PostAsync("/api/v1/customers", new { name = "Bo" })).Headers.Location!.ToString();

        Assert.Equal("customer.address_taken", await (await client.PostAsync($"{other}/addresses", new { kind = "email", value = "A@example.com" })).ProblemAsync(422));
        var added = await (await client.PostAsync($"{other}/addresses", new { kind = "email", value = "bo@example.com" })).JsonAsync();
        var address = added.GetProperty("addresses")[0];
        Assert.True(address.GetProperty("primary").GetBoolean());
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"{other}/addresses/{address.Text("id")}", Ct)).StatusCode);
        Assert.Equal("address.not_found", await (await client.DeleteAsync($"{other}/addresses/{address.Text("id")}", Ct)).ProblemAsync(404));
        Assert.Equal("customer.email_invalid", await (await client.PostAsync($"{other}/addresses", new { kind = "email", value = "bo@" })).ProblemAsync(422));
    }

    [Fact]
    public async Task Customers_are_found_and_paged()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        foreach (var name in (string[])["Ann Lee", "Bo Lee", "林晓棠"])
        {
            await client.PostAsync("/api/v1/customers", new { name, emails = new[] { $"c{name.Length}{name[0]}@example.com" } });
        }

        Assert.Equal(2, (await client.GetJsonAsync("/api/v1/customers?q=lee")).GetProperty("items").GetArrayLength());
        Assert.Equal("林晓棠", (await client.GetJsonAsync("/api/v1/customers?q=晓棠")).GetProperty("items")[0].Text("name"));
        Assert.Equal("Ann Lee", (await client.GetJsonAsync("/api/v1/customers?email=C7A@example.com")).GetProperty("items")[0].Text("name"));
        var first = await client.GetJsonAsync("/api/v1/customers?limit=2");
        var second = await client.GetJsonAsync($"/api/v1/customers?limit=2&cursor={first.Text("next")}");
        Assert.Equal(3, first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(c => c.Text("id")).Distinct().Count());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("晓棠", true), InlineData("林", true), InlineData("xiao", true), InlineData("xiaotang@shi", true), InlineData("138-0013-8000", true)]
    [InlineData("shiguang 晓棠", true), InlineData("时光", true), InlineData("xiaotang other", false), InlineData("tang@", false), InlineData("former", false)]
    public async Task A_customer_is_found_by_words_of_name_address_phone_and_company(string words, bool found)
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var added = await (await client.PostAsync("/api/v1/customers",
            new { name = "Former", emails = new[] { "xiaotang@shiguang.example" }, phones = new[] { "+86 138 0013 8000" }, organization = "时光茶室" })).JsonAsync();
        await client.PatchAsync($"/api/v1/customers/{added.Text("id")}", new { name = "林晓棠" });
        await client.PostAsync("/api/v1/customers", new { name = "Somebody Other", emails = new[] { "s@other.example" } });

        var items = (await client.GetJsonAsync($"/api/v1/customers?q={Uri.EscapeDataString(words)}")).GetProperty("items");

        Assert.Equal(found ? ["林晓棠"] : [], items.EnumerateArray().Select(c => c.Text("name")));
    }

    [Fact]
    public async Task Two_customers_who_are_one_person_become_one()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var from = (await client.OpenAsync("old address", "old@example.com")).GetProperty("customer").Text("id");
        var into = (await client.OpenAsync("new address", "new@example.com")).GetProperty("customer").Text("id");
        await client.PatchAsync($"/api/v1/customers/{from}", new { note = "calls on Mondays", tags = new[] { "beta" } });

        var merged = await (await client.PostAsync($"/api/v1/customers/{from}/merge", new { into })).JsonAsync();

        Assert.Equal(into, merged.Text("id"));
        Assert.Equal(2, merged.GetProperty("ticketCount").GetInt32());
        Assert.Equal(["new@example.com", "old@example.com"], merged.GetProperty("addresses").EnumerateArray().Select(a => a.Text("value")));
        Assert.Equal("new@example.com", merged.GetProperty("addresses").EnumerateArray().Single(a => a.GetProperty("primary").GetBoolean()).Text("value"));
        Assert.Equal("calls on Mondays", merged.Text("note"));
        Assert.Equal(2, (await client.GetJsonAsync($"/api/v1/tickets?customerId={into}")).GetProperty("items").GetArrayLength());
        Assert.Equal(into, (await client.GetJsonAsync($"/api/v1/customers/{from}")).Text("mergedIntoId"));
        Assert.Equal(1, await desk.ReadAsync(db => db.Set<TicketEvent>().CountAsync(e => e.Kind == TicketEventKind.RequesterChanged, Ct)));

        // The old address still finds the same person.
        Assert.Equal(into, (await client.OpenAsync("again", "old@example.com")).GetProperty("customer").Text("id"));
        Assert.Equal("customer.merged_already", await (await client.PostAsync($"/api/v1/customers/{from}/merge", new { into })).ProblemAsync(422));
        Assert.Equal("customer.merge_self", await (await client.PostAsync($"/api/v1/customers/{into}/merge", new { into })).ProblemAsync(422));
    }

    [Fact]
    public async Task Organizations_have_unique_names_and_stay_while_somebody_belongs_to_them()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var added = await client.PostAsync("/api/v1/organizations", new { name = "Shiguang", domain = "@Shiguang.example" });
        var address = added.Headers.Location!.ToString();

        Assert.Equal("organization.exists", await (await client.PostAsync("/api/v1/organizations", new { name = "SHIGUANG" })).ProblemAsync(409));
        Assert.Equal("organization.name_invalid", await (await client.PostAsync("/api/v1/organizations", new { name = " " })).ProblemAsync(422));
        await client.OpenAsync("hello", "lin@shiguang.example");
        Assert.Equal("organization.in_use", await (await client.DeleteAsync(address, Ct)).ProblemAsync(409));
        var changed = await (await client.PatchAsync(address, new { domain = (string?)null, note = "readers" })).JsonAsync();
        Assert.Equal(("Shiguang", "readers", JsonValueKind.Null), (changed.Text("name"), changed.Text("note"), changed.GetProperty("domain").ValueKind));
        await client.PostAsync("/api/v1/organizations", new { name = "Alpha" });
        var first = await client.GetJsonAsync("/api/v1/organizations?limit=1");
        Assert.Equal("Alpha", first.GetProperty("items")[0].Text("name"));
        Assert.Equal("Shiguang", (await client.GetJsonAsync($"/api/v1/organizations?limit=1&cursor={first.Text("next")}")).GetProperty("items")[0].Text("name"));
    }
}
