using System.Text.Json;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Journeys;

/// <summary>Views, changes of many tickets with their undo, and the search: by mouse, by keyboard alone, and on a phone.</summary>
public sealed class ManyTicketsTests(Theatre theatre)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", 1440, true)]
    [InlineData("en-US", 1440, false)]
    [InlineData("en-US", 390, false)]
    public async Task A_founder_makes_a_view_changes_what_it_shows_takes_it_back_and_finds_it_again(string language, int width, bool keyboardOnly)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look(language, width));
        var page = founder.Page;
        var hand = Hand.Of(page, keyboardOnly);
        await FillAsync(founder.Program);

        // A view: one more condition, by the editor.
        await page.GotoAsync("/views/new");
        await hand.TypeAsync(page.Locator("[name=name]"), "退款 refunds");
        await hand.PressAsync(page.Locator("button[value='add:c']"));
        await Assertions.Expect(page.Locator("[name='c.1.field']")).ToBeVisibleAsync();
        var subject = await page.Locator("[name='c.1.field'] option").EvaluateAllAsync<int>("all => all.findIndex(o => o.value === 'ticket.subject')");
        await hand.ChooseAsync(page.Locator("[name='c.1.field']"), subject);
        await Assertions.Expect(page.Locator("[name='c.1.op'] option").First).ToHaveAttributeAsync("value", "contains");
        await hand.TypeAsync(page.Locator("[name='c.1.v']"), "REFUND");
        await hand.PressAsync(page.Locator("button[value=save]"));
        await page.ArriveAsync("/inbox/v");
        await Assertions.Expect(page.Locator("#list .item[data-number]")).ToHaveCountAsync(3);

        // Two of them are solved at once, and are there again after the undo.
        await PickTwoAsync(page, keyboardOnly);
        await hand.PressAsync(page.Locator("#bulk button[name=status]"));
        await Assertions.Expect(page.Locator("#bulk-strip")).ToContainTextAsync("2");
        await Assertions.Expect(page.Locator("#bulk-strip form[action$='/undo']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#list .item[data-number]")).ToHaveCountAsync(1);
        if (keyboardOnly)
        {
            await page.Keyboard.PressAsync("z");
        }
        else
        {
            await page.Locator("#bulk-strip form[action$='/undo'] button").ClickAsync();
        }

        await Assertions.Expect(page.Locator("#list .item[data-number]")).ToHaveCountAsync(3);

        // The search finds them by words, narrowed by an operator, with the words marked.
        await page.GotoAsync("/search");
        await hand.TypeAsync(page.Locator("[data-search]"), language[..2] == "en" ? "refund priority:urgent" : "refund 优先级:紧急");
        await Assertions.Expect(page.Locator("[data-found]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("[data-found] mark").First).ToHaveTextAsync("refund", new() { IgnoreCase = true });
        await hand.PressAsync(page.Locator("[data-found] a"));
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync("Refund 2");
    }

    private static async Task PickTwoAsync(IPage page, bool keyboardOnly)
    {
        if (keyboardOnly)
        {
            await page.Keyboard.PressAsync("x");
            await page.Keyboard.PressAsync("Shift+J");
        }
        else
        {
            await page.Locator("#list .item[data-number]").Nth(0).HoverAsync();
            await page.Locator("[data-pick]").Nth(0).CheckAsync();
            await page.Locator("[data-pick]").Nth(1).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        }

        await Assertions.Expect(page.Locator("[data-picked]")).ToContainTextAsync("2");
    }

    private static async Task FillAsync(HttpClient program)
    {
        for (var i = 0; i < 5; i++)
        {
            await program.PostJsonAsync("/api/v1/tickets", JsonSerializer.Serialize(new
            {
                subject = i < 3 ? $"Refund {i}" : $"Export {i}",
                body = i < 3 ? $"Refund {i}: please send the money back 退款" : "导出不见了",
                customer = new { email = $"c{i}@customer.example", name = "Ada Byron" },
                priority = i == 2 ? "urgent" : "normal",
            }), "application/json", Ct);
        }
    }
}
