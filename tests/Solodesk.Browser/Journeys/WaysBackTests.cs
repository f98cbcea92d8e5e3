using Microsoft.Playwright;
using Solodesk.Browser.Stage;
using static Microsoft.Playwright.Assertions;

namespace Solodesk.Browser.Journeys;

/// <summary>What was solved or put away comes back exactly as it was: by the key, and by the notice on a phone, wherever the page has gone on to.</summary>
public sealed class WaysBackTests(Theatre theatre)
{
    [Fact]
    public Task By_keyboard_alone_what_was_put_out_of_sight_comes_back_exactly_as_it_was() => WalkAsync(new Look());

    [Fact]
    public Task On_a_phone_what_was_put_out_of_sight_comes_back_exactly_as_it_was() => WalkAsync(new Look("en-US", 390) { Touch = true });

    private async Task WalkAsync(Look look)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, look);
        var page = founder.Page;
        var first = await founder.ReceiveAsync("导出的笔记打不开", "提示文件损坏。");
        var second = await founder.OpenAsync("另外一件事");
        await founder.ChangeAsync(first, new { priority = "urgent", tags = new[] { "导出" }, snoozedUntil = TimeProvider.System.GetUtcNow().AddDays(2) });

        // Put away, urgent and labelled: all of it is there again.
        await page.GotoAsync($"/inbox/all/{first}");
        var before = await founder.StateAsync(first);
        await SolveAsync(founder, first);
        await founder.LookAsync("back-1-solved");
        await TakeBackAsync(founder, first, before);
        await Expect(page.Locator("#facts .clock.hold")).ToBeVisibleAsync();
        await founder.LookAsync("back-2-taken-back");

        // Where the next one comes by itself, from beside that one; and from the empty list when there is none.
        await GoOnAsync(page);
        await founder.ChangeAsync(first, new { snoozedUntil = (string?)null });
        await page.GotoAsync($"/inbox/mine/{first}");
        before = await founder.StateAsync(first);
        await SolveAsync(founder, first);
        await Expect(page.Locator($"#talk[data-number='{second}']")).ToBeVisibleAsync();
        await founder.LookAsync("back-3-next");
        await TakeBackAsync(founder, first, before);
        await Expect(page.Locator($"#talk[data-number='{first}']")).ToBeVisibleAsync();

        // Put away instead of solved: the same.
        await PutAwayAsync(founder, first);
        await Expect(page.Locator($"#talk[data-number='{second}']")).ToBeVisibleAsync();
        await Expect(page.Locator($"#list [data-number='{first}']")).ToHaveCountAsync(0);
        await founder.LookAsync("back-4-put-away");
        await TakeBackAsync(founder, first, before);
        await Expect(page.Locator($"#talk[data-number='{first}']")).ToBeVisibleAsync();
        await Expect(page.Locator("#facts .clock.hold")).ToHaveCountAsync(0);

        await founder.ChangeAsync(second, new { status = "solved" });
        await page.GotoAsync($"/inbox/mine/{first}");
        before = await founder.StateAsync(first);
        await SolveAsync(founder, first);
        await Expect(page.Locator("#list .empty")).ToBeVisibleAsync();
        await founder.LookAsync("back-5-empty");
        await TakeBackAsync(founder, first, before);
        await Expect(page.Locator($"#talk[data-number='{first}']")).ToBeVisibleAsync();
        await founder.LookAsync("back-6-there");
        await page.GotoAsync("/inbox/mine");
        await Expect(page.Locator($"#list [data-number='{first}']")).ToBeVisibleAsync();
    }

    private static async Task SolveAsync(Founder founder, long number)
    {
        await founder.Page.Locator($"#talk[data-number='{number}'] #composer").WaitForAsync();
        await founder.Hand.DoAsync("e", founder.Page.Locator("#talk .bar [data-key=e]"));
        await Expect(founder.Page.Locator(".toast")).ToContainTextAsync($"#{number}");
    }

    private static async Task PutAwayAsync(Founder founder, long number)
    {
        var menu = founder.Page.Locator("#talk .bar details:has([name=snoozelocal])");
        await founder.Page.Locator($"#talk[data-number='{number}'] #composer").WaitForAsync();
        await founder.Hand.DoAsync("h", menu.Locator("summary"));
        await founder.Hand.PressAsync(menu.Locator("form:has([name=snooze]) button").First);
        await Expect(founder.Page.Locator(".toast")).ToContainTextAsync($"#{number}");
    }

    private static async Task TakeBackAsync(Founder founder, long number, string before)
    {
        var toast = founder.Page.Locator(".toast");
        Assert.NotEqual(before, await founder.StateAsync(number));
        await founder.Hand.DoAsync("z", toast.Locator("[data-undo]"));
        await Expect(toast).ToHaveCountAsync(0);
        Assert.Equal(before, await founder.StateAsync(number));
    }

    private static async Task GoOnAsync(IPage page)
    {
        await page.GotoAsync("/account");
        await page.Locator("[name=after]").SelectOptionAsync("Next");
        await page.Locator("form:has([name=after]) button.pri").ClickAsync();
        await Expect(page.Locator("[role=status]").First).ToBeVisibleAsync();
    }
}
