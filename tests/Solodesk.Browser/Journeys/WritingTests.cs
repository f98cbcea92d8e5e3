using System.Text.Json;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Journeys;

/// <summary>Sending, taking back, sending later, passing on, merging: by the keyboard at a founder.Desk, by touch on a phone, and with a colleague at the other founder.Desk.</summary>
public sealed class WritingTests(Theatre theatre)
{
    private const string Subject = "导出的笔记打不开";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1440, true)]
    [InlineData(390, false)]
    public async Task An_answer_is_taken_back_sent_again_scheduled_and_yields_to_the_customer(int width, bool keyboard)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look("zh-CN", width));
        var page = founder.Page;
        // Longer than the usual eight seconds: on a busy machine they may be over before the page is drawn.
        await page.GotoAsync("/settings/sending");
        await page.FillAsync("[name=undo]", "20");
        await page.Locator("form:has([name=undo]) button.pri").ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]").First).ToBeVisibleAsync();
        var program = founder.Program;
        var (number, token) = await OpenAsync(program, Subject, "suqing@customer.example");
        await page.GotoAsync($"/inbox/mine/{number}");

        // Typed, sent, taken back: the words stand in the composer again and the customer got nothing.
        await WriteAsync(page, keyboard, "我们重新生成了文件。");
        await SendAsync(page, keyboard);
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("撤销");
        await TakeBackAsync(page, keyboard);
        await Assertions.Expect(Text(page)).ToHaveValueAsync("我们重新生成了文件。");

        // A restart of the page loses nothing of it.
        await page.ReloadAsync();
        await Assertions.Expect(Text(page)).ToHaveValueAsync("我们重新生成了文件。");

        // Sent for good, it leaves after its seconds.
        await SendAsync(page, keyboard);
        await Assertions.Expect(page.Locator(".toast")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("#conversation .bub.me").Last).ToContainTextAsync("我们重新生成了文件。");
        await founder.Post.InMailboxOfAsync("suqing@customer.example", mail => mail.Text.Contains("重新生成", StringComparison.Ordinal), Ct);

        // Scheduled, and not sent because the customer writes first: said where it stands, and the words are a draft again.
        await WriteAsync(page, keyboard, "明天再确认一次。");
        await page.Locator("#composer .split details summary").ClickAsync();
        await page.Locator("#composer button[name=sendat]").First.ClickAsync();
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync("发出");
        await SayAsync(theatre, founder.Desk, token, "不用了，已经好了。");
        await Assertions.Expect(page.Locator("#writing-notes")).ToContainTextAsync("客户先写来了");
        await Assertions.Expect(Text(page)).ToHaveValueAsync("明天再确认一次。");
        await page.GotoAsync("/");
        await Assertions.Expect(page.Locator("#today")).ToContainTextAsync("没有发出的定时回复");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Tickets_are_merged_split_and_put_back(int width)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look("zh-CN", width));
        var page = founder.Page;
        var program = founder.Program;
        var (one, _) = await OpenAsync(program, Subject, "suqing@customer.example");
        var (other, _) = await OpenAsync(program, "另外一件事", "suqing@customer.example");

        await page.GotoAsync($"/inbox/mine/{one}");
        await page.Keyboard.PressAsync("m");
        await page.Keyboard.TypeAsync($"{other}");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync($"合并了工单 #{other}");
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync("另外一件事：");
        await Assertions.Expect(page.Locator(".item[data-number]")).ToHaveCountAsync(1);

        await page.Locator("#conversation [data-undo]").First.ClickAsync();
        await Assertions.Expect(page.Locator("#conversation")).Not.ToContainTextAsync("另外一件事：");
        await Assertions.Expect(page.Locator(".item[data-number]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Two_at_one_ticket_see_each_other_and_an_answer_to_old_news_is_held()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var first = founder.Page;
        var program = founder.Program;
        var (number, token) = await OpenAsync(program, Subject, "suqing@customer.example");
        await using var colleague = await theatre.NewVisitorAsync(founder.Desk, new Look());
        var second = await colleague.NewPageAsync();
        await JoinAsync(first, second);

        await first.GotoAsync($"/inbox/mine/{number}");
        await second.GotoAsync($"/inbox/mine/{number}");
        await Assertions.Expect(first.Locator("[data-presence]")).ToContainTextAsync("许愿");
        await Assertions.Expect(second.Locator("[data-presence]")).ToContainTextAsync("林晚");
        await Text(second).PressSequentiallyAsync("我来回这封。");
        await Assertions.Expect(first.Locator("[data-presence]")).ToContainTextAsync("正在写");

        // The founder writes at the same time; the colleague sends first.
        await Text(first).FillAsync("我也在回。");
        await second.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(first.Locator("#conversation")).ToContainTextAsync("我来回这封。");
        await first.Locator("[data-send]").ClickAsync();
        await Assertions.Expect(first.Locator("#stale")).ToContainTextAsync("我来回这封。");
        await Assertions.Expect(Text(first)).ToHaveValueAsync("我也在回。");
        await first.Locator("#stale button[name=anyway]").ClickAsync();
        await Assertions.Expect(first.Locator("#conversation")).ToContainTextAsync("我也在回。");

        // Who leaves is not shown any more.
        await second.GotoAsync("/");
        await Assertions.Expect(first.Locator("[data-presence]")).ToBeHiddenAsync();
        Assert.NotEmpty(token);
    }

    private static async Task JoinAsync(IPage founder, IPage colleague)
    {
        await founder.GotoAsync("/settings/agents");
        await founder.FillAsync("form[action='/settings/agents/invite'] [name=name]", "许愿");
        await founder.FillAsync("form[action='/settings/agents/invite'] [name=email]", "xuyuan@driftnote.example");
        await founder.Locator("form[action='/settings/agents/invite'] [name=role][value=Agent]").CheckAsync();
        await founder.Locator("form[action='/settings/agents/invite'] button.pri").ClickAsync();
        var link = await founder.Locator("input[data-copy]").InputValueAsync();
        await colleague.GotoAsync(new Uri(link).PathAndQuery);
        await colleague.FillAsync("[name=password]", "two quiet harbours");
        await colleague.Locator("form[action='/welcome'] button.btn.l").Last.ClickAsync();
        await colleague.LeaveAsync("/welcome");
    }

    private static ILocator Text(IPage page) => page.Locator("#composer textarea");

    private static async Task WriteAsync(IPage page, bool keyboard, string words)
    {
        if (keyboard)
        {
            await page.Locator("#composer").WaitForAsync();
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("r");
            await page.Keyboard.TypeAsync(words);
        }
        else
        {
            await Text(page).FillAsync(words);
        }
    }

    private static async Task SendAsync(IPage page, bool keyboard)
    {
        if (keyboard)
        {
            await Text(page).FocusAsync();
            await page.Keyboard.PressAsync("Control+Enter");
        }
        else
        {
            await page.Locator("[data-send]").ClickAsync();
        }
    }

    private static async Task TakeBackAsync(IPage page, bool keyboard)
    {
        if (keyboard)
        {
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("z");
        }
        else
        {
            await page.Locator(".toast [data-undo]").ClickAsync();
        }
    }

    /// <summary>The customer answers on their own page.</summary>
    private static async Task SayAsync(Theatre theatre, DeskServer desk, string track, string words)
    {
        await using var customer = await theatre.NewVisitorAsync(desk, new Look { Scripts = false });
        var page = await customer.NewPageAsync();
        await page.GotoAsync(track);
        await page.Locator("textarea").First.PressSequentiallyAsync(words, new() { Delay = 150 });
        await page.Locator("form:has(textarea) button.pri").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(words);
    }

    private static async Task<(long Number, string Track)> OpenAsync(HttpClient program, string subject, string email)
    {
        var opened = (await program.PostJsonAsync("/api/v1/tickets", JsonSerializer.Serialize(new { subject, body = $"{subject}：能帮我看看吗？", customer = new { email, name = "苏晴" } }), "application/json", Ct)).GetProperty("ticket");
        return (opened.GetProperty("number").GetInt64(), opened.GetProperty("trackingPath").GetString()!);
    }
}
