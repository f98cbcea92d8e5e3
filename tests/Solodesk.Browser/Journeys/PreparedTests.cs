using Microsoft.Playwright;
using Solodesk.Browser.Stage;
using static Microsoft.Playwright.Assertions;

namespace Solodesk.Browser.Journeys;

/// <summary>A reply that is prepared while the ticket lies open appears by itself, and is taken where it can be changed.</summary>
public sealed class PreparedTests(Theatre theatre)
{
    private const string Prepared = "苏晴你好：发票在账单页开，次日寄出";

    [Fact]
    public Task A_reply_prepared_while_the_ticket_is_open_appears_and_is_taken_by_keyboard() => TakeAsync(new Look());

    [Fact]
    public Task A_reply_prepared_while_the_ticket_is_open_appears_and_is_taken_on_a_phone() => TakeAsync(new Look("en-US", 390) { Touch = true });

    private async Task TakeAsync(Look look)
    {
        await using var service = new WritingService($"{Prepared} [1]。");
        await using var founder = await Founder.AtWorkAsync(theatre, look);
        var (page, hand) = (founder.Page, founder.Hand);
        await Shelf.PutUpAsync(page, "怎么开发票？,在账单页开，次日寄出。");
        await page.GotoAsync("/settings/ai");
        await page.FillAsync("#write [name=address]", service.Address);
        await page.FillAsync("#write [name=model]", "small");
        await page.CheckAsync("#write [name=prepares]");
        await page.Locator("#write button.pri").ClickAsync();
        await Expect(page.Locator("#write [role=status]")).ToBeVisibleAsync();

        var number = await founder.OpenAsync("怎么开发票？");
        await page.GotoAsync($"/inbox/mine/{number}");
        await page.EvaluateAsync("window.sameVisit = true");
        await Expect(page.Locator("#reply-draft")).ToContainTextAsync(Prepared, new() { Timeout = 60_000 });
        Assert.True(await page.EvaluateAsync<bool>("window.sameVisit === true"), "The page was loaded again.");

        await hand.PressAsync(page.Locator("#reply-draft [data-take]"));
        await Expect(page.Locator("#composer textarea")).ToHaveValueAsync($"{Prepared}。");
        await Expect(page.Locator("#composer textarea")).ToBeFocusedAsync();
        await Expect(page.Locator("#conversation .bub.me")).ToHaveCountAsync(0);
    }
}
