using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.FollowUps;
using Solodesk.Live;
using Solodesk.Tests.Api;
using Solodesk.Tests.Tickets;
using Solodesk.Tests.Tickets.Writing;
using Solodesk.Tickets;

namespace Solodesk.Tests.FollowUps;

public sealed class FollowUpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_planned_from_a_ticket_comes_up_in_Today_when_it_is_due_and_is_done_with_its_result()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Id) { Status = TicketStatus.Solved }, Ct);
        var planned = await desk.Get<PlanFollowUp>().RunAsync(desk.Founder, new(FollowUpKind.FollowUp, desk.Clock.GetUtcNow().AddHours(26)) { Ticket = opened.Id, Note = "笔记都在吗" }, Ct);
        using var client = desk.Desk("en");

        Assert.DoesNotContain("笔记都在吗", await client.GetStringAsync("/", Ct), StringComparison.Ordinal);
        Assert.Contains("笔记都在吗", WebUtility.HtmlDecode(await client.GetStringAsync($"/inbox/all/{opened.Number}", Ct)), StringComparison.Ordinal);
        desk.Clock.Advance(TimeSpan.FromHours(26) + TimeSpan.FromMinutes(5));
        var today = WebUtility.HtmlDecode(await client.GetStringAsync("/", Ct));
        Assert.Contains("笔记都在吗", today, StringComparison.Ordinal);
        Assert.Contains("5 minutes ago", today, StringComparison.Ordinal);
        Assert.Contains("Follow up with 林晓棠 now", today, StringComparison.Ordinal);

        Assert.True((await desk.Get<ChangeFollowUp>().DoneAsync(desk.Founder, planned.Value, "都在，很满意", Ct)).Ok);

        Assert.Equal("followup.settled", (await desk.Get<ChangeFollowUp>().CancelAsync(desk.Founder, planned.Value, "", Ct)).Problem?.Code);
        Assert.DoesNotContain("笔记都在吗", WebUtility.HtmlDecode(await client.GetStringAsync("/", Ct)), StringComparison.Ordinal);
        var customer = await desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Id == opened.Id).Select(t => t.CustomerId).SingleAsync(Ct));
        var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/customers/{customer}", Ct));
        Assert.Contains("周野 planned: Follow-up", page, StringComparison.Ordinal);
        Assert.Contains("都在，很满意", page, StringComparison.Ordinal);
        Assert.Equal([TicketEventKind.FollowUpPlanned, TicketEventKind.FollowUpDone], await desk.ReadAsync(db => db.Set<TicketEvent>().Where(e => e.TicketId == opened.Id
            && (e.Kind == TicketEventKind.FollowUpPlanned || e.Kind == TicketEventKind.FollowUpDone)).OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_call_back_needs_a_number_and_takes_the_customers_own()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var plan = desk.Get<PlanFollowUp>();
        var when = desk.Clock.GetUtcNow().AddHours(1);
        var customer = await desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Id == opened.Id).Select(t => t.CustomerId).SingleAsync(Ct));

        Assert.Equal("followup.phone", (await plan.RunAsync(desk.Founder, new(FollowUpKind.CallBack, when) { Ticket = opened.Id }, Ct)).Problem?.Code);
        Assert.Equal("followup.phone_wrong", (await plan.RunAsync(desk.Founder, new(FollowUpKind.CallBack, when) { Ticket = opened.Id, Phone = "ring me" }, Ct)).Problem?.Code);
        Assert.True((await desk.Get<EditCustomer>().RunAsync(desk.Founder, new() { Id = customer, Phones = ["+86 138 0000 1234"] }, Ct)).Ok);
        var planned = await plan.RunAsync(desk.Founder, new(FollowUpKind.CallBack, when) { Customer = customer }, Ct);

        var row = (await desk.Get<ReadFollowUps>().OneAsync(planned.Value, Ct))!;
        Assert.Equal("+86 138 0000 1234", row.Phone);
        Assert.Null(row.TicketNumber);
        using var client = desk.Desk("en");
        Assert.Contains("tel:+8613800001234", WebUtility.HtmlDecode(await client.GetStringAsync("/followups", Ct)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "followup.past")]
    [InlineData(24 * 1200, "followup.too_far")]
    public async Task A_time_that_makes_no_sense_is_refused(int hours, string code)
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var plan = desk.Get<PlanFollowUp>();

        Assert.Equal(code, (await plan.RunAsync(desk.Founder, new(FollowUpKind.FollowUp, desk.Clock.GetUtcNow().AddHours(hours)) { Ticket = opened.Id }, Ct)).Problem?.Code);
        Assert.Equal("forbidden", (await plan.RunAsync(desk.Founder with { Role = Role.Viewer }, new(FollowUpKind.FollowUp, desk.Clock.GetUtcNow().AddHours(1)) { Ticket = opened.Id }, Ct)).Problem?.Code);
        Assert.Equal("ticket.not_found", (await plan.RunAsync(desk.Founder, new(FollowUpKind.FollowUp, desk.Clock.GetUtcNow().AddHours(1)) { Ticket = Guid.CreateVersion7() }, Ct)).Problem?.Code);
    }

    [Fact]
    public async Task Open_pages_are_told_once_that_it_is_due_and_again_after_it_was_moved()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var planned = await desk.Get<PlanFollowUp>().RunAsync(desk.Founder, new(FollowUpKind.FollowUp, desk.Clock.GetUtcNow().AddHours(1)) { Ticket = opened.Id }, Ct);
        var told = new List<TicketEventKind>();
        desk.Get<LiveFeed>().Changed += changes => told.AddRange(changes.Where(c => c.Number == 0).Select(c => c.Kind));
        var job = desk.Get<IEnumerable<Solodesk.Jobs.IPeriodicJob>>().OfType<CallFollowUps>().Single();

        await job.RunAsync(Ct);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await job.RunAsync(Ct);
        await job.RunAsync(Ct);
        Assert.Equal([TicketEventKind.FollowUpDue], told);

        await desk.Get<ChangeFollowUp>().RunAsync(desk.Founder, new(planned.Value) { DueAt = desk.Clock.GetUtcNow().AddHours(2) }, Ct);
        desk.Clock.Advance(TimeSpan.FromHours(3));
        await job.RunAsync(Ct);
        Assert.Equal([TicketEventKind.FollowUpDue, TicketEventKind.FollowUpMoved, TicketEventKind.FollowUpDue], told);
    }

    [Fact]
    public async Task Another_agents_follow_up_does_not_stand_in_my_Today()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        await desk.Get<PlanFollowUp>().RunAsync(Holding.Second, new(FollowUpKind.FollowUp, desk.Clock.GetUtcNow().AddMinutes(1)) { Ticket = opened.Id }, Ct);
        var until = desk.Clock.GetUtcNow().AddHours(1);

        Assert.Empty(await desk.Get<ReadFollowUps>().DueAsync(desk.Founder, until, 10, Ct));
        Assert.Single(await desk.Get<ReadFollowUps>().DueAsync(Holding.Second, until, 10, Ct));
    }

    [Fact]
    public async Task Two_customers_who_become_one_keep_what_was_owed_to_both()
    {
        await using var desk = new DeskApp();
        var edit = desk.Get<EditCustomer>();
        var first = await edit.RunAsync(desk.Founder, new() { Name = "林晓棠", Emails = ["lin@example.com"] }, Ct);
        var second = await edit.RunAsync(desk.Founder, new() { Name = "晓棠", Emails = ["xt@example.com"] }, Ct);
        await desk.Get<PlanFollowUp>().RunAsync(desk.Founder, new(FollowUpKind.FollowUp, desk.Clock.GetUtcNow().AddHours(1)) { Customer = second.Value, Note = "从第二个" }, Ct);

        await desk.Get<MergeCustomers>().RunAsync(desk.Founder, new(second.Value, first.Value), Ct);

        Assert.Equal("从第二个", Assert.Single(await desk.Get<ReadFollowUps>().OfCustomerAsync(first.Value, Ct)).Note);
        using var client = desk.Desk();
        Assert.Contains("从第二个", WebUtility.HtmlDecode(await client.GetStringAsync($"/customers/{first.Value}", Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_forms_work_without_scripts_and_a_refused_one_comes_back_with_what_was_typed()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk);
        var browser = new FormBrowser(desk.Desk("en"));
        var here = $"/inbox/all/{opened.Number}";
        await browser.OpenAsync(here);

        await browser.PostAsync("/followups/new", ("ticket", opened.Id.ToString()), ("kind", "CallBack"), ("local", "2020-01-01T10:00"), ("note", "call about the notes"), ("back", here));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("Choose a time that is still to come", browser.Text, StringComparison.Ordinal);
        Assert.Contains("call about the notes", browser.Text, StringComparison.Ordinal);

        // Ten in the morning in Shanghai, in two days.
        await browser.PostAsync("/followups/new", ("ticket", opened.Id.ToString()), ("kind", "FollowUp"), ("local", "2026-01-07T10:00"), ("note", "call about the notes"), ("back", here));
        Assert.Equal(here, browser.To);
        var row = Assert.Single(await desk.Get<ReadFollowUps>().OfTicketAsync(opened.Id, Ct));
        Assert.Equal(new DateTimeOffset(2026, 1, 7, 2, 0, 0, TimeSpan.Zero), row.DueAt);
        await browser.OpenAsync(here);
        await browser.PostAsync($"/followups/{row.Id}", ("do", "cancel"), ("back", "//evil.example"));
        Assert.Equal($"/followups/{row.Id}", browser.To);
        await browser.PostAsync($"/followups/{row.Id}", ("do", "done"), ("back", here));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("done or cancelled already", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_plan_list_move_and_settle()
    {
        await using var desk = new DeskApp();
        var client = await desk.ProgramAsync();
        var ticket = await client.OpenAsync();
        var due = desk.Clock.GetUtcNow().AddDays(1);

        var made = await (await client.PostAsync("/api/v1/followups", new { kind = "callBack", dueAt = due, ticketId = ticket.Text("id"), phone = "+44 20 7946 0000", note = "price" })).JsonAsync();
        var address = $"/api/v1/followups/{made.Text("id")}";
        await client.PostAsync("/api/v1/followups", new { kind = "followUp", dueAt = due.AddDays(1), customerId = ticket.GetProperty("customer").Text("id") });

        var first = await client.GetJsonAsync("/api/v1/followups?state=planned&limit=1");
        Assert.Equal(made.Text("id"), Assert.Single(first.GetProperty("items").EnumerateArray()).Text("id"));
        var second = await client.GetJsonAsync($"/api/v1/followups?state=planned&limit=1&cursor={first.Text("next")}");
        Assert.Equal("followUp", Assert.Single(second.GetProperty("items").EnumerateArray()).Text("kind"));
        Assert.Equal("request.word_unknown", await (await client.GetAsync("/api/v1/followups?state=soon", Ct)).ProblemAsync(422));
        Assert.Equal("price and time", (await (await client.PatchAsync(address, new { note = "price and time", dueAt = due.AddHours(2) })).JsonAsync()).Text("note"));
        var done = await (await client.PostAsync($"{address}/done", new { result = "agreed" })).JsonAsync();
        Assert.Equal(("done", "agreed"), (done.Text("state"), done.Text("result")));
        Assert.Equal("followup.settled", await (await client.PatchAsync(address, new { note = "again" })).ProblemAsync(422));
        Assert.Equal("followup.not_found", await (await client.GetAsync($"/api/v1/followups/{Guid.CreateVersion7()}", Ct)).ProblemAsync(404));
    }
}
