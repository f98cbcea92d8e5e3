using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Data;
using Solodesk.Tickets;
using Solodesk.Tickets.Preparing;

namespace Solodesk.Tests.Tickets.Writing;

public sealed class AfterSendTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_an_answer_the_next_of_the_list_comes_and_the_answer_can_still_be_taken_back()
    {
        await using var desk = new DeskApp();
        var (first, second, _) = await ThreeAsync(desk, AfterSend.Next);
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync($"/inbox/mine/{first}");

        await browser.PostAsync($"/inbox/{first}/reply", ("back", $"/inbox/mine/{first}"), ("mode", "Reply"), ("markdown", "Done"));

        Assert.StartsWith($"/inbox/mine/{second}?done={first}&held=", browser.To, StringComparison.Ordinal);
        await browser.OpenAsync(browser.To!);
        Assert.Contains($"data-done=\"{first}\"", browser.Text, StringComparison.Ordinal);
        var held = Assert.Single(await desk.HeldAsync());
        Assert.Contains($"action=\"/inbox/{first}/held/{held.Id}\"", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{first}/held/{held.Id}", ("back", $"/inbox/mine/{first}"), ("do", "undo"));
        Assert.Equal($"/inbox/mine/{first}", browser.To);
        Assert.Empty(await desk.HeldAsync());
    }

    [Fact]
    public async Task After_solving_as_well_and_behind_the_last_the_list_begins_again()
    {
        await using var desk = new DeskApp();
        var (first, second, third) = await ThreeAsync(desk, AfterSend.Next);
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync($"/inbox/mine/{third}");

        await browser.PostAsync($"/inbox/{third}/change", ("back", $"/inbox/mine/{third}"), ("status", "Solved"));
        Assert.Equal($"/inbox/mine/{first}?done={third}", browser.To);
        await browser.OpenAsync(browser.To!);
        Assert.Contains($"#{third} is solved", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{first}/change", ("back", $"/inbox/mine/{first}"), ("status", "Solved"));
        Assert.StartsWith($"/inbox/mine/{second}?", browser.To, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{second}/change", ("back", $"/inbox/mine/{second}"), ("status", "Solved"));
        Assert.Equal($"/inbox/mine?done={second}", browser.To);
        await browser.OpenAsync(browser.To!);
        Assert.Contains($"#{second} is solved", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_chosen_nothing_goes_on_to_the_next_also_after_putting_away()
    {
        await using var desk = new DeskApp();
        var (first, second, third) = await ThreeAsync(desk, new Agent { Name = "" }.AfterSend);
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync($"/inbox/mine/{first}");

        await browser.PostAsync($"/inbox/{first}/reply", ("back", $"/inbox/mine/{first}"), ("mode", "Reply"), ("markdown", "Done"));
        Assert.StartsWith($"/inbox/mine/{second}?", browser.To, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{second}/change", ("back", $"/inbox/mine/{second}"), ("snooze", desk.Clock.GetUtcNow().AddHours(3).ToString("O")));
        Assert.StartsWith($"/inbox/mine/{third}?", browser.To, StringComparison.Ordinal);
        await browser.OpenAsync(browser.To!);
        Assert.Contains($"#{second} is away until", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_list_of_everything_what_is_over_is_no_next_work()
    {
        await using var desk = new DeskApp();
        var (first, second, third) = await ThreeAsync(desk, AfterSend.Next);
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync($"/inbox/all/{third}");
        await browser.PostAsync($"/inbox/{second}/change", ("back", "/"), ("status", "Closed"));

        await browser.PostAsync($"/inbox/{third}/change", ("back", $"/inbox/all/{third}"), ("status", "Solved"));
        Assert.StartsWith($"/inbox/all/{first}?", browser.To, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{first}/change", ("back", $"/inbox/all/{first}"), ("status", "Solved"));
        Assert.StartsWith("/inbox/all?", browser.To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_macro_goes_on_when_it_answers_or_settles_and_stays_when_it_only_marks()
    {
        await using var desk = new DeskApp();
        var (first, second, third) = await ThreeAsync(desk, AfterSend.Next);
        var marks = (await desk.Get<EditMacros>().SaveAsync(desk.Founder, null, new("Mark", 1, new() { AddTags = ["x"] }), Ct)).Value;
        var answers = (await desk.Get<EditMacros>().SaveAsync(desk.Founder, null, new("Answer", 2, new() { Reply = "Thank you" }), Ct)).Value;
        var solves = (await desk.Get<EditMacros>().SaveAsync(desk.Founder, null, new("Solve", 3, new() { Status = TicketStatus.Solved, AddTags = ["y"] }), Ct)).Value;
        var browser = new FormBrowser(desk.Desk("en"));
        await browser.OpenAsync($"/inbox/mine/{first}");

        await browser.PostAsync($"/inbox/{first}/macro/{marks}", ("back", $"/inbox/mine/{first}"));
        Assert.Equal($"/inbox/mine/{first}", browser.To);
        await browser.PostAsync($"/inbox/{first}/macro/{answers}", ("back", $"/inbox/mine/{first}"));
        Assert.StartsWith($"/inbox/mine/{second}?done={first}&held=", browser.To, StringComparison.Ordinal);
        await browser.PostAsync($"/inbox/{second}/macro/{solves}", ("back", $"/inbox/mine/{second}"));
        Assert.Equal($"/inbox/mine/{third}?done={second}", browser.To);
        await browser.OpenAsync(browser.To!);
        Assert.Contains($"#{second} is solved", browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wants_the_list_gets_it_also_from_a_script_and_who_stays_stays()
    {
        await using var desk = new DeskApp();
        var (first, second, _) = await ThreeAsync(desk, AfterSend.List);
        var client = desk.Desk("en");
        client.DefaultRequestHeaders.Add("HX-Request", "true");
        var browser = new FormBrowser(client);
        await browser.OpenAsync($"/inbox/mine/{first}");
        await browser.PostAsync($"/inbox/{first}/reply", ("back", $"/inbox/mine/{first}"), ("mode", "Reply"), ("markdown", "Done"));
        Assert.Equal(HttpStatusCode.OK, browser.Status);

        await desk.Get<DeskWriter>().RunAsync<Common.Done>(async db =>
        {
            await db.Users.ExecuteUpdateAsync(s => s.SetProperty(a => a.AfterSend, AfterSend.Stay), Ct);
            return Common.Done.It;
        }, Ct);
        await browser.PostAsync($"/inbox/{second}/change", ("back", $"/inbox/mine/{second}"), ("status", "Solved"));
        Assert.Equal($"/inbox/mine/{second}", browser.To);
        // A note is no answer.
        await browser.PostAsync($"/inbox/{second}/reply", ("back", $"/inbox/mine/{second}"), ("mode", "Note"), ("markdown", "a note"));
        Assert.Equal($"/inbox/mine/{second}", browser.To);
    }

    private static async Task<(long First, long Second, long Third)> ThreeAsync(DeskApp desk, AfterSend after)
    {
        await desk.Get<DeskWriter>().RunAsync<Common.Done>(db =>
        {
            db.Add(new Agent { Id = desk.Founder.Id!.Value, Name = desk.Founder.Name, UserName = "founder", Role = Common.Role.Owner, AfterSend = after, CreatedAt = desk.Clock.GetUtcNow() });
            return Task.FromResult<Common.Result<Common.Done>>(Common.Done.It);
        }, Ct);
        var numbers = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            numbers.Add((await desk.Get<OpenTicket>().RunAsync(desk.Founder, new($"Ticket {i}", "text", "api") { CustomerEmail = $"c{i}@example.com" }, Ct)).Value.Number);
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        return (numbers[0], numbers[1], numbers[2]);
    }
}
