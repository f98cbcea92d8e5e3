using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Tickets.Bulk;

namespace Solodesk.Tests.Tickets;

public sealed class BulkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_selection_is_changed_and_counted_honestly()
    {
        await using var desk = new DeskApp();
        var ids = await OpenAsync(desk, 5);
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(ids[0]) { Priority = TicketPriority.High }, Ct);
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(ids[1]) { Status = TicketStatus.Solved }, Ct);

        var run = await RunAsync(desk, new() { Picked = [.. ids, Guid.CreateVersion7()], Change = new() { Priority = TicketPriority.High, SnoozeUntil = desk.Clock.GetUtcNow().AddDays(1) } });

        // The first had the priority already but was awake; the solved one cannot sleep; the last one does not exist and is not found at all.
        Assert.Equal((BulkState.Done, 4, 0, 1), (run.State, run.Changed, run.Unchanged, run.Refused));
        var refused = Assert.Single(await desk.Get<ReadBulk>().RefusalsAsync(run.Id, Ct));
        Assert.Equal("bulk.snooze_done", refused.Problem);
        Assert.Equal(4, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(t => t.Queue == TicketQueue.Snoozed && t.Priority == TicketPriority.High, Ct)));
    }

    [Fact]
    public async Task A_whole_view_is_changed_though_the_change_empties_it()
    {
        await using var desk = new DeskApp();
        var ids = await OpenAsync(desk, 6);
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(ids[2]) { Spam = true }, Ct);

        var run = await RunAsync(desk, new() { View = "mine", Change = new() { Status = TicketStatus.Solved, AddTags = ["done"] } });

        Assert.Equal((5, 5, 0), (run.Total, run.Changed, run.Refused));
        Assert.Equal(5, await desk.ReadAsync(db => db.Set<Ticket>().CountAsync(t => t.Queue == TicketQueue.Solved, Ct)));
        Assert.DoesNotContain(await desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Id == ids[2]).Select(t => t.Tags).SingleAsync(Ct)), t => t == "done");
    }

    [Fact]
    public async Task Undo_restores_every_ticket_to_exactly_what_it_was()
    {
        await using var desk = new DeskApp();
        var random = new Random(11);
        var ids = await OpenAsync(desk, 12);
        foreach (var id in ids)
        {
            desk.Clock.Advance(TimeSpan.FromMinutes(random.Next(200)));
            await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(id)
            {
                Status = (TicketStatus)random.Next(6),
                Priority = (TicketPriority)random.Next(4),
                Tags = random.Next(2) == 0 ? ["a", "b"] : ["c"],
                Custom = random.Next(2) == 0 ? new Dictionary<string, string> { ["size"] = "M" } : null,
                Unread = random.Next(2) == 0,
                Spam = random.Next(5) == 0,
            }, Ct);
        }

        var before = await StatesAsync(desk);
        desk.Clock.Advance(TimeSpan.FromHours(3));
        var run = await RunAsync(desk, new()
        {
            Picked = ids,
            Change = new() { Status = TicketStatus.OnHold, Priority = TicketPriority.Urgent, Type = TicketType.Complaint, AddTags = ["x", "a"], RemoveTags = ["c"], Spam = false, Custom = new() { ["size"] = "L" } },
        });
        Assert.NotEqual(before, await StatesAsync(desk));
        desk.Clock.Advance(TimeSpan.FromDays(29));

        await desk.Get<StartBulk>().UndoAsync(desk.Founder, run.Id, Ct);
        var undone = await DrainAsync(desk, run.Id);

        Assert.Equal((BulkState.Undone, run.Changed, 0), (undone.State, undone.Undone, undone.KeptSince));
        Assert.Equal(before, await StatesAsync(desk));
    }

    [Fact]
    public async Task Undo_keeps_what_somebody_did_since()
    {
        await using var desk = new DeskApp();
        var ids = await OpenAsync(desk, 2);
        var run = await RunAsync(desk, new() { Picked = ids, Change = new() { Priority = TicketPriority.Urgent, AddTags = ["sale"] } });
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(ids[0]) { Priority = TicketPriority.Low, Tags = ["sale", "kept"] }, Ct);

        await desk.Get<StartBulk>().UndoAsync(desk.Founder, run.Id, Ct);
        await DrainAsync(desk, run.Id);

        var touched = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(t => t.Id == ids[0], Ct));
        Assert.Equal(TicketPriority.Low, touched.Priority);
        Assert.Equal(["kept"], touched.Tags);
        Assert.Equal(TicketPriority.Normal, await desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Id == ids[1]).Select(t => t.Priority).SingleAsync(Ct)));
    }

    [Fact]
    public async Task After_thirty_days_a_change_cannot_be_taken_back()
    {
        await using var desk = new DeskApp();
        var run = await RunAsync(desk, new() { Picked = await OpenAsync(desk, 1), Change = new() { Priority = TicketPriority.Urgent } });
        desk.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal("bulk.no_undo", (await desk.Get<StartBulk>().UndoAsync(desk.Founder, run.Id, Ct)).Problem?.Code);
    }

    [Fact]
    public async Task A_run_that_was_interrupted_goes_on_behind_the_last_ticket_that_was_done()
    {
        await using var desk = new DeskApp();
        var ids = await OpenAsync(desk, 4);
        var numbers = await desk.ReadAsync(db => db.Set<Ticket>().OrderBy(t => t.Number).Select(t => t.Number).ToListAsync(Ct));
        var id = Guid.CreateVersion7();
        await desk.Get<DeskWriter>().RunAsync<Common.Done>(db =>
        {
            db.Add(new BulkRun
            {
                Id = id, ActorName = "周野", CreatedAt = desk.Clock.GetUtcNow(), Picked = [.. ids], State = BulkState.Running, Total = 4, Changed = 2, Cursor = numbers[1],
                ClaimedUntil = desk.Clock.GetUtcNow().AddSeconds(-1), Change = new() { Priority = TicketPriority.Urgent },
            });
            return Task.FromResult<Common.Result<Common.Done>>(Common.Done.It);
        }, Ct);

        var run = await DrainAsync(desk, id);

        Assert.Equal((BulkState.Done, 4), (run.State, run.Changed));
        Assert.Equal(numbers[2..], await desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Priority == TicketPriority.Urgent).OrderBy(t => t.Number).Select(t => t.Number).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Many_are_answered_each_with_their_own_words()
    {
        await using var desk = new DeskApp();
        var first = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new("退款一", "正文", "email") { CustomerEmail = "lin@example.com", CustomerName = "林晓棠" }, Ct);
        var second = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new("Refund two", "text", "email") { CustomerEmail = "ada@example.com", CustomerName = "Ada" }, Ct);
        var spam = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new("prize", "text", "email") { CustomerEmail = "x@example.com", Spam = true }, Ct);

        var run = await RunAsync(desk, new() { Picked = [first.Value.Id, second.Value.Id, spam.Value.Id], Markdown = "{{customer.name}}，{{ticket.number}} 已退款" });

        Assert.Equal((2, 1), (run.Changed, run.Refused));
        Assert.Equal([$"Ada，#{second.Value.Number} 已退款", $"林晓棠，#{first.Value.Number} 已退款"],
            (await desk.ReadAsync(db => db.Set<Message>().Where(m => m.Kind == MessageKind.Reply).Select(m => m.Body).ToListAsync(Ct))).Order(StringComparer.Ordinal));
        Assert.Equal("bulk.spam", Assert.Single(await desk.Get<ReadBulk>().RefusalsAsync(run.Id, Ct)).Problem);
    }

    [Fact]
    public async Task Answers_wait_as_long_as_a_single_one_and_all_of_them_can_be_taken_back()
    {
        await using var desk = new DeskApp();
        var ids = await OpenAsync(desk, 2);
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync("/inbox/mine");
        await browser.PostAsync("/bulk/answer", ("ticket", ids[0].ToString()), ("ticket", ids[1].ToString()), ("back", "/inbox/mine"), ("markdown", "See {{ticket.link}}"), ("do", "send"));
        var id = Guid.Parse(browser.To![17..]);

        desk.Clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(BulkState.Queued, (await DrainAsync(desk, id)).State);
        await browser.OpenAsync(browser.To);
        Assert.Contains("Sends in 1 s (2 tickets)", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync($"/bulk/{id}/undo", ("back", "/inbox/mine"));
        desk.Clock.Advance(TimeSpan.FromSeconds(2));
        var run = await DrainAsync(desk, id);

        Assert.True(run.IsTakenBack);
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<Message>().CountAsync(m => m.Kind == MessageKind.Reply, Ct)));
        await browser.OpenAsync($"/bulk/{id}");
        Assert.Contains("nothing was sent", browser.Text, StringComparison.Ordinal);
        await browser.OpenAsync($"/bulk/answer?run={id}&back=%2Finbox%2Fmine");
        Assert.Contains("See {{ticket.link}}", browser.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"back\" value=\"/inbox/mine\"", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync("/bulk/answer", ("ticket", ids[0].ToString()), ("back", "/inbox/mine"), ("markdown", "See {{ticket.link}}"), ("do", "send"));
        desk.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(1, (await DrainAsync(desk, Guid.Parse(browser.To![17..]))).Changed);
        Assert.Equal("bulk.no_undo", (await desk.Get<StartBulk>().UndoAsync(desk.Founder, Guid.Parse(browser.To[17..]), Ct)).Problem?.Code);
        var link = await desk.ReadAsync(db => db.Set<Message>().Where(m => m.Kind == MessageKind.Reply).Select(m => m.Body).SingleAsync(Ct));
        Assert.StartsWith("See http://localhost/track/", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_without_a_value_is_never_sent()
    {
        await using var desk = new DeskApp();

        var run = await RunAsync(desk, new() { Picked = await OpenAsync(desk, 1), Markdown = "Hello {{customer.firstname}}" });

        Assert.Equal((0, 1), (run.Changed, run.Refused));
        Assert.Equal("bulk.variable", Assert.Single(await desk.Get<ReadBulk>().RefusalsAsync(run.Id, Ct)).Problem);
    }

    [Fact]
    public async Task An_answer_with_a_variable_that_one_customer_has_no_value_for_is_shown_and_not_sent_to_anybody()
    {
        await using var desk = new DeskApp();
        var ids = await OpenAsync(desk, 4);
        var nameless = (await desk.Get<OpenTicket>().RunAsync(desk.Founder, new("Where is it?", "text", "api") { CustomerEmail = "info@shop.example" }, Ct)).Value;
        var browser = new FormBrowser(desk.Desk("en"));

        foreach (var meant in new[] { ids.Append(nameless.Id).Select(id => ("ticket", id.ToString())).ToArray(), [("whole", "mine")] })
        {
            await browser.OpenAsync("/inbox/mine");
            await browser.PostAsync("/bulk/answer", [.. meant, ("back", "/inbox/mine"), ("markdown", "Hello {{customer.name}}"), ("do", "send")]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
            Assert.Contains("Nothing was sent: 1 customer has no value for {{customer.name}}", browser.Text, StringComparison.Ordinal);
            Assert.Contains($"#{nameless.Number} · info@shop.example", browser.Text, StringComparison.Ordinal);
            Assert.Contains("Hello {{customer.name}}</textarea>", browser.Text, StringComparison.Ordinal);
        }

        Assert.Equal(0, await desk.ReadAsync(db => db.Set<BulkRun>().CountAsync(Ct)));
        await browser.PostAsync("/bulk/answer", ("whole", "mine"), ("back", "/inbox/mine"), ("markdown", "Hello {{customer.name | friend}}"), ("do", "preview"));
        Assert.Contains("Hello Customer", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync("/bulk/answer", ("whole", "mine"), ("back", "/inbox/mine"), ("markdown", "Hello {{customer.name | friend}}"), ("do", "send"));
        Assert.Equal(HttpStatusCode.Redirect, browser.Status);
    }

    [Fact]
    public async Task The_forms_work_without_scripts()
    {
        await using var desk = new DeskApp();
        var ids = await OpenAsync(desk, 2);
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync("/inbox/mine");
        Assert.Contains($"value=\"{ids[0]}\"", browser.Text, StringComparison.Ordinal);

        await browser.PostAsync("/bulk/change", ("ticket", ids[0].ToString()), ("ticket", ids[1].ToString()), ("back", "/inbox/mine"));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        await browser.PostAsync("/bulk", ("ticket", ids[0].ToString()), ("back", "/inbox/mine"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        await browser.PostAsync("/bulk", ("ticket", ids[0].ToString()), ("ticket", ids[1].ToString()), ("back", "/inbox/mine"), ("addTags", "one，two"));
        Assert.Equal(HttpStatusCode.Redirect, browser.Status);
        Assert.StartsWith("/inbox/mine?bulk=", browser.To, StringComparison.Ordinal);
        var run = await DrainAsync(desk, Guid.Parse(browser.To![17..]));
        Assert.Equal(2, run.Changed);

        await browser.OpenAsync(browser.To);
        Assert.Contains("2 tickets changed.", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync($"/bulk/{run.Id}/undo", ("back", "/inbox/mine"));
        Assert.Equal(2, (await DrainAsync(desk, run.Id)).Undone);
        await browser.OpenAsync($"/bulk/{run.Id}");
        Assert.Contains("2 tickets put back", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync("/bulk/answer", ("ticket", ids[0].ToString()), ("back", "/inbox/mine"), ("markdown", "Hi {{customer.name}}"), ("do", "preview"));
        Assert.Contains("Hi Customer", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_stopped_goes_no_further()
    {
        await using var desk = new DeskApp();
        var id = (await desk.Get<StartBulk>().RunAsync(desk.Founder, new() { Picked = await OpenAsync(desk, 2), Markdown = "Hello" }, Ct)).Value;

        await desk.Get<StartBulk>().StopAsync(desk.Founder, id, Ct);
        desk.Clock.Advance(TimeSpan.FromSeconds(8));
        var run = await DrainAsync(desk, id);

        Assert.Equal((BulkState.Stopped, 0), (run.State, run.Changed));
        Assert.False(await desk.ReadAsync(db => db.Set<Message>().AnyAsync(m => m.Kind == MessageKind.Reply, Ct)));
    }

    [Fact]
    public async Task A_viewer_may_not_change_many()
    {
        await using var desk = new DeskApp();
        var ids = await OpenAsync(desk, 1);

        var started = await desk.Get<StartBulk>().RunAsync(desk.Founder with { Role = Common.Role.Viewer }, new() { Picked = ids, Change = new() { Spam = true } }, Ct);

        Assert.Equal("forbidden", started.Problem?.Code);
    }

    private static async Task<List<Guid>> OpenAsync(DeskApp desk, int count)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var opened = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new($"Ticket {i}", "text", "api") { CustomerEmail = $"c{i}@example.com", CustomerName = "Customer" }, Ct);
            ids.Add(opened.Value.Id);
        }

        return ids;
    }

    private static async Task<BulkRun> RunAsync(DeskApp desk, StartBulk.Request request)
    {
        var started = await desk.Get<StartBulk>().RunAsync(desk.Founder, request, Ct);
        Assert.True(started.Ok, started.Problem?.Code);
        desk.Clock.Advance(request.Markdown is null ? TimeSpan.Zero : TimeSpan.FromSeconds(8));
        return await DrainAsync(desk, started.Value);
    }

    private static async Task<BulkRun> DrainAsync(DeskApp desk, Guid id)
    {
        await desk.Get<BulkWorker>().DrainAsync(Ct);
        return (await desk.Get<ReadBulk>().RunAsync(id, Ct))!;
    }

    // Everything that people and programs see of a ticket, times in what both databases keep.
    private static Task<List<string>> StatesAsync(DeskApp desk) => desk.ReadAsync(async db =>
        (await db.Set<Ticket>().AsNoTracking().OrderBy(t => t.Number).ToListAsync(Ct))
            .Select(t => $"{t.Number} {t.Queue} {t.DueAt.UtcTicks.ToString(CultureInfo.InvariantCulture)} {string.Join(',', t.Custom.OrderBy(c => c.Key))} {TicketSnapshot.Of(t).ToJson()}").ToList());
}
