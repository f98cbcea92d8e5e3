using System.Net;
using Solodesk.Agents;
using Solodesk.Tests.Api;
using Solodesk.Tickets.Bulk;

namespace Solodesk.Tests.Views;

public sealed class ViewsApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_keeps_a_view_and_reads_its_tickets_page_by_page()
    {
        await using var desk = new DeskApp();
        using var program = await desk.ProgramAsync();
        for (var i = 0; i < 3; i++)
        {
            await program.OpenAsync($"Refund {i}");
        }

        await program.OpenAsync("Something else");
        var added = await program.PostAsync("/api/v1/views", new { name = "Refunds", condition = new { field = "ticket.subject", op = "startsWith", value = "refund" }, sort = "number", descending = false });
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var key = (await added.JsonAsync()).Text("key");

        var first = await program.GetJsonAsync($"/api/v1/tickets?view={key}&limit=2");
        var second = await program.GetJsonAsync($"/api/v1/tickets?view={key}&limit=2&cursor={first.Text("next")}");

        Assert.Equal(["Refund 0", "Refund 1", "Refund 2"], first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(t => t.Text("subject")));
        Assert.Equal("", second.Text("next"));
        Assert.Contains((await program.GetJsonAsync("/api/v1/views")).GetProperty("items").EnumerateArray(), v => v.Text("key") == key);
        Assert.Equal(HttpStatusCode.NoContent, (await program.SendJsonAsync(HttpMethod.Delete, $"/api/v1/views/{key}", null)).StatusCode);
        Assert.Equal("request.word_unknown", await (await program.GetAsync($"/api/v1/tickets?view={key}", Ct)).ProblemAsync(422));
    }

    [Fact]
    public async Task A_condition_that_is_none_is_refused_at_its_field()
    {
        await using var desk = new DeskApp();
        using var program = await desk.ProgramAsync();

        var refused = await program.PostAsync("/api/v1/views", new { name = "x", condition = new { field = "ticket.subject", op = "sounds like", value = "refund" } });

        Assert.Equal("view.condition", await refused.ProblemAsync(422));
    }

    [Fact]
    public async Task A_token_for_reading_does_not_change_views()
    {
        await using var desk = new DeskApp();
        using var program = await desk.ProgramAsync(Scopes.TicketsRead);

        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsync("/api/v1/views", new { name = "x" })).StatusCode);
    }

    [Fact]
    public async Task A_program_changes_a_whole_view_and_takes_it_back()
    {
        await using var desk = new DeskApp();
        using var program = await desk.ProgramAsync();
        await program.OpenAsync("One");
        await program.OpenAsync("Two");

        var started = await program.PostAsync("/api/v1/bulk", new { view = "mine", status = "solved", addTags = new[] { "sale" } });
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var address = $"/api/v1/bulk/{(await started.JsonAsync()).Text("id")}";
        await desk.Get<BulkWorker>().DrainAsync(Ct);
        var done = await program.GetJsonAsync(address);
        Assert.Equal(("done", "2"), (done.Text("state"), done.Text("changed")));

        Assert.Equal(HttpStatusCode.Accepted, (await program.PostAsync($"{address}/undo", new { })).StatusCode);
        await desk.Get<BulkWorker>().DrainAsync(Ct);
        Assert.Equal("2", (await program.GetJsonAsync(address)).Text("undone"));
        Assert.Equal("bulk.nothing_changes", await (await program.PostAsync("/api/v1/bulk", new { view = "mine" })).ProblemAsync(422));
        Assert.Equal("bulk.not_found", await (await program.GetAsync($"/api/v1/bulk/{Guid.CreateVersion7()}", Ct)).ProblemAsync(404));
    }

    [Fact]
    public async Task A_program_stops_what_goes_on()
    {
        await using var desk = new DeskApp();
        using var program = await desk.ProgramAsync();
        await program.OpenAsync("One");
        // An answer waits a while before it leaves: it is stopped before anything is done, whatever the background is at.
        var started = await (await program.PostAsync("/api/v1/bulk", new { view = "mine", answer = "Hello" })).JsonAsync();

        var stopped = await program.PostAsync($"/api/v1/bulk/{started.Text("id")}/stop", new { });

        Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
        Assert.Equal("stopped", (await stopped.JsonAsync()).Text("state"));
        await desk.Get<BulkWorker>().DrainAsync(Ct);
        Assert.Equal(("stopped", "0"), ((await program.GetJsonAsync($"/api/v1/bulk/{started.Text("id")}")).Text("state"), (await program.GetJsonAsync($"/api/v1/bulk/{started.Text("id")}")).Text("changed")));
        Assert.Equal("bulk.not_found", await (await program.PostAsync($"/api/v1/bulk/{Guid.CreateVersion7()}/stop", new { })).ProblemAsync(404));
    }
}
