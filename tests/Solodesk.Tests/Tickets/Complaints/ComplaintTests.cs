using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Tests.Api;
using Solodesk.Tests.Channels.Email;
using Solodesk.Tests.Tickets.Writing;
using Solodesk.Tickets;
using Solodesk.Tickets.Bulk;
using Solodesk.Tickets.Complaints;
using Solodesk.Tickets.Preparing;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tests.Tickets.Complaints;

public sealed class ComplaintTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Severity_decides_the_promise_of_a_complaint()
    {
        await using var desk = new DeskApp();
        var id = (await ReplyToTicketTests.OpenAsync(desk)).Id;
        var plain = await desk.TicketAsync(id);
        var change = desk.Get<ChangeTicket>();

        Assert.Equal("complaint.type", (await change.RunAsync(desk.Founder, new(id) { Severity = ComplaintSeverity.Critical }, Ct)).Problem?.Code);
        await change.RunAsync(desk.Founder, new(id) { Type = TicketType.Complaint }, Ct);
        var serious = await desk.TicketAsync(id);
        await change.RunAsync(desk.Founder, new(id) { Severity = ComplaintSeverity.Critical }, Ct);
        var critical = await desk.TicketAsync(id);

        // Opened at nine on a Monday: four working hours, one working hour.
        Assert.True(serious.FirstResponseDueAt < plain.FirstResponseDueAt);
        Assert.Equal(plain.CreatedAt.AddHours(1), critical.FirstResponseDueAt);
        Assert.True(critical.ResolutionDueAt < serious.ResolutionDueAt);
        await change.RunAsync(desk.Founder, new(id) { Type = TicketType.Question }, Ct);
        var back = await desk.TicketAsync(id);
        Assert.Equal((plain.FirstResponseDueAt, plain.ResolutionDueAt), (back.FirstResponseDueAt, back.ResolutionDueAt));
        await desk.Get<Settings>().SaveAsync(new ComplaintSettings { OwnPromise = false }, Ct);
        await change.RunAsync(desk.Founder, new(id) { Type = TicketType.Complaint }, Ct);
        Assert.Equal(plain.FirstResponseDueAt, (await desk.TicketAsync(id)).FirstResponseDueAt);
    }

    [Fact]
    public async Task No_way_solves_a_complaint_without_its_closing()
    {
        await using var desk = new DeskApp();
        var id = await OpenAsync(desk);
        var macro = await desk.Get<EditMacros>().SaveAsync(desk.Founder, null, new("结束", null, new() { Reply = "好了", Status = TicketStatus.Solved, AddTags = ["x"] }), Ct);

        Assert.Equal("complaint.closing_missing", (await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(id) { Status = TicketStatus.Solved }, Ct)).Problem?.Code);
        Assert.Equal("complaint.closing_missing", (await desk.Get<HoldReply>().RunAsync(desk.Founder, new(new(id, "好了", Internal: false) { Status = TicketStatus.Solved }), Ct)).Problem?.Code);
        Assert.Equal("complaint.closing_missing", (await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(id, "好了", Internal: false) { Status = TicketStatus.Closed }, Ct)).Problem?.Code);
        Assert.Equal("complaint.closing_missing", (await desk.Get<RunMacro>().RunAsync(desk.Founder, id, macro.Value, "https://desk.example", null, Ct)).Problem?.Code);
        var bulk = await desk.Get<StartBulk>().RunAsync(desk.Founder, new() { Picked = [id], Change = new() { Status = TicketStatus.Solved } }, Ct);
        await desk.Get<BulkWorker>().DrainAsync(Ct);
        Assert.Equal("complaint.closing_missing", Assert.Single(await desk.Get<ReadBulk>().RefusalsAsync(bulk.Value, Ct)).Problem);

        var ticket = await desk.TicketAsync(id);
        Assert.Equal(TicketStatus.New, ticket.Status);
        Assert.Empty(ticket.Tags);
        Assert.Empty(await desk.HeldAsync());
        // Turned into something else at the same time, it asks for nothing.
        Assert.True((await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(id) { Status = TicketStatus.Solved, Type = TicketType.Question }, Ct)).Ok);
    }

    [Fact]
    public async Task An_answer_that_was_held_while_the_ticket_became_a_complaint_comes_back_as_a_draft()
    {
        await using var desk = new DeskApp();
        var id = (await ReplyToTicketTests.OpenAsync(desk)).Id;
        await desk.Get<HoldReply>().RunAsync(desk.Founder, new(new(id, "已经修好了。", Internal: false) { Status = TicketStatus.Solved }), Ct);
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(id) { Type = TicketType.Complaint }, Ct);

        await desk.PassAsync(TimeSpan.FromSeconds(8));

        Assert.Equal(TicketStatus.New, (await desk.TicketAsync(id)).Status);
        Assert.Equal("已经修好了。", (await desk.DraftAsync(id))?.Markdown);
    }

    [Fact]
    public async Task Nodes_that_give_the_same_answer_back_at_once_do_it_once()
    {
        await using var desk = new DeskApp();
        for (var i = 0; i < 4; i++)
        {
            var id = (await ReplyToTicketTests.OpenAsync(desk)).Id;
            await desk.Get<HoldReply>().RunAsync(desk.Founder, new(new(id, "已经修好了。", Internal: false) { Status = TicketStatus.Solved }), Ct);
            await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(id) { Type = TicketType.Complaint }, Ct);
            desk.Clock.Advance(TimeSpan.FromSeconds(8));

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => desk.Get<SendHeldReplies>().RunAsync(Ct)));

            Assert.Equal("已经修好了。", (await desk.DraftAsync(id))?.Markdown);
            Assert.All(await desk.HeldAsync(), h => Assert.Equal(HeldState.Yielded, h.State));
        }
    }

    [Fact]
    public async Task With_resolution_and_summary_it_is_solved_in_one_step()
    {
        await using var desk = new DeskApp();
        var id = await OpenAsync(desk);
        var save = desk.Get<SaveComplaint>();

        Assert.Equal("summary", (await save.RunAsync(desk.Founder, new(id) { Resolution = "退了款", Solve = true }, Ct)).Problem?.Field);
        Assert.Null(await save.ReadAsync(id, Ct));
        Assert.True((await save.RunAsync(desk.Founder, new(id) { Severity = ComplaintSeverity.Minor, Resolution = "退了款", Summary = "测试里加一份旧库", Solve = true }, Ct)).Ok);

        var ticket = await desk.TicketAsync(id);
        Assert.Equal((TicketStatus.Solved, ComplaintSeverity.Minor), (ticket.Status, ticket.Severity));
        // Reopened, its closing is still there.
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(id) { Status = TicketStatus.Open }, Ct);
        Assert.True((await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(id) { Status = TicketStatus.Solved }, Ct)).Ok);
    }

    [Fact]
    public async Task A_desk_that_asks_for_nothing_solves_it_like_any_other()
    {
        await using var desk = new DeskApp();
        var id = await OpenAsync(desk);
        await desk.Get<Settings>().SaveAsync(new ComplaintSettings { AskClosing = false }, Ct);

        Assert.True((await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(id) { Status = TicketStatus.Solved }, Ct)).Ok);
    }

    [Fact]
    public async Task The_page_asks_before_it_solves_and_says_what_is_missing()
    {
        await using var desk = new DeskApp();
        var id = await OpenAsync(desk);
        var number = (await desk.TicketAsync(id)).Number;
        var browser = new FormBrowser(desk.Desk("en"));
        var here = $"/inbox/complaints/{number}";
        await browser.OpenAsync(here);
        Assert.Contains("Before a complaint is solved", browser.Text, StringComparison.Ordinal);
        Assert.Contains("Serious", browser.Text, StringComparison.Ordinal);

        await browser.PostAsync($"/inbox/{number}/change", ("status", "Solved"), ("back", here));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("with a resolution and a closing summary", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{number}/complaint", ("severity", "Critical"), ("resolution", "money back"), ("summary", ""), ("do", "solve"), ("back", here));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("money back", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{number}/complaint", ("severity", "Critical"), ("resolution", "money back"), ("summary", "tested too little"), ("do", "solve"), ("back", here));
        Assert.Equal(here, browser.To);
        await browser.OpenAsync(here);
        Assert.Contains("tested too little", browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Before a complaint is solved", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_judge_settle_and_find_complaints()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var opened = await (await client.PostAsync("/api/v1/tickets", new { subject = "Down again", body = "Third time", type = "complaint", severity = "critical", customer = new { email = "ada@example.com" } })).JsonAsync();
        var ticket = opened.GetProperty("ticket");
        var address = $"/api/v1/tickets/{ticket.Text("id")}/complaint";
        Assert.Equal("critical", ticket.Text("severity"));

        Assert.Equal("complaint.closing_missing", await (await client.PatchAsync($"/api/v1/tickets/{ticket.Text("id")}", new { status = "solved" })).ProblemAsync(422));
        Assert.Equal(ticket.Text("number"), Assert.Single((await client.GetJsonAsync("/api/v1/tickets?view=complaints")).GetProperty("items").EnumerateArray()).Text("number"));
        var settled = await (await client.PatchAsync(address, new { severity = "serious", resolution = "two weeks free", summary = "second data centre", solve = true })).JsonAsync();
        Assert.Equal(("serious", "solved"), (settled.Text("severity"), settled.Text("status")));
        var other = await client.OpenAsync();
        Assert.Equal("complaint.type", await (await client.GetAsync($"/api/v1/tickets/{other.Text("id")}/complaint", Ct)).ProblemAsync(422));
        Assert.Equal("complaint.hours", await (await client.SendJsonAsync(HttpMethod.Put, "/api/v1/settings/complaints", new { minor = new { firstResponseHours = 8, resolutionHours = 4 } })).ProblemAsync(422));
    }

    private static async Task<Guid> OpenAsync(DeskApp desk)
        => (await desk.Get<OpenTicket>().RunAsync(desk.Founder, new("又断了", "第三次了", "api") { CustomerEmail = "chen@example.com", CustomerName = "陈绍安", Type = TicketType.Complaint }, Ct)).Value.Id;
}
