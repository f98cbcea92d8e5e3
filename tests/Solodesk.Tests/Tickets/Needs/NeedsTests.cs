using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Tests.Api;
using Solodesk.Tickets;
using Solodesk.Tickets.Needs;

namespace Solodesk.Tests.Tickets.Needs;

public sealed class NeedsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_needs_analysis_is_absent_until_somebody_writes_one_and_leaves_a_line_of_history()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var browser = new FormBrowser(desk.Desk("en"));
        var here = $"/inbox/all/{opened.Number}";
        await browser.OpenAsync(here);
        Assert.Contains("Analyse the need", browser.Text, StringComparison.Ordinal);
        Assert.Null(await desk.Get<AnalyseNeeds>().ReadAsync(opened.Id, Ct));

        await browser.PostAsync($"/inbox/{opened.Number}/needs", ("need", ""), ("solution", "a script"), ("back", here));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("Say what the customer needs", browser.Text, StringComparison.Ordinal);
        Assert.Contains("a script", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{opened.Number}/needs", ("need", "x"), ("cost", "cheap"), ("back", here));
        Assert.Contains("This is not an amount", browser.Text, StringComparison.Ordinal);

        await browser.PostAsync($"/inbox/{opened.Number}/needs", ("need", "Import 40 accounts at once"), ("urgency", "Now"), ("solution", "a script"), ("cost", "1,200.50"), ("risk", "Medium"),
            ("riskNote", "no mail to recover"), ("feasibility", "High"), ("back", here));
        Assert.Equal(here, browser.To);
        await browser.OpenAsync(here);
        Assert.Contains("Import 40 accounts at once", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Needed now", browser.Text, StringComparison.Ordinal);
        Assert.Contains("¥1,20", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{opened.Number}/needs", ("need", "Import 40 accounts at once"), ("urgency", "Now"), ("solution", "a script"), ("cost", "1200.5"), ("risk", "Medium"),
            ("riskNote", "no mail to recover"), ("feasibility", "High"), ("back", here));
        Assert.Equal(1, await EventsAsync(desk, opened.Id));

        await browser.PostAsync($"/inbox/{opened.Number}/needs", ("do", "remove"), ("back", here));
        Assert.Null(await desk.Get<AnalyseNeeds>().ReadAsync(opened.Id, Ct));
        Assert.Equal(2, await EventsAsync(desk, opened.Id));
    }

    [Fact]
    public async Task Programs_read_write_and_remove_it()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var ticket = await client.OpenAsync();
        var address = $"/api/v1/tickets/{ticket.Text("number")}/needs";

        Assert.Equal("needs.not_found", await (await client.GetAsync(address, Ct)).ProblemAsync(404));
        Assert.Equal("needs.need", await (await client.SendJsonAsync(HttpMethod.Put, address, new { urgency = "later" })).ProblemAsync(422));
        Assert.Equal("needs.cost", await (await client.SendJsonAsync(HttpMethod.Put, address, new { need = "x", cost = -1 })).ProblemAsync(422));
        await client.SendJsonAsync(HttpMethod.Put, address, new { need = "Bulk import", urgency = "later", cost = 600, risk = "low", feasibility = "medium", solution = "a script" });
        var read = await client.GetJsonAsync(address);
        Assert.Equal(("Bulk import", "later", "600", "low", "medium"), (read.Text("need"), read.Text("urgency"), read.Text("cost").Split('.')[0], read.Text("risk"), read.Text("feasibility")));
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(address, Ct)).StatusCode);
        Assert.Equal("needs.not_found", await (await client.DeleteAsync(address, Ct)).ProblemAsync(404));
    }

    private static Task<int> EventsAsync(DeskApp desk, Guid ticket)
        => desk.ReadAsync(db => db.Set<TicketEvent>().CountAsync(e => e.TicketId == ticket && e.Kind == TicketEventKind.NeedsAnalysed, Ct));
}
