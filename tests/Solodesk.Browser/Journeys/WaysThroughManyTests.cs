using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;
using static Microsoft.Playwright.Assertions;

namespace Solodesk.Browser.Journeys;

/// <summary>Many tickets at once: answered each with their own words, changed as a selection and as a whole view, all of it taken back; by keyboard alone and on a phone.</summary>
public sealed class WaysThroughManyTests(Theatre theatre)
{
    private const string Nameless = "info@shop.example";
    private const string NotMeant = "chenmo@customer.example";

    // All that fit on one page of a list, and more.
    private const int Many = 60;

    // So many that a hand is there before the last of them is answered.
    private const int Endless = 600;

    // What waits in a view is counted no further.
    private const int CountedTo = 100;

    private static readonly (string Name, string Address)[] Asking =
        [("苏晴", "suqing@customer.example"), ("周远", "zhouyuan@customer.example"), (Nameless, Nameless), ("陈默", NotMeant)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task By_keyboard_alone_several_are_answered_each_with_a_mail_of_their_own() => AnswerAsync(new Look());

    [Fact]
    public Task On_a_phone_several_are_answered_each_with_a_mail_of_their_own() => AnswerAsync(new Look("en-US", 390) { Touch = true });

    [Fact]
    public Task By_keyboard_alone_a_selection_and_a_whole_view_are_changed_and_put_back() => ChangeAsync(new Look());

    [Fact]
    public Task On_a_phone_a_selection_and_a_whole_view_are_changed_and_put_back() => ChangeAsync(new Look("en-US", 390) { Touch = true });

    [Fact]
    public Task By_keyboard_alone_answering_many_is_stopped_half_way() => StopAsync(new Look());

    [Fact]
    public Task On_a_phone_answering_many_is_stopped_half_way() => StopAsync(new Look("en-US", 390) { Touch = true });

    [Fact]
    public async Task A_list_that_was_read_before_an_undo_ended_comes_right_by_itself()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        var (page, hand) = (founder.Page, founder.Hand);
        foreach (var (name, address) in Asking)
        {
            await founder.OpenAsync($"{name}的发票", address, name);
        }

        await page.GotoAsync("/inbox/mine");
        await PickAsync(founder, 2);
        await hand.PressAsync(page.Locator("#bulk button[name=status]"));
        await Expect(Rows(page)).ToHaveCountAsync(2);

        // As on a busy machine: the rows of the answer are as they were in the middle of the undo, its strip as it is at the end.
        await page.RouteAsync("**/bulk/*/undo", async route =>
        {
            var undone = await route.FetchAsync(new() { MaxRedirects = 0 });
            var address = new Uri(new Uri(founder.Desk.Address), undone.Headers["location"]).ToString();
            string read;
            do
            {
                read = await (await page.APIRequest.GetAsync(address)).TextAsync();
            }
            while (!Regex.IsMatch(read, "data-run=\"[^\"]* rest\""));

            var stale = Regex.Replace(read, "<li id=\"t-\\d+\"[\\s\\S]*?</li>", "");
            Assert.NotEqual(read.Length, stale.Length);
            // Only the page itself: what the page before it still asks for is answered as it is.
            await page.RouteAsync(address, again => again.Request.IsNavigationRequest ? again.FulfillAsync(new() { Body = stale, ContentType = "text/html; charset=utf-8" }) : again.ContinueAsync());
            await route.FulfillAsync(new() { Body = $"<meta http-equiv=\"refresh\" content=\"0;url={address}\">", ContentType = "text/html" });
        });
        await hand.DoAsync("z");
        await page.LeaveAsync("/undo$");
        await Expect(Rows(page)).ToHaveCountAsync(4);
    }

    private async Task AnswerAsync(Look look)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, look);
        var (page, hand) = (founder.Page, founder.Hand);
        foreach (var (name, address) in Asking)
        {
            await founder.OpenAsync("发票在哪里下载", address, name);
        }

        await founder.WaitBeforeSendingAsync(30);
        await page.GotoAsync("/inbox/mine");
        await PickAsync(founder, 3);
        await founder.LookAsync("many-1-picked");
        await hand.PressAsync(page.Locator("#bulk button[formaction='/bulk/answer']"));
        await page.ArriveAsync("/bulk/answer$");
        await WriteAsync(founder);

        // Taken back while it waits: nobody got anything, and the words are still there for the same tickets.
        var sent = founder.Post.AcceptedCount;
        await hand.PressAsync(page.Locator("#bulk-answer button[value=send]"));
        var (strip, undo) = (page.Locator("#bulk-strip"), page.Locator("#bulk-strip form[action$='/undo'] button"));
        await Expect(undo).ToBeVisibleAsync();
        await Expect(strip.Locator("progress")).ToHaveAttributeAsync("max", "3");
        await founder.LookAsync("many-4-waits");
        await hand.DoAsync("z", undo);
        await Expect(strip).ToHaveAttributeAsync("data-run", new Regex("Stopped rest$"));
        await Expect(Rows(page)).ToHaveCountAsync(4);
        await founder.LookAsync("many-5-taken-back");
        await hand.PressAsync(strip.Locator("a[href^='/bulk/answer']"));
        await Expect(Text(page)).ToHaveValueAsync(new Regex(@"^你好 \{\{.+\|.+\}\}，发票在账单页。$"));
        Assert.Equal(sent, founder.Post.AcceptedCount);

        await founder.WaitBeforeSendingAsync(1);
        await hand.PressAsync(page.Locator("#bulk-answer button[value=send]"));
        await Expect(strip).ToHaveAttributeAsync("data-run", new Regex("Done rest$"));
        await Expect(strip).ToContainTextAsync("3");
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await founder.LookAsync("many-6-answered");
        await ArrivedAsync(founder);
        await ArrangeAsync(founder);
    }

    /// <summary>A text with a variable that one of the three has no value for: it is shown, and nothing leaves until it says something else.</summary>
    private static async Task WriteAsync(Founder founder)
    {
        var (page, hand) = (founder.Page, founder.Hand);
        await hand.TypeAsync(Text(page), "你好 ");
        await hand.PressAsync(page.Locator("#bulk-answer [data-insert]").First);
        await Expect(Text(page)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("，发票在账单页。");
        var written = await Text(page).InputValueAsync();
        var variable = Regex.Match(written, @"\{\{(.+)\}\}").Groups[1].Value;
        await hand.PressAsync(page.Locator("#bulk-answer button[value=send]"));
        await Expect(Text(page)).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Text(page)).ToHaveValueAsync(written);
        await Expect(page.Locator("#bulk-answer .help.bad")).ToContainTextAsync($"{{{{{variable}}}}}");
        var open = page.Locator("#bulk-answer .card:has(.chip.bad)");
        await Expect(open).ToHaveCountAsync(1);
        await Expect(open).ToContainTextAsync(Nameless);
        await founder.LookAsync("many-2-unresolved");

        await hand.TypeAsync(Text(page), $"你好 {{{{{variable} | 朋友}}}}，发票在账单页。");
        await hand.PressAsync(page.Locator("#bulk-answer button[value=preview]"));
        foreach (var name in new[] { "苏晴", "周远", "朋友" })
        {
            await Expect(page.Locator("#bulk-answer .card").Filter(new() { HasText = $"你好 {name}，发票在账单页。" })).ToBeVisibleAsync();
        }

        await Expect(open).ToHaveCountAsync(0);
        await founder.LookAsync("many-3-preview");
    }

    /// <summary>Each of them has one mail, to nobody else, with their own name; who was not ticked has none.</summary>
    private static async Task ArrivedAsync(Founder founder)
    {
        foreach (var (name, address) in Asking.Take(3))
        {
            var called = name == Nameless ? "朋友" : name;
            var mail = await founder.Post.InMailboxOfAsync(address, m => m.Text.Contains("发票在账单页", StringComparison.Ordinal), Ct);
            Assert.Contains($"你好 {called}，发票在账单页。", mail.Text, StringComparison.Ordinal);
            Assert.Equal(address, Assert.Single(mail.To).Address);
            Assert.Empty(mail.Cc);
        }

        Assert.DoesNotContain(founder.Post.Accepted(), m => m.To.Contains(NotMeant));
        Assert.All(founder.Post.Accepted(), m => Assert.Single(m.To));
    }

    /// <summary>A view is changed from its list: with columns, in another order, and so it stays.</summary>
    private static async Task ArrangeAsync(Founder founder)
    {
        var (page, hand) = (founder.Page, founder.Hand);
        await page.GotoAsync("/inbox/all");
        await Expect(Rows(page)).ToHaveCountAsync(4);
        var newest = await Rows(page).First.GetAttributeAsync("data-number");
        await hand.PressAsync(page.Locator("#list .bar a[href='/views/all']"));
        await page.ArriveAsync("/views/all$");
        await hand.ChooseAsync(page.Locator("#view-form [name=direction]"), 1);
        foreach (var column in new[] { "subject", "status" })
        {
            await hand.PressAsync(page.Locator($"#view-form [name=column][value={column}]"));
        }

        await founder.LookAsync("many-7-view");
        await hand.PressAsync(page.Locator("button[form=view-form][value=save]"));
        await page.ArriveAsync("/inbox/all$");
        var last = page.Locator("#list tbody tr[data-number]").Last;
        await Expect(last).ToHaveAttributeAsync("data-number", newest!);
        await Expect(page.Locator("#list thead th")).ToHaveCountAsync(3);
        await page.ReloadAsync();
        await Expect(last).ToHaveAttributeAsync("data-number", newest!);
        await founder.LookAsync("many-8-table");
    }

    private async Task ChangeAsync(Look look)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, look);
        var (page, hand) = (founder.Page, founder.Hand);
        var numbers = new List<long>();
        for (var i = 0; i < Many; i++)
        {
            numbers.Add(await founder.OpenAsync($"第{i}张发票"));
        }

        // A selection: two get a label.
        var (strip, undo) = (page.Locator("#bulk-strip"), page.Locator("#bulk-strip form[action$='/undo'] button"));
        var labelled = Rows(page).Filter(new() { Has = page.Locator(".chip", new() { HasText = "发票" }) });
        await page.GotoAsync("/inbox/mine");
        await PickAsync(founder, 2);
        await LabelAsync(founder, "发票");
        await Expect(strip).ToHaveAttributeAsync("data-run", new Regex("Done rest$"));
        await Expect(strip).ToContainTextAsync("2");
        await Expect(labelled).ToHaveCountAsync(2);
        await founder.LookAsync("whole-1-two");
        var (one, other) = (await founder.StateAsync(numbers[0]), await founder.StateAsync(numbers[^1]));

        // Everything in the view, also what is not on the page: two were so already. Put back, those two keep their label.
        await PickAsync(founder, 1);
        await hand.PressAsync(page.Locator("#bulk [data-whole]"));
        await founder.LookAsync("whole-2-picked");
        await LabelAsync(founder, "发票");
        await Expect(strip).ToHaveAttributeAsync("data-run", new Regex("Done rest$"));
        await Expect(strip).ToContainTextAsync($"{Many - 2}");
        await Expect(strip).ToContainTextAsync(new Regex(@"\b2 |。2 张"));
        await Expect(labelled).ToHaveCountAsync(await Rows(page).CountAsync());
        await founder.LookAsync("whole-3-changed");
        await hand.DoAsync("z", undo);
        await Expect(strip).ToHaveAttributeAsync("data-run", new Regex("Undone rest$"));
        await Expect(strip).ToContainTextAsync($"{Many - 2}");
        await Expect(labelled).ToHaveCountAsync(2);
        await founder.LookAsync("whole-4-undone");
        Assert.Equal(one, await founder.StateAsync(numbers[0]));
        Assert.Equal(other, await founder.StateAsync(numbers[^1]));

        await LeaveOneAloneAsync(founder, numbers[^1]);
    }

    /// <summary>What cannot be changed is left alone, counted, and named with its reason; from there it is taken back.</summary>
    private static async Task LeaveOneAloneAsync(Founder founder, long solved)
    {
        var (page, hand) = (founder.Page, founder.Hand);
        var (strip, undo) = (page.Locator("#bulk-strip"), page.Locator("#bulk-strip form[action$='/undo'] button"));
        await founder.ChangeAsync(solved, new { status = "solved" });
        await page.GotoAsync("/inbox/all");
        await PickAsync(founder, 1);
        await hand.PressAsync(page.Locator("#bulk [data-whole]"));
        await hand.PressAsync(page.Locator("#bulk button[formaction='/bulk/change']"));
        await page.ArriveAsync("/bulk/change$");
        await hand.ChooseAsync(page.Locator("#bulk-change [name=snooze]"), 2);
        await founder.LookAsync("whole-5-snooze");
        await hand.PressAsync(page.Locator("#bulk-change button.pri"));
        await page.ArriveAsync("/inbox/all");
        await Expect(strip).ToHaveAttributeAsync("data-run", new Regex("Done rest$"));
        await Expect(strip).ToContainTextAsync($"{Many - 1}");
        await founder.LookAsync("whole-6-refused");
        await hand.PressAsync(strip.Locator("a[href^='/bulk/']"));
        await page.ArriveAsync("/bulk/[0-9a-f-]+$");
        await Expect(page.Locator(".tbl tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator(".tbl tbody tr")).ToContainTextAsync($"#{solved}");
        await founder.LookAsync("whole-7-why");
        await hand.DoAsync("z", undo);
        await Expect(strip).ToHaveAttributeAsync("data-run", new Regex("Undone rest$"));
        await Expect(strip).ToContainTextAsync($"{Many - 1}");
        await page.GotoAsync("/inbox/snoozed");
        await Expect(page.Locator("#list .empty")).ToBeVisibleAsync();
    }

    /// <summary>Stopped while it goes on: who was answered is counted and has their mail, nobody else has one, and the way to the rest is open.</summary>
    private async Task StopAsync(Look look)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, look);
        var (page, hand) = (founder.Page, founder.Hand);
        await Parallel.ForEachAsync(Enumerable.Range(1, Endless), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => await founder.OpenAsync($"第{i}张发票", $"c{i}@many.example", $"客户{i}"));
        await founder.WaitBeforeSendingAsync(0);
        await page.GotoAsync("/inbox/mine");
        await PickAsync(founder, 1);
        await hand.PressAsync(page.Locator("#bulk [data-whole]"));
        await hand.PressAsync(page.Locator("#bulk button[formaction='/bulk/answer']"));
        await page.ArriveAsync("/bulk/answer$");
        await hand.TypeAsync(Text(page), "发票在账单页。");
        await founder.LookAsync("stop-1-whole");
        await hand.PressAsync(page.Locator("#bulk-answer button[value=send]"));

        // The strip is drawn again all the time; what has the focus in it keeps it.
        var (strip, stop) = (page.Locator("#bulk-strip"), page.Locator("#bulk-stop"));
        await Expect(strip).ToHaveAttributeAsync("data-run", new Regex("Running moves$"));
        await Expect(strip.Locator("progress")).ToHaveAttributeAsync("max", $"{Endless}");
        await stop.FocusAsync();
        var far = await strip.Locator("progress").GetAttributeAsync("value");
        await Expect(strip.Locator("progress")).Not.ToHaveAttributeAsync("value", far!);
        await Expect(stop).ToBeFocusedAsync();
        await founder.LookAsync("stop-2-running");
        await hand.DoAsync("z", stop);
        await Expect(strip).ToHaveAttributeAsync("data-run", new Regex("Stopped rest$"));
        await founder.LookAsync("stop-3-stopped");

        var answered = int.Parse(Regex.Match(await strip.InnerTextAsync(), @"\d+").Value, CultureInfo.InvariantCulture);
        Assert.InRange(answered, 1, Endless - 1);
        await founder.Post.AcceptedAsync(answered, Ct);
        Assert.Equal(answered, founder.Post.Accepted().SelectMany(m => m.To).Distinct().Count());
        Assert.Equal(answered, founder.Post.AcceptedCount);
        var views = (await founder.Program.GetJsonAsync("/api/v1/views", Ct)).GetProperty("items").EnumerateArray();
        Assert.Equal(Math.Min(answered, CountedTo), views.Single(v => v.GetProperty("key").GetString() == "waiting").GetProperty("count").GetInt32());
    }

    private static async Task LabelAsync(Founder founder, string label)
    {
        var (page, hand) = (founder.Page, founder.Hand);
        await hand.PressAsync(page.Locator("#bulk button[formaction='/bulk/change']"));
        await page.ArriveAsync("/bulk/change$");
        await hand.TypeAsync(page.Locator("#bulk-change [name=addTags]"), label);
        await hand.PressAsync(page.Locator("#bulk-change button.pri"));
        await page.ArriveAsync("/inbox/mine");
    }

    /// <summary>Ticks the first of a list, one after the other.</summary>
    private static async Task PickAsync(Founder founder, int count)
    {
        var page = founder.Page;
        var picks = page.Locator("[data-pick]");
        await picks.Nth(count - 1).WaitForAsync();
        for (var i = 0; i < count; i++)
        {
            await founder.Hand.DoAsync(i == 0 ? "x" : "Shift+J", picks.Nth(i));
            await Expect(page.Locator("[data-pick]:checked")).ToHaveCountAsync(i + 1);
        }

        await Expect(page.Locator("[data-picked]")).ToContainTextAsync($"{count}");
    }

    private static ILocator Rows(IPage page) => page.Locator("#list [data-number]");

    private static ILocator Text(IPage page) => page.Locator("#bulk-answer [name=markdown]");
}
