using System.Text.Json;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Journeys;

/// <summary>The network goes while somebody writes, and comes back.</summary>
public sealed class OfflineTests(Theatre theatre)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_sent_while_the_network_is_off_is_kept_and_sent_once_when_it_is_back()
    {
        const string words = "网断了也不会丢的一句话。";
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var page = founder.Page;
        var program = founder.Program;
        var opened = await program.PostJsonAsync("/api/v1/tickets", JsonSerializer.Serialize(new { subject = "导出的笔记打不开", body = "能帮我看看吗？", customer = new { email = "suqing@customer.example", name = "苏晴" } }), "application/json", Ct);
        var number = opened.GetProperty("ticket").GetProperty("number").GetInt64();
        await page.GotoAsync($"/inbox/all/{number}");
        await page.Locator("#composer textarea").WaitForAsync();

        await founder.Browser.SetOfflineAsync(true);
        await page.FillAsync("#composer textarea", words);
        await page.Locator("[data-send]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-draft-state]")).ToContainTextAsync("没发出去");
        await Assertions.Expect(page.Locator("#composer textarea")).ToHaveValueAsync(words);
        await Assertions.Expect(page.Locator("#conversation")).Not.ToContainTextAsync(words);

        await founder.Browser.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("#conversation .bub.me").Last).ToContainTextAsync(words, new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("#composer textarea")).ToHaveValueAsync("");
        await founder.Post.InMailboxOfAsync("suqing@customer.example", mail => mail.Text.Contains(words, StringComparison.Ordinal), Ct);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#conversation .bub.me").Filter(new() { HasText = words })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_page_asked_for_without_a_network_says_so_and_comes_when_it_is_back()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var page = founder.Page;
        await WithWorkerAsync(page);

        await founder.Browser.SetOfflineAsync(true);
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-offline", "");
        await page.GotoAsync("/customers", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("没有连接");
        await Assertions.Expect(page.Locator("h1")).ToHaveCSSAsync("font-weight", "600");

        // It comes by itself.
        await founder.Browser.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("html")).Not.ToHaveAttributeAsync("data-offline", "");
        await Assertions.Expect(page.Locator("h1").First).ToContainTextAsync("客户", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task A_page_asked_for_while_the_desk_is_stopped_comes_when_the_desk_is_back()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var page = founder.Page;
        await WithWorkerAsync(page);

        await founder.Desk.KillAsync();
        await page.GotoAsync("/customers", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("没有连接");

        // The browser was never off the network: nothing but asking tells that the desk is there again.
        await founder.Desk.StartAsync(Ct);
        await Assertions.Expect(page.Locator("h1").First).ToContainTextAsync("客户", new() { Timeout = 60_000 });
    }

    /// <summary>A page with its service worker at work.</summary>
    private static async Task WithWorkerAsync(IPage page)
    {
        await page.GotoAsync("/inbox/all");
        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => undefined)");
        await page.ReloadAsync();
    }
}
