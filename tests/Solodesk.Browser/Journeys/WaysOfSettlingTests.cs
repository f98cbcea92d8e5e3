using System.Net.Http.Json;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;
using static Microsoft.Playwright.Assertions;

namespace Solodesk.Browser.Journeys;

/// <summary>A complaint with its severity and closing summary, the needs behind it, and the call that is promised: by keyboard alone and on a phone.</summary>
public sealed class WaysOfSettlingTests(Theatre theatre)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task By_keyboard_alone_a_complaint_is_settled_its_need_written_down_and_a_call_promised() => SettleAsync(new Look());

    [Fact]
    public Task On_a_phone_a_complaint_is_settled_its_need_written_down_and_a_call_promised() => SettleAsync(new Look("en-US", 390) { Touch = true });

    private async Task SettleAsync(Look look)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, look);
        var (page, hand) = (founder.Page, founder.Hand);
        var number = await founder.OpenAsync("被重复扣款了");
        await page.GotoAsync($"/inbox/all/{number}");

        var type = page.Locator("#facts details:has([name=type])");
        await hand.PressAsync(type.Locator("summary"));
        await hand.PressAsync(type.Locator("form:has([value=Complaint]) button"));
        await Expect(page.Locator("#complaint")).ToBeAttachedAsync();
        await BesideAsync(founder);
        var complaint = page.Locator("#complaint");
        await hand.PressAsync(complaint.Locator("summary"));
        await hand.ChooseAsync(complaint.Locator("[name=severity]"), 0);
        var severity = await complaint.Locator("[name=severity] option").First.TextContentAsync();
        await hand.PressAsync(complaint.Locator("button[value=save]"));
        await Expect(complaint.Locator(".chip")).ToHaveTextAsync(severity!);

        await page.ReloadAsync();
        await BesideAsync(founder);
        var needs = page.Locator("#needs");
        await hand.PressAsync(needs.Locator("summary"));
        await hand.TypeAsync(needs.Locator("[name=need]"), "扣款失败时不再重试");
        await hand.TypeAsync(needs.Locator("[name=solution]"), "给支付回调去重");
        await hand.TypeAsync(needs.Locator("[name=cost]"), "800");
        await hand.ChooseAsync(needs.Locator("[name=risk]"), 1);
        await hand.ChooseAsync(needs.Locator("[name=feasibility]"), 2);
        await hand.PressAsync(needs.Locator("button.pri"));
        await Expect(needs.Locator("p.words").First).ToHaveTextAsync("扣款失败时不再重试");
        await page.ReloadAsync();
        await BesideAsync(founder);
        await Expect(needs).ToContainTextAsync("给支付回调去重");
        await Expect(needs).ToContainTextAsync("800");

        // Not solved without its closing words.
        await page.GotoAsync($"/inbox/all/{number}");
        var solve = page.Locator("#talk .bar details:has([name=summary])");
        await hand.DoAsync("e", solve.Locator("summary"));
        await hand.TypeAsync(solve.Locator("[name=resolution]"), "退回了多扣的一笔");
        await hand.PressAsync(solve.Locator("button.pri"));
        await Expect(solve.Locator("[name=summary]")).ToHaveAttributeAsync("aria-invalid", "true");
        await hand.TypeAsync(solve.Locator("[name=summary]"), "支付回调没有去重，已修好");
        await hand.PressAsync(solve.Locator("button.pri"));
        await Expect(solve).ToHaveCountAsync(0);
        await BesideAsync(founder);
        await Expect(complaint).ToContainTextAsync("支付回调没有去重，已修好");

        await CallAsync(founder);
    }

    /// <summary>On the customer's own page a call is promised; when its time comes Today says whom to call.</summary>
    private static async Task CallAsync(Founder founder)
    {
        var (page, hand) = (founder.Page, founder.Hand);
        await page.GotoAsync("/");
        if (founder.Touch)
        {
            await hand.PressAsync(page.Locator(".tabbar a[href='/customers']"));
            await hand.PressAsync(page.Locator("main a[href^='/customers/']").Filter(new() { HasText = "苏晴" }).First);
        }
        else
        {
            await page.Keyboard.PressAsync("Control+k");
            await page.Keyboard.TypeAsync("苏晴");
            var found = page.Locator("#palette a[href^='/customers/']");
            await Expect(found).ToBeVisibleAsync();
            for (var i = 0; i < 12 && await found.GetAttributeAsync("aria-selected") != "true"; i++)
            {
                await page.Keyboard.PressAsync("ArrowDown");
            }

            await page.Keyboard.PressAsync("Enter");
        }

        await page.ArriveAsync("/customers/[0-9a-f-]{36}$");
        var plan = page.Locator("#followups [data-fold]");
        await hand.PressAsync(plan.Locator("summary"));
        if (founder.Touch)
        {
            await hand.PressAsync(plan.Locator("label:has([value=CallBack])"));
        }
        else
        {
            // Of two choices that exclude each other Tab reaches the chosen one, the arrow takes the next.
            await hand.PressAsync(plan.Locator("[name=kind]:checked"));
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await Expect(plan.Locator("[value=CallBack]")).ToBeCheckedAsync();
        await hand.ChooseAsync(plan.Locator("[name=when]"), 0);
        await hand.TypeAsync(plan.Locator("[name=note]"), "问问退款到了没有");
        await hand.TypeAsync(plan.Locator("[name=phone]"), "138 0013 8000");
        await hand.PressAsync(plan.Locator("button.pri"));
        await Expect(page.Locator("#followups .fu")).ToContainTextAsync("问问退款到了没有");

        var planned = (await founder.Program.GetJsonAsync("/api/v1/followups?state=planned", Ct)).GetProperty("items")[0].GetProperty("id").GetString();
        using var moved = await founder.Program.PatchAsync(new Uri($"/api/v1/followups/{planned}", UriKind.Relative), JsonContent.Create(new { dueAt = TimeProvider.System.GetUtcNow().AddSeconds(2) }), Ct);
        moved.EnsureSuccessStatusCode();
        await page.GotoAsync("/");
        var due = page.Locator("#followups .fu");
        await Expect(due).ToContainTextAsync("苏晴");
        await Expect(due.Locator("a[href^='tel:']")).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("13800138000$"));
        await hand.PressAsync(due.Locator("summary").First);
        await hand.TypeAsync(due.Locator("[name=result]"), "到账了");
        await hand.PressAsync(due.Locator("button[value=done]"));
        await Expect(due).ToHaveCountAsync(0);
    }

    /// <summary>The panel beside the ticket, which on a phone takes its place.</summary>
    private static async Task BesideAsync(Founder founder)
    {
        if (founder.Touch && !await founder.Page.Locator("#panel").IsVisibleAsync())
        {
            await founder.Hand.PressAsync(founder.Page.Locator("#talk [data-aside=panel]"));
        }

        await Expect(founder.Page.Locator("#panel")).ToBeVisibleAsync();
    }
}
