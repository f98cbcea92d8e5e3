using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Solodesk.Customers;
using Solodesk.Data;
using Solodesk.Tests.Channels.Web;
using Solodesk.Tickets;
using Solodesk.Tickets.Joining;
using Solodesk.Tickets.Undoing;

namespace Solodesk.Tests.Tickets.Undoing;

public sealed class UndoChangeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task Whatever_is_changed_undo_step_by_step_restores_the_exact_state(int seed)
    {
        await using var desk = new DeskApp();
        var random = new Random(seed);
        var opened = await ReplyToTicketTests.OpenAsync(desk, "导出的笔记打不开", "a@example.com");
        var states = new Stack<string>();

        for (var step = 0; step < 40; step++)
        {
            desk.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 600)) + TimeSpan.FromTicks(random.Next(1000)));
            if (random.Next(4) == 0 && states.Count > 0)
            {
                await UndoLastAsync(desk, states);
                continue;
            }

            var before = await StateAsync(desk);
            var changed = await desk.Get<ChangeTicket>().RunAsync(desk.Founder, Any(random, opened.Id, desk.Clock.GetUtcNow()), Ct);
            if (changed.Ok && await StateAsync(desk) != before)
            {
                states.Push(before);
            }
        }

        Assert.True(states.Count > 5, "Hardly anything was changed.");
        while (states.Count > 0)
        {
            await UndoLastAsync(desk, states);
        }
    }

    [Fact]
    public async Task Solving_taken_back_leaves_status_times_promise_and_snooze_as_they_were()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk, "导出的笔记打不开", "a@example.com");
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Id) { SnoozeUntil = desk.Clock.GetUtcNow().AddDays(2) }, Ct);
        var before = await StateAsync(desk);
        desk.Clock.Advance(TimeSpan.FromHours(5));
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Id) { Status = TicketStatus.Solved }, Ct);
        desk.Clock.Advance(TimeSpan.FromDays(1));

        Assert.True((await desk.Get<UndoChange>().RunAsync(desk.Founder, await LastAsync(desk), Ct)).Ok);

        Assert.Equal(before, await StateAsync(desk));
        var again = await desk.Get<UndoChange>().RunAsync(desk.Founder, (await desk.ReadAsync(db => db.Set<TicketUndo>().OrderByDescending(u => u.At).FirstAsync(Ct))).Id, Ct);
        Assert.Equal("undo.done", again.Problem?.Code);
    }

    [Fact]
    public async Task On_a_ticket_that_went_on_only_what_still_stands_is_taken_back()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk, "导出的笔记打不开", "a@example.com");
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Id) { Status = TicketStatus.Solved, Tags = ["done", "export"], Priority = TicketPriority.High }, Ct);
        var change = await LastAsync(desk);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await desk.Get<ChangeTicket>().RunAsync(Common.Actor.Customer(Guid.CreateVersion7(), "林晓棠") with { Role = Common.Role.Agent }, new(opened.Id) { Status = TicketStatus.Open }, Ct);

        Assert.True((await desk.Get<UndoChange>().RunAsync(desk.Founder, change, Ct)).Ok);

        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        Assert.Equal((TicketStatus.Open, TicketPriority.Normal, 1), (ticket.Status, ticket.Priority, ticket.ReopenCount));
        Assert.Empty(ticket.Tags);
        Assert.Equal("undo.nothing", (await UndoOfAsync(desk, opened.Id)).Problem?.Code);
    }

    [Fact]
    public async Task After_thirty_days_it_cannot_be_taken_back_and_is_forgotten()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk, "导出的笔记打不开", "a@example.com");
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Id) { Status = TicketStatus.Solved }, Ct);
        var change = await LastAsync(desk);
        desk.Clock.Advance(TicketUndo.Undoable + TimeSpan.FromMinutes(1));

        Assert.Equal("undo.late", (await desk.Get<UndoChange>().RunAsync(desk.Founder, change, Ct)).Problem?.Code);
        await desk.Get<IEnumerable<Jobs.IPeriodicJob>>().Single(j => j.GetType().Name == "ForgetUndos").RunAsync(Ct);
        Assert.Equal("undo.done", (await desk.Get<UndoChange>().RunAsync(desk.Founder, change, Ct)).Problem?.Code);
    }

    [Fact]
    public async Task Only_who_works_here_takes_back_and_what_programs_change_is_not_offered()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk, "导出的笔记打不开", "a@example.com");
        await desk.Get<ChangeTicket>().RunAsync(Common.Actor.System, new(opened.Id) { Priority = TicketPriority.High }, Ct);
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Id) { Unread = false }, Ct);
        Assert.Equal(0, await desk.ReadAsync(db => db.Set<TicketUndo>().CountAsync(Ct)));
        await desk.Get<ChangeTicket>().RunAsync(desk.Founder, new(opened.Id) { Priority = TicketPriority.Low }, Ct);

        var viewer = desk.Founder with { Role = Common.Role.Viewer };
        Assert.False((await desk.Get<UndoChange>().RunAsync(viewer, await LastAsync(desk), Ct)).Ok);
    }

    [Fact]
    public async Task The_key_is_offered_for_eight_seconds_and_the_history_for_a_month()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk, "导出的笔记打不开", "a@example.com");
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync($"/inbox/all/{opened.Number}");
        await browser.PostAsync($"/inbox/{opened.Number}/change", ("back", $"/inbox/all/{opened.Number}"), ("status", "Solved"));
        await browser.OpenAsync($"/inbox/all/{opened.Number}");
        var change = await LastAsync(desk);
        Assert.Contains($"#{opened.Number} is solved", browser.Text, StringComparison.Ordinal);
        Assert.Equal(2, Count(browser.Text, $"action=\"/inbox/{opened.Number}/undo/{change}\""));
        desk.Clock.Advance(TimeSpan.FromSeconds(9));
        await browser.OpenAsync($"/inbox/all/{opened.Number}");
        Assert.Equal(1, Count(browser.Text, $"action=\"/inbox/{opened.Number}/undo/{change}\""));

        await browser.PostAsync($"/inbox/{opened.Number}/undo/{change}", ("back", $"/inbox/all/{opened.Number}"));
        Assert.Equal($"/inbox/all/{opened.Number}", browser.To);
        await browser.OpenAsync(browser.To!);
        Assert.DoesNotContain("/undo/", browser.Text, StringComparison.Ordinal);
        Assert.Equal(TicketStatus.New, await desk.ReadAsync(db => db.Set<Ticket>().Select(t => t.Status).SingleAsync(Ct)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Spam_taken_back_leaves_the_ticket_and_its_sender_as_they_were(bool block)
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk, "导出的笔记打不开", "a@example.com");
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync($"/inbox/all/{opened.Number}");
        var before = await StateAsync(desk);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await browser.PostAsync($"/inbox/{opened.Number}/spam", ("back", $"/inbox/all/{opened.Number}"), ("do", block ? "block" : "spam"));
        Assert.Equal((true, block), await JudgedAsync(desk));

        await browser.OpenAsync($"/inbox/all/{opened.Number}");
        Assert.Contains(block ? $"#{opened.Number} is spam, its sender is blocked" : $"#{opened.Number} is spam now", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{opened.Number}/undo/{await LastAsync(desk)}", ("back", $"/inbox/all/{opened.Number}"));

        Assert.Equal((false, false), await JudgedAsync(desk));
        Assert.Equal(block ? 1 : 0, await desk.ReadAsync(db => db.Set<TicketEvent>().CountAsync(e => e.Kind == TicketEventKind.SenderUnblocked, Ct)));
        Assert.Equal(before, await StateAsync(desk));
    }

    [Fact]
    public async Task Taking_no_spam_back_blocks_the_sender_again_unless_somebody_has_judged_them_anew()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk, "导出的笔记打不开", "a@example.com");
        var judge = desk.Get<JudgeSpam>();
        await judge.RunAsync(desk.Founder, new(opened.Id, Spam: true, Block: true), Ct);
        var blocked = await LastAsync(desk);
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await judge.RunAsync(desk.Founder, new(opened.Id, Spam: false), Ct);
        Assert.Equal((false, false), await JudgedAsync(desk));

        Assert.True((await desk.Get<UndoChange>().RunAsync(desk.Founder, await LastAsync(desk), Ct)).Ok);
        Assert.Equal((true, true), await JudgedAsync(desk));

        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await judge.RunAsync(desk.Founder, new(opened.Id, Spam: false), Ct);
        await desk.Get<UndoChange>().RunAsync(desk.Founder, blocked, Ct);
        Assert.Equal((false, false), await JudgedAsync(desk));
    }

    [Fact]
    public async Task Following_and_not_following_any_more_are_taken_back()
    {
        await using var desk = new DeskApp();
        var opened = await ReplyToTicketTests.OpenAsync(desk, "导出的笔记打不开", "a@example.com");
        var states = new Stack<string>();
        foreach (var follow in (bool[])[true, false])
        {
            states.Push(await StateAsync(desk));
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.True((await desk.Get<FollowTicket>().RunAsync(desk.Founder, opened.Id, desk.Founder.Id!.Value, follow, Ct)).Ok);
        }

        Assert.Contains($"Followers of #{opened.Number} changed", await desk.Desk("en").PageAsync("/inbox/mine"), StringComparison.Ordinal);
        await UndoLastAsync(desk, states);
        Assert.Single((await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct))).FollowerIds);
        await UndoLastAsync(desk, states);
    }

    private static async Task<(bool Spam, bool Blocked)> JudgedAsync(DeskApp desk)
        => await desk.ReadAsync(async db => (await db.Set<Ticket>().Select(t => t.Spam).SingleAsync(Ct), await db.Set<Customer>().Select(c => c.Blocked).SingleAsync(Ct)));

    private static int Count(string text, string what) => text.Split(what).Length - 1;

    private static async Task<Common.Result<long>> UndoOfAsync(DeskApp desk, Guid ticket)
    {
        // The same change, offered once more: everything of it is gone.
        await desk.Get<DeskWriter>().RunAsync<Common.Done>(async db =>
        {
            await db.Set<TicketUndo>().Where(u => u.TicketId == ticket).ExecuteUpdateAsync(s => s.SetProperty(u => u.UndoneAt, (DateTimeOffset?)null), Ct);
            return Common.Done.It;
        }, Ct);
        return await desk.Get<UndoChange>().RunAsync(desk.Founder, await LastAsync(desk), Ct);
    }

    private static Task<Guid> LastAsync(DeskApp desk)
        => desk.ReadAsync(db => db.Set<TicketUndo>().Where(u => u.UndoneAt == null).OrderByDescending(u => u.At).Select(u => u.Id).FirstAsync(Ct));

    private static async Task UndoLastAsync(DeskApp desk, Stack<string> states)
    {
        var undone = await desk.Get<UndoChange>().RunAsync(desk.Founder, await LastAsync(desk), Ct);
        Assert.True(undone.Ok, undone.Problem?.Code);
        Assert.Equal(states.Pop(), await StateAsync(desk));
    }

    private static async Task<string> StateAsync(DeskApp desk)
        => JsonSerializer.Serialize((await desk.ReadAsync(db => db.Set<Ticket>().AsNoTracking().SingleAsync(Ct))).Keep());

    private static ChangeTicket.Request Any(Random random, Guid ticket, DateTimeOffset now) => random.Next(6) switch
    {
        0 => new(ticket) { Status = (TicketStatus)random.Next(6) },
        1 => new(ticket) { Priority = (TicketPriority)random.Next(4), Subject = $"第 {random.Next(3)} 版" },
        2 => new(ticket) { Tags = random.Next(2) == 0 ? ["a", "b"] : ["c"], FollowerIds = random.Next(2) == 0 ? [new Guid(1, 0, 0, new byte[8])] : [] },
        3 => new(ticket) { SnoozeUntil = now.AddHours(random.Next(-5, 50)), Unread = random.Next(2) == 0 },
        4 => new(ticket) { Custom = new Dictionary<string, string> { ["size"] = random.Next(2) == 0 ? "M" : "" }, Spam = random.Next(2) == 0 },
        _ => new(ticket) { Type = random.Next(2) == 0 ? TicketType.Task : TicketType.Incident, Status = (TicketStatus)random.Next(6) },
    };
}
