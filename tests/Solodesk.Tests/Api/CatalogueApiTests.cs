using System.Net;
using System.Text.Json;
using Solodesk.Agents;

namespace Solodesk.Tests.Api;

public sealed class CatalogueApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Categories_form_a_tree_without_circles()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync(Scopes.SettingsWrite);
        var billing = await (await client.PostAsync("/api/v1/categories", new { name = "Billing" })).JsonAsync();
        var refunds = await (await client.PostAsync("/api/v1/categories", new { name = "Refunds", parentId = billing.Text("id") })).JsonAsync();

        Assert.Equal(billing.Text("id"), refunds.Text("parentId"));
        Assert.Equal("category.circle", await (await client.PatchAsync($"/api/v1/categories/{billing.Text("id")}", new { parentId = refunds.Text("id") })).ProblemAsync(422));
        Assert.Equal("category.not_found", await (await client.PatchAsync($"/api/v1/categories/{billing.Text("id")}", new { parentId = Guid.CreateVersion7() })).ProblemAsync(404));
        var top = await (await client.PatchAsync($"/api/v1/categories/{refunds.Text("id")}", new { parentId = (string?)null, archived = true })).JsonAsync();
        Assert.Equal(JsonValueKind.Null, top.GetProperty("parentId").ValueKind);
        Assert.Equal(["Billing", "Refunds"], (await client.GetJsonAsync("/api/v1/categories")).GetProperty("items").EnumerateArray().Select(c => c.Text("name")).Where(n => n is "Billing" or "Refunds"));
    }

    [Theory]
    [InlineData("number", "six", "7.5", "field.not_number")]
    [InlineData("date", "tomorrow", "2026-11-23", "field.not_date")]
    [InlineData("checkbox", "true", "yes", "field.not_yes")]
    [InlineData("select", "purple", "red", "field.not_choice")]
    [InlineData("multiSelect", "red\npurple", "red\nblue", "field.not_choice")]
    public async Task A_value_fits_the_field_that_was_declared_for_it(string kind, string wrong, string right, string problem)
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        foreach (var target in new[] { "ticket", "organization" })
        {
            var declared = await client.PostAsync("/api/v1/custom-fields", new { target, key = "own", kind, label = "Own", options = kind.EndsWith("elect", StringComparison.OrdinalIgnoreCase) ? new[] { "red", "blue" } : [] });
            Assert.Equal(System.Net.HttpStatusCode.Created, declared.StatusCode);
        }

        object Ticket(string value) => new { subject = "One", body = "Help", customer = new { email = "a@example.com" }, custom = new { own = value } };
        Assert.Equal(problem, await (await client.PostAsync("/api/v1/tickets", Ticket(wrong))).ProblemAsync(422));
        var number = (await (await client.PostAsync("/api/v1/tickets", Ticket(right))).JsonAsync()).GetProperty("ticket").GetProperty("number").GetInt64();
        Assert.Equal(problem, await (await client.PatchAsync($"/api/v1/tickets/{number}", new { custom = new { own = wrong } })).ProblemAsync(422));
        Assert.Equal(right, (await client.GetJsonAsync($"/api/v1/tickets/{number}")).GetProperty("custom").Text("own"));

        Assert.Equal(problem, await (await client.PostAsync("/api/v1/organizations", new { name = "Acme", attributes = new { own = wrong } })).ProblemAsync(422));
        Assert.True((await client.PostAsync("/api/v1/organizations", new { name = "Acme", attributes = new { own = right } })).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Custom_fields_are_declared_once()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync(Scopes.SettingsWrite);
        var body = new { target = "ticket", key = "device_kind", kind = "select", label = "Device", options = new[] { "iPad", "Web" } };

        var field = await (await client.PostAsync("/api/v1/custom-fields", body)).JsonAsync();

        Assert.Equal("select", field.Text("kind"));
        Assert.Equal("custom_field.exists", await (await client.PostAsync("/api/v1/custom-fields", body)).ProblemAsync(409));
        Assert.Equal("custom_field.key_invalid", await (await client.PostAsync("/api/v1/custom-fields", new { target = "ticket", key = "Device Kind", kind = "text", label = "x" })).ProblemAsync(422));
        Assert.Equal("custom_field.options_empty", await (await client.PatchAsync($"/api/v1/custom-fields/{field.Text("id")}", new { options = Array.Empty<string>() })).ProblemAsync(422));
        Assert.Equal("Gerät", (await (await client.PatchAsync($"/api/v1/custom-fields/{field.Text("id")}", new { label = "Gerät" })).JsonAsync()).Text("label"));
    }

    [Fact]
    public async Task Templates_are_written_and_taken_away()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync(Scopes.TicketsWrite);
        var template = await (await client.PostAsync("/api/v1/templates", new { name = "Refund", body = "Hello {{customer}}", language = "en" })).JsonAsync();
        var address = $"/api/v1/templates/{template.Text("id")}";

        Assert.Equal("template.empty", await (await client.PatchAsync(address, new { body = "" })).ProblemAsync(422));
        Assert.Equal(JsonValueKind.Null, (await (await client.PatchAsync(address, new { language = (string?)null })).JsonAsync()).GetProperty("language").ValueKind);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(address, Ct)).StatusCode);
        Assert.Equal("template.not_found", await (await client.DeleteAsync(address, Ct)).ProblemAsync(404));
    }

    [Fact]
    public async Task Macros_are_changed_member_by_member()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync(Scopes.TicketsWrite);
        var macro = await (await client.PostAsync("/api/v1/macros", new { name = "Refund", key = 3, steps = new { note = "refunded" } })).JsonAsync();
        var address = $"/api/v1/macros/{macro.Text("id")}";

        var renamed = await (await client.PatchAsync(address, new { name = "Refunded" })).JsonAsync();
        Assert.Equal(("Refunded", "3", "refunded"), (renamed.Text("name"), renamed.Text("key"), renamed.GetProperty("steps").Text("note")));
        Assert.Equal(JsonValueKind.Null, (await (await client.PatchAsync(address, new { key = (int?)null })).JsonAsync()).GetProperty("key").ValueKind);
        Assert.Equal("macro.empty", await (await client.PatchAsync(address, new { steps = new { } })).ProblemAsync(422));
        Assert.Equal("macro.not_found", await (await client.PatchAsync($"/api/v1/macros/{Guid.CreateVersion7()}", new { name = "x" })).ProblemAsync(404));
    }

    [Fact]
    public async Task Signatures_are_made_changed_and_removed()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var signature = await (await client.PostAsync("/api/v1/signatures", new { body = "Driftnote", language = "en" })).JsonAsync();
        var address = $"/api/v1/signatures/{signature.Text("id")}";

        Assert.Equal("signature.taken", await (await client.PostAsync("/api/v1/signatures", new { body = "Another", language = "en" })).ProblemAsync(422));
        Assert.Equal("signature.language", await (await client.PostAsync("/api/v1/signatures", new { body = "Another", language = "fr" })).ProblemAsync(422));
        Assert.Equal("signature.agent", await (await client.PostAsync("/api/v1/signatures", new { body = "Another", agentId = Guid.CreateVersion7() })).ProblemAsync(422));
        var changed = await (await client.PatchAsync(address, new { body = "**Driftnote**", language = (string?)null })).JsonAsync();
        Assert.Equal(("**Driftnote**", JsonValueKind.Null), (changed.Text("body"), changed.GetProperty("language").ValueKind));
        Assert.Equal("**Driftnote**", Assert.Single((await client.GetJsonAsync("/api/v1/signatures")).GetProperty("items").EnumerateArray()).Text("body"));
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(address, Ct)).StatusCode);
        Assert.Equal("signature.not_found", await (await client.GetAsync(address, Ct)).ProblemAsync(404));
        var narrow = await desk.ProgramAsync(Scopes.TicketsWrite);
        Assert.Equal("forbidden", await (await narrow.PostAsync("/api/v1/signatures", new { body = "For all" })).ProblemAsync(403));
    }

    [Fact]
    public async Task Settings_are_read_and_replaced()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync(Scopes.SettingsWrite);
        var promise = await client.GetJsonAsync("/api/v1/settings/promise");
        Assert.Equal(8, promise.GetProperty("firstResponseHours").GetDouble());

        var saved = await client.SendJsonAsync(HttpMethod.Put, "/api/v1/settings/promise", new { enabled = true, firstResponseHours = 4, resolutionHours = 16, urgentShare = 0.5, followUpAfterDays = 30, closeAfterDays = 7 });
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Equal(4, (await client.GetJsonAsync("/api/v1/settings/promise")).GetProperty("firstResponseHours").GetDouble());
        Assert.Equal("promise.out_of_range", await (await client.SendJsonAsync(HttpMethod.Put, "/api/v1/settings/promise", new { firstResponseHours = -1 })).ProblemAsync(422));

        var business = await client.GetJsonAsync("/api/v1/settings/business");
        var put = await client.SendJsonAsync(HttpMethod.Put, "/api/v1/settings/business", business.ToString().Replace("\"name\":\"Solodesk\"", "\"name\":\"漂流笔记\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal("漂流笔记", (await client.GetJsonAsync("/api/v1/settings/business")).Text("name"));
        Assert.Equal("request.word_unknown", await (await client.SendJsonAsync(HttpMethod.Put, "/api/v1/settings/business", new { name = "x", language = "fr" })).ProblemAsync(422));
    }

    [Fact]
    public async Task Agents_and_mailboxes_are_listed_without_secrets()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();

        Assert.Equal(JsonValueKind.Array, (await client.GetJsonAsync("/api/v1/agents")).GetProperty("items").ValueKind);
        Assert.DoesNotContain("secret", (await client.GetJsonAsync("/api/v1/mailboxes")).ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Settings_need_their_own_scope()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync(Scopes.TicketsWrite);

        Assert.Equal("token.scope_missing", await (await client.GetAsync("/api/v1/settings/business", Ct)).ProblemAsync(403));
        Assert.Equal("token.scope_missing", await (await client.PostAsync("/api/v1/categories", new { name = "x" })).ProblemAsync(403));
    }
}
