using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Journeys;

/// <summary>The keyboard map itself, and what is taken back by its key: folding, the switch that turns single keys off, the list of all keys, spam, following.</summary>
public sealed class KeysTests(Theatre theatre)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // How many columns the list of keys stands in.
    private const string Columns = "e => new Set([...e.querySelectorAll('dt')].map(k => Math.round(k.getBoundingClientRect().left))).size";

    [Fact]
    public async Task Panes_fold_all_keys_are_listed_and_single_ones_can_be_turned_off()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var page = founder.Page;
        await founder.OpenAsync("导出的笔记打不开");
        var talk = page.Locator("#talk[data-number]");
        await page.GotoAsync("/inbox/mine");
        await page.Keyboard.PressAsync("j");
        await talk.WaitForAsync();

        foreach (var (key, pane) in new[] { ("[", "#list"), ("]", "#panel") })
        {
            await Assertions.Expect(page.Locator(pane)).ToBeVisibleAsync();
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(page.Locator(pane)).ToBeHiddenAsync();
            await page.ReloadAsync();
            await talk.WaitForAsync();
            await Assertions.Expect(page.Locator(pane)).ToBeHiddenAsync();
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(page.Locator(pane)).ToBeVisibleAsync();
        }

        var keys = page.Locator("#keys-help");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(keys).ToBeVisibleAsync();
        Assert.Equal(2, await keys.EvaluateAsync<int>(Columns));
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(keys).ToBeHiddenAsync();

        var hand = Hand.Of(page, keyboardOnly: true);
        await page.GotoAsync("/account");
        var single = page.Locator("[data-single-keys]");
        await Assertions.Expect(single).ToBeEnabledAsync();
        await hand.PressAsync(single);
        await Assertions.Expect(single).Not.ToBeCheckedAsync();
        await page.GotoAsync("/inbox/mine");
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Control+k"); // Keys with Ctrl stay: what came before them has been heard as well.
        await Assertions.Expect(page.Locator("#palette")).ToBeVisibleAsync();
        await Assertions.Expect(keys).ToBeHiddenAsync();
        await Assertions.Expect(talk).ToHaveCountAsync(0);

        await page.GotoAsync("/account");
        await Assertions.Expect(single).Not.ToBeCheckedAsync();
        await Assertions.Expect(single).ToBeEnabledAsync();
        await hand.PressAsync(single);
        await page.GotoAsync("/inbox/mine");
        await page.Keyboard.PressAsync("j");
        await talk.WaitForAsync();
    }

    [Theory]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    public async Task Spam_and_following_are_taken_back_where_they_were_done(int width, bool keyboardOnly)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look("zh-CN", width));
        var page = founder.Page;
        var number = await founder.OpenAsync("导出的笔记打不开");
        var hand = Hand.Of(page, keyboardOnly);
        var talk = page.Locator("#talk[data-number]");
        await page.GotoAsync($"/inbox/mine/{number}");
        await talk.WaitForAsync();
        var toast = page.Locator(".toast");
        var menu = page.Locator("#talk .bar details:has(button[value=block])");

        if (keyboardOnly)
        {
            await page.Keyboard.PressAsync("!");
        }
        else
        {
            await hand.PressAsync(menu.Locator("summary"));
            await hand.PressAsync(menu.Locator("button[value=block]"));
        }

        await Assertions.Expect(toast).ToContainTextAsync($"#{number} 已归为垃圾邮件");
        await BackAsync();
        await Assertions.Expect(menu.Locator("button[value=spam]")).ToHaveCountAsync(1);

        await page.GotoAsync($"/inbox/mine/{number}");
        await hand.PressAsync(menu.Locator("summary"));
        await hand.PressAsync(menu.Locator("form[action$='/follow'] button").First);
        await Assertions.Expect(toast).ToContainTextAsync($"#{number} 的关注人已改");
        await BackAsync();
        await Assertions.Expect(menu.Locator("form[action$='/follow'] button[value=start]").First).ToBeAttachedAsync();
        Assert.True(await Inspection.OverhangAsync(page) <= 0, "The ticket hangs over the edge.");

        if (width < 600)
        {
            await page.EvaluateAsync("document.activeElement?.blur()");
            await page.Keyboard.PressAsync("?");
            await Assertions.Expect(page.Locator("#keys-help")).ToBeVisibleAsync();
            Assert.Equal(1, await page.Locator("#keys-help").EvaluateAsync<int>(Columns));
        }

        async Task BackAsync()
        {
            if (keyboardOnly)
            {
                await page.Keyboard.PressAsync("z");
            }
            else
            {
                await hand.PressAsync(toast.Locator("[data-undo]"));
            }

            await Assertions.Expect(toast).ToHaveCountAsync(0);
            await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/inbox/mine/{number}$"));
        }
    }
}
