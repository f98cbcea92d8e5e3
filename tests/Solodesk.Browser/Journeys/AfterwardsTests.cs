using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Journeys;

/// <summary>What a ticket leads to beside its answers: follow-ups, needs, the closing of a complaint; and the way on to the next one.</summary>
public sealed class AfterwardsTests(Theatre theatre)
{
    // Milliseconds that an answer is held back: longer than the next ticket takes.
    private const int Late = 2500;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", 1440, true)]
    [InlineData("en-US", 390, false)]
    public async Task A_follow_up_planned_from_a_ticket_comes_up_in_Today_and_is_done(string language, int width, bool keyboardOnly)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look(language, width));
        var (page, hand, program) = (founder.Page, Hand.Of(founder.Page, keyboardOnly), founder.Program);
        var number = await OpenAsync(program, "导出的笔记打不开", "question");

        await page.GotoAsync($"/inbox/mine/{number}");
        var plan = page.Locator("#followups [data-fold]");
        if (width < 600)
        {
            await hand.PressAsync(page.Locator("#talk [data-aside=panel]"));
        }

        await hand.PressAsync(plan.Locator("summary"));
        await hand.ChooseAsync(plan.Locator("[name=when]"), 0);
        await hand.TypeAsync(plan.Locator("[name=note]"), "看看新文件能不能打开");
        await hand.PressAsync(plan.Locator("button.pri"));
        await Assertions.Expect(page.Locator("#followups .fu")).ToContainTextAsync("看看新文件能不能打开");

        // The hour passes. Today calls it up, and there it is done, with what came of it.
        await PassAsync(program);
        await page.GotoAsync("/");
        var line = page.Locator("#followups .fu");
        await Assertions.Expect(line).ToContainTextAsync("看看新文件能不能打开");
        Assert.True(await Inspection.OverhangAsync(page) <= 0, "Today hangs over the edge.");
        await hand.PressAsync(line.Locator("summary").First);
        await hand.TypeAsync(line.Locator("[name=result]"), "可以打开了");
        await hand.PressAsync(line.Locator("button[value=done]"));
        await Assertions.Expect(line).ToHaveCountAsync(0);

        await page.GotoAsync("/followups?state=Done");
        await Assertions.Expect(page.Locator("#followups .fu")).ToContainTextAsync("可以打开了");
        await page.GotoAsync($"/inbox/all/{number}");
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync("可以打开了");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_complaint_is_solved_only_with_its_closing_summary(bool keyboardOnly)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var (page, hand, program) = (founder.Page, Hand.Of(founder.Page, keyboardOnly), founder.Program);
        var number = await OpenAsync(program, "被重复扣款了", "complaint");
        await page.GotoAsync($"/inbox/all/{number}");

        // The key that solves opens the form, with the cursor where the words go.
        await Assertions.Expect(page.Locator("#complaint")).ToBeVisibleAsync();
        var solve = page.Locator("#talk .bar details:has(summary[data-key=e])");
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(solve.Locator("[name=resolution]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("退回了多扣的一笔");
        await hand.PressAsync(solve.Locator("button.pri"));
        await Assertions.Expect(solve.Locator("[name=summary]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(solve.Locator("[name=resolution]")).ToHaveValueAsync("退回了多扣的一笔");
        Assert.Equal("new", await StatusAsync(program, number));

        await hand.TypeAsync(solve.Locator("[name=summary]"), "支付回调重试没有去重，已修好");
        await hand.PressAsync(solve.Locator("button.pri"));
        await Assertions.Expect(page.Locator("#talk .bar [data-key=e]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#complaint")).ToContainTextAsync("支付回调重试没有去重，已修好");
        Assert.Equal("solved", await StatusAsync(program, number));
    }

    [Fact]
    public async Task An_analysis_of_needs_is_written_and_kept()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var (page, hand, program) = (founder.Page, Hand.Of(founder.Page, keyboardOnly: true), founder.Program);
        var number = await OpenAsync(program, "想要批量导出", "question");
        await page.GotoAsync($"/inbox/all/{number}");

        var needs = page.Locator("#needs");
        await hand.PressAsync(needs.Locator("summary"));
        await hand.TypeAsync(needs.Locator("[name=need]"), "一次导出整个笔记本");
        await hand.ChooseAsync(needs.Locator("[name=urgency]"), 0);
        await hand.TypeAsync(needs.Locator("[name=cost]"), "1200");
        await hand.PressAsync(needs.Locator("button.pri"));
        await Assertions.Expect(needs.Locator("p.words").First).ToHaveTextAsync("一次导出整个笔记本");
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync("一次导出整个笔记本");

        await page.ReloadAsync();
        await Assertions.Expect(needs).ToContainTextAsync("现在就要");
        await Assertions.Expect(needs).ToContainTextAsync("¥1,200");
        await hand.PressAsync(needs.Locator("summary"));
        await Assertions.Expect(needs.Locator("[name=need]")).ToHaveValueAsync("一次导出整个笔记本");
    }

    [Fact]
    public async Task After_an_answer_the_next_ticket_is_there_for_the_keyboard()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look(), goesOn: true);
        var (page, hand, program) = (founder.Page, Hand.Of(founder.Page, keyboardOnly: true), founder.Program);
        foreach (var subject in new[] { "第一件事", "第二件事", "第三件事" })
        {
            await OpenAsync(program, subject, "question");
        }

        await page.GotoAsync("/inbox/all");
        await hand.OpenNewestTicketAsync();
        var talk = page.Locator("#talk[data-number]");
        var seen = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            await talk.WaitForAsync();
            var number = (await talk.GetAttributeAsync("data-number"))!;
            Assert.DoesNotContain(number, seen);
            seen.Add(number);
            await page.Keyboard.PressAsync("r");
            await page.Keyboard.TypeAsync($"这就去办 {number}");
            await hand.SendAsync();
            await Assertions.Expect(page.Locator($"#talk[data-number]:not([data-number='{number}'])")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".toast")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("#composer textarea")).ToHaveValueAsync("");
        }

        // The toast's key goes back to the one before, with the words in its composer.
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(page.Locator($"#talk[data-number='{seen[1]}'] #composer textarea")).ToHaveValueAsync($"这就去办 {seen[1]}");
    }

    [Fact]
    public async Task What_was_solved_and_put_away_comes_back_by_a_key_from_where_the_list_has_gone_on()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look(), goesOn: true);
        var (page, program) = (founder.Page, founder.Program);
        var first = await OpenAsync(program, "第一件事", "question");
        var second = await OpenAsync(program, "第二件事", "question");
        await page.GotoAsync($"/inbox/mine/{first}");
        await page.Locator("#composer").WaitForAsync();

        // Solved: the next one is there, and Z brings the first one back as it was.
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page.Locator($"#talk[data-number='{second}']")).ToBeVisibleAsync();
        Assert.Equal("solved", await StatusAsync(program, first));
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync($"#{first} 已解决");
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(page.Locator($"#talk[data-number='{first}']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".toast")).ToHaveCountAsync(0);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/inbox/mine/{first}$"));
        Assert.Equal("new", await StatusAsync(program, first));
        await Assertions.Expect(page.Locator($".item[data-number='{first}']")).ToBeVisibleAsync();

        // Put away: the same, and in the history it can be taken back later.
        await page.Keyboard.PressAsync("h");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator($"#talk[data-number='{second}']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator($".item[data-number='{first}']")).ToHaveCountAsync(0);
        await page.GotoAsync($"/inbox/all/{first}");
        // By the keyboard: a page that has just come may scroll to its newest line under the pointer.
        await page.RunAndWaitForResponseAsync(() => founder.Hand.PressAsync(page.Locator("#conversation [data-undo]").Last), answer => answer.Request.Method == "POST");
        await page.GotoAsync("/inbox/mine");
        await Assertions.Expect(page.Locator($".item[data-number='{first}']")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("e")]
    [InlineData("h Enter")]
    public async Task What_is_on_its_way_to_a_ticket_never_arrives_in_the_next_one(string keys)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look(), goesOn: true);
        var (page, program) = (founder.Page, founder.Program);
        var first = await OpenAsync(program, "第一件事", "question");
        var second = await OpenAsync(program, "第二件事", "question");
        await page.GotoAsync($"/inbox/mine/{first}");
        await page.Locator("#composer").WaitForAsync();

        // As on a slow line: the parts that follow changes get what they asked for when the next ticket is long there.
        var ct = Ct; // The browser calls back from the test that opened it first.
        await page.RouteAsync("**/inbox/**", async route =>
        {
            if (route.Request.Headers.ContainsKey("x-live"))
            {
                await Task.Delay(Late, ct);
            }

            await route.ContinueAsync();
        });
        await page.Locator("#composer textarea").FillAsync("只说了一半");
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("() => document.querySelector('#conversation').dispatchEvent(new CustomEvent('changed'))");
        foreach (var key in keys.Split(' '))
        {
            await page.Keyboard.PressAsync(key);
        }

        await Assertions.Expect(page.Locator($"#talk[data-number='{second}']")).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(2 * Late);
        await Assertions.Expect(page.Locator("#conversation")).ToHaveAttributeAsync("data-live", $"{second}");
        await Assertions.Expect(page.Locator("#conversation")).ToContainTextAsync("第二件事：");
        await Assertions.Expect(page.Locator("#conversation")).Not.ToContainTextAsync("第一件事：");
        await Assertions.Expect(page.Locator("#composer textarea")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_is_typed_in_a_form_beside_a_ticket_outlives_that_the_page_follows_changes()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var (page, hand, program) = (founder.Page, Hand.Of(founder.Page, keyboardOnly: false), founder.Program);
        var number = await OpenAsync(program, "被重复扣款了", "complaint");
        await page.GotoAsync($"/inbox/all/{number}");

        // Three forms are begun beside the ticket; then it is answered, and the whole panel is drawn again.
        foreach (var (form, field) in new[] { ("#followups [data-fold]", "note"), ("#needs details", "need"), ("#complaint details", "resolution") })
        {
            await page.Locator($"{form} summary").ClickAsync();
            await hand.TypeAsync(page.Locator($"{form} [name={field}]"), $"还没写完 {field}");
        }

        await page.Locator("#followups [name=when]").SelectOptionAsync(new SelectOptionValue { Index = 3 });
        await page.FillAsync("#composer textarea", "我们正在查。");
        await hand.SendAsync();
        await Assertions.Expect(page.Locator("#conversation .bub.me").Last).ToContainTextAsync("我们正在查。");
        foreach (var field in new[] { "note", "need", "resolution" })
        {
            var typed = page.Locator($"#panel details[open] [name={field}]");
            await Assertions.Expect(typed).ToHaveValueAsync($"还没写完 {field}");
            await Assertions.Expect(typed).ToBeVisibleAsync();
        }

        Assert.Equal(3, await page.Locator("#followups [name=when]").EvaluateAsync<int>("e => e.selectedIndex"));

        // One is sent: it is done with, the others stay.
        await page.Locator("#followups [data-fold] button.pri").ClickAsync();
        await Assertions.Expect(page.Locator("#followups .fu")).ToContainTextAsync("还没写完 note");
        await Assertions.Expect(page.Locator("#followups [data-fold] [name=note]")).ToHaveValueAsync("");
        await Assertions.Expect(page.Locator("#needs details[open] [name=need]")).ToHaveValueAsync("还没写完 need");
    }

    [Fact]
    public async Task What_is_typed_in_a_form_outlives_that_two_swaps_overlap()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var (page, hand, program) = (founder.Page, Hand.Of(founder.Page, keyboardOnly: false), founder.Program);
        var number = await OpenAsync(program, "被重复扣款了", "complaint");
        await page.GotoAsync($"/inbox/all/{number}");
        await page.Locator("#followups [data-fold] summary").ClickAsync();
        await hand.TypeAsync(page.Locator("#followups [name=note]"), "还没写完");

        // As in a busy browser, the answer's swap is long in settling: what follows the change begins its own meanwhile.
        await page.EvaluateAsync("() => { htmx.config.defaultSettleDelay = 800; }");
        await page.FillAsync("#composer textarea", "我们正在查。");
        await hand.SendAsync();
        await Assertions.Expect(page.Locator("#conversation .bub.me").Last).ToContainTextAsync("我们正在查。");
        await page.EvaluateAsync("() => document.querySelectorAll('[data-live]').forEach(part => part.dispatchEvent(new CustomEvent('changed')))");
        await page.WaitForTimeoutAsync(2500);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Assertions.Expect(page.Locator("#panel details[open] [name=note]")).ToHaveValueAsync("还没写完");
    }

    [Fact]
    public async Task What_is_typed_at_a_follow_up_in_Today_outlives_that_other_things_happen()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var (page, hand, program) = (founder.Page, Hand.Of(founder.Page, keyboardOnly: false), founder.Program);
        var number = await OpenAsync(program, "导出的笔记打不开", "question");
        await page.GotoAsync($"/inbox/all/{number}");
        var plan = page.Locator("#followups [data-fold]");
        await plan.Locator("summary").ClickAsync();
        await hand.ChooseAsync(plan.Locator("[name=when]"), 0);
        await plan.Locator("button.pri").ClickAsync();
        await Assertions.Expect(page.Locator("#followups .fu")).ToBeVisibleAsync();

        await PassAsync(program);
        await page.GotoAsync("/");
        await page.WaitForFunctionAsync("() => !document.documentElement.hasAttribute('data-offline')");
        var line = page.Locator("#followups .fu");
        await line.Locator("summary").First.ClickAsync();
        await line.Locator("[name=result]").FillAsync("说到一半");

        // While somebody writes, the page waits; when they look elsewhere, it shows what came, and the words are still there.
        await OpenAsync(program, "新来的事", "question");
        await page.WaitForTimeoutAsync(1500);
        await Assertions.Expect(line.Locator("[name=result]")).ToBeFocusedAsync();
        await Assertions.Expect(line.Locator("[name=result]")).ToHaveValueAsync("说到一半");
        await page.Locator("#side, nav").First.EvaluateAsync("() => document.activeElement.blur()");
        await Assertions.Expect(page.Locator("#today")).ToContainTextAsync("新来的事");
        await Assertions.Expect(line.Locator("details[open] [name=result]")).ToHaveValueAsync("说到一半");
    }

    /// <summary>The time of the one follow-up comes.</summary>
    private static async Task PassAsync(HttpClient program)
    {
        var planned = (await program.GetJsonAsync("/api/v1/followups?state=planned", Ct)).GetProperty("items").EnumerateArray().Single();
        using var moved = await program.PatchAsync(new Uri($"/api/v1/followups/{planned.GetProperty("id").GetString()}", UriKind.Relative), JsonContent.Create(new { dueAt = TimeProvider.System.GetUtcNow().AddSeconds(2) }), Ct);
        moved.EnsureSuccessStatusCode();
    }

    private static async Task<string> StatusAsync(HttpClient program, long number)
        => (await program.GetJsonAsync($"/api/v1/tickets/{number}", Ct)).GetProperty("status").GetString()!;

    private static async Task<long> OpenAsync(HttpClient program, string subject, string type)
        => (await program.PostJsonAsync("/api/v1/tickets", JsonSerializer.Serialize(new { subject, type, body = $"{subject}：能帮我看看吗？", customer = new { email = "suqing@customer.example", name = "苏晴" } }), "application/json", Ct))
            .GetProperty("ticket").GetProperty("number").GetInt64();
}
