using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;
using static Microsoft.Playwright.Assertions;

namespace Solodesk.Browser.Journeys;

/// <summary>A whole view changed and put back, a selection answered one by one, a view changed, a ticket found: by keyboard alone and on a phone.</summary>
public sealed class WaysThroughManyTests(Theatre theatre)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task By_keyboard_alone_a_whole_view_is_changed_and_a_selection_answered() => WalkAsync(new Look());

    [Fact]
    public Task On_a_phone_a_whole_view_is_changed_and_a_selection_answered() => WalkAsync(new Look("en-US", 390) { Touch = true });

    private async Task WalkAsync(Look look)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, look);
        var (page, hand) = (founder.Page, founder.Hand);
        foreach (var name in new[] { "苏晴", "周远", "许愿", "陈默" })
        {
            await founder.OpenAsync($"{name}的发票在哪里", $"c{(int)name[0]}@customer.example", name);
        }

        await page.GotoAsync("/inbox/mine");
        await ChangeAllAsync(page, hand);
        await AnswerTwoAsync(founder);
        await ArrangeAsync(page, hand);
        await FindAsync(founder);
    }

    /// <summary>Everything in the view, with what came of it, and back.</summary>
    private static async Task ChangeAllAsync(IPage page, Hand hand)
    {
        var (rows, strip) = (page.Locator("#list .item[data-number]"), page.Locator("#bulk-strip"));
        await Expect(rows).ToHaveCountAsync(4);
        await hand.DoAsync("x", page.Locator("[data-pick]").First);
        await hand.PressAsync(page.Locator("#bulk [data-whole]"));
        await hand.PressAsync(page.Locator("#bulk button[formaction='/bulk/change']"));
        await page.ArriveAsync("/bulk/change$");
        await hand.TypeAsync(page.Locator("#bulk-change [name=addTags]"), "发票");
        await hand.PressAsync(page.Locator("#bulk-change button.pri"));
        await page.ArriveAsync("/inbox/mine");
        await Expect(strip.Locator("form[action$='/undo']")).ToBeVisibleAsync();
        await Expect(strip).ToContainTextAsync("4");
        await Expect(rows.Filter(new() { Has = page.Locator(".chip", new() { HasText = "发票" }) })).ToHaveCountAsync(4);
        await hand.DoAsync("z", strip.Locator("form[action$='/undo'] button"));
        await Expect(page.Locator("#list .chip").Filter(new() { HasText = "发票" })).ToHaveCountAsync(0);
        await Expect(strip).ToContainTextAsync("4");
    }

    /// <summary>One answer to two customers, looked at before, taken back once, and then sent to each of them alone.</summary>
    private static async Task AnswerTwoAsync(Founder founder)
    {
        var (page, hand) = (founder.Page, founder.Hand);
        await page.GotoAsync("/inbox/mine");
        var names = await page.Locator("#list .item[data-number] .row.sm > span:first-child").AllTextContentsAsync();
        await hand.DoAsync("x", page.Locator("[data-pick]").First);
        await hand.DoAsync("Shift+J", page.Locator("[data-pick]").Nth(1));
        await Expect(page.Locator("[data-picked]")).ToContainTextAsync("2");
        await hand.PressAsync(page.Locator("#bulk button[formaction='/bulk/answer']"));
        await page.ArriveAsync("/bulk/answer$");
        var text = page.Locator("#bulk-answer [name=markdown]");
        await hand.TypeAsync(text, "你好 ");
        await hand.PressAsync(page.Locator("#bulk-answer [data-insert]").First);
        await page.Keyboard.TypeAsync("，发票在账单页。");
        await hand.PressAsync(page.Locator("#bulk-answer button[value=preview]"));
        foreach (var name in names.Take(2))
        {
            await Expect(page.Locator("#bulk-answer .card").Filter(new() { HasText = $"你好 {name}，发票在账单页。" })).ToBeVisibleAsync();
        }

        await hand.PressAsync(page.Locator("#bulk-answer button[value=send]"));
        var undo = page.Locator("#bulk-strip form[action$='/undo'] button");
        await Expect(undo).ToBeVisibleAsync();
        await hand.DoAsync("z", undo);
        await hand.PressAsync(page.Locator("#bulk-strip a[href^='/bulk/answer']"));
        await Expect(text).ToHaveValueAsync(new Regex(@"^你好 \{\{.+\}\}，发票在账单页。$"));
        await hand.PressAsync(page.Locator("#bulk-answer button[value=send]"));
        foreach (var name in names.Take(2))
        {
            var mail = await founder.Post.InMailboxOfAsync($"c{(int)name[0]}@customer.example", m => m.Text.Contains($"你好 {name}，发票在账单页", StringComparison.Ordinal), Ct);
            Assert.Equal($"c{(int)name[0]}@customer.example", Assert.Single(mail.To).Address);
            Assert.Empty(mail.Cc);
        }
    }

    /// <summary>A view is changed from its list: with columns, in another order, and so it stays.</summary>
    private static async Task ArrangeAsync(IPage page, Hand hand)
    {
        await page.GotoAsync("/inbox/all");
        var newest = await page.Locator("#list .item[data-number]").First.GetAttributeAsync("data-number");
        await hand.PressAsync(page.Locator("#list .bar a[href='/views/all']"));
        await page.ArriveAsync("/views/all$");
        await hand.ChooseAsync(page.Locator("#view-form [name=direction]"), 1);
        foreach (var column in new[] { "subject", "status" })
        {
            await hand.PressAsync(page.Locator($"#view-form [name=column][value={column}]"));
        }

        await hand.PressAsync(page.Locator("button[form=view-form][value=save]"));
        await page.ArriveAsync("/inbox/all$");
        var last = page.Locator("#list tbody tr[data-number]").Last;
        await Expect(last).ToHaveAttributeAsync("data-number", newest!);
        await Expect(page.Locator("#list thead th")).ToHaveCountAsync(3);
        await page.ReloadAsync();
        await Expect(last).ToHaveAttributeAsync("data-number", newest!);
    }

    /// <summary>⌘K at a desk; on a phone the search above every list.</summary>
    private static async Task FindAsync(Founder founder)
    {
        var (page, hand) = (founder.Page, founder.Hand);
        if (founder.Touch)
        {
            await hand.PressAsync(page.Locator("#list a[href='/search']"));
            await hand.TypeAsync(page.Locator("[data-search]"), "陈默");
            await hand.PressAsync(page.Locator("[data-found] a").First);
        }
        else
        {
            await page.Keyboard.PressAsync("Control+k");
            await page.Keyboard.TypeAsync("陈默");
            var found = page.Locator("#palette a[href^='/inbox/all/']");
            await Expect(found.First).ToContainTextAsync("陈默");
            for (var i = 0; i < 12 && await found.First.GetAttributeAsync("aria-selected") != "true"; i++)
            {
                await page.Keyboard.PressAsync("ArrowDown");
            }

            await page.Keyboard.PressAsync("Enter");
        }

        await Expect(page.Locator("#subject")).ToContainTextAsync("陈默的发票在哪里");
    }
}
