using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Journeys;

/// <summary>What happens while somebody reads: it shows by itself, and nothing that is being read moves.</summary>
public sealed class LiveTests(Theatre theatre)
{
    private static readonly string Long = string.Join("\n\n", Enumerable.Range(1, 60).Select(i => $"第 {i} 段：这里写得很长，长到要滚动才能读完。"));

    [Theory]
    [InlineData("zh-CN", 1440)]
    [InlineData("en-US", 390)]
    public async Task New_words_in_the_open_ticket_show_by_themselves_and_the_place_in_it_stays(string language, int width)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look(language, width));
        var page = founder.Page;
        var number = await founder.ReceiveAsync("同步很慢", Long);
        await page.GotoAsync($"/inbox/mine/{number}");
        var talk = page.Locator("[data-conversation]");
        await talk.WaitForAsync();
        await page.EvaluateAsync("() => { document.querySelector('[data-conversation]').scrollTop = 200; }");
        var place = await PlaceAsync(page);

        await founder.ReceiveAsync($"Re: 同步很慢 [#{number}]", "补充：只有手机上这样。");

        await Assertions.Expect(talk).ToContainTextAsync("补充：只有手机上这样。");
        Assert.Equal(place, await PlaceAsync(page));
    }

    [Fact]
    public async Task What_comes_into_a_list_that_is_worked_in_waits_behind_the_pill()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var page = founder.Page;
        for (var i = 0; i < 20; i++)
        {
            await founder.OpenAsync($"第 {i} 件事");
        }

        await page.GotoAsync("/inbox/all");
        await page.Locator("[data-list]").HoverAsync();
        await page.EvaluateAsync("() => { document.querySelector('#list-scroll').scrollTop = 300; }");
        var rows = await RowsAsync(page);

        var fresh = await founder.OpenAsync("刚刚进来的");
        var other = await founder.OpenAsync("又来一件");

        await Assertions.Expect(page.Locator("[data-pill]")).ToContainTextAsync("2");
        Assert.Equal(rows, await RowsAsync(page));
        await page.Keyboard.PressAsync(".");
        await Assertions.Expect(page.Locator($"#list [data-number='{fresh}']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator($"#list [data-number='{other}']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-pill]")).ToBeHiddenAsync();
    }

    private static Task<int> PlaceAsync(IPage page) => page.EvaluateAsync<int>("() => Math.round(document.querySelector('[data-conversation] .msg').getBoundingClientRect().top)");

    private static Task<string> RowsAsync(IPage page)
        => page.EvaluateAsync<string>("() => [...document.querySelectorAll('#list [data-number]')].map(row => `${row.dataset.number} ${Math.round(row.getBoundingClientRect().top)}`).join()");
}
