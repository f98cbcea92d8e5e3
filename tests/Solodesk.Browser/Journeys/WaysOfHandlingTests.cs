using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;
using static Microsoft.Playwright.Assertions;

namespace Solodesk.Browser.Journeys;

/// <summary>What is done to a ticket as a whole, once by keyboard alone and once by touch on a phone: joined, split, put away, given along, judged.</summary>
public sealed class WaysOfHandlingTests(Theatre theatre)
{
    private const string Subject = "导出的笔记打不开";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task By_keyboard_alone_tickets_are_merged_linked_and_split_and_all_of_it_taken_back() => JoinAsync(new Look());

    [Fact]
    public Task On_a_phone_tickets_are_merged_linked_and_split_and_all_of_it_taken_back() => JoinAsync(new Look("en-US", 390) { Touch = true });

    [Fact]
    public Task By_keyboard_alone_a_ticket_is_put_away_given_along_and_judged() => HandleAsync(new Look());

    [Fact]
    public Task On_a_phone_a_ticket_is_put_away_given_along_and_judged() => HandleAsync(new Look("en-US", 390) { Touch = true });

    private async Task JoinAsync(Look look)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, look);
        var (page, hand) = (founder.Page, founder.Hand);
        var number = await founder.OpenAsync(Subject);
        await founder.OpenAsync("导出的笔记还是打不开");
        var other = await founder.OpenAsync("另外一件事");
        var (said, undo) = (page.Locator("#conversation"), page.Locator("#conversation [data-undo]"));
        var merge = page.Locator("#talk .bar details:has([name=other])");
        await page.GotoAsync($"/inbox/mine/{number}");

        // The one that looks like the same is suggested.
        var same = page.Locator("#talk .notice button[value=here]");
        await hand.PressAsync(same);
        await Expect(said).ToContainTextAsync("导出的笔记还是打不开：");
        await Expect(same).ToHaveCountAsync(0);
        await hand.PressAsync(undo.Last);
        await Expect(said).Not.ToContainTextAsync("导出的笔记还是打不开：");
        await Expect(same).ToHaveCountAsync(1);

        // Any other by its number.
        await hand.DoAsync("m", merge.Locator("summary"));
        await hand.TypeAsync(merge.Locator("[name=other]"), $"{other}");
        await hand.PressAsync(merge.Locator("button[value=here]"));
        await Expect(said).ToContainTextAsync("另外一件事：");
        await page.ReloadAsync();
        await Expect(said).ToContainTextAsync("另外一件事：");
        await hand.PressAsync(undo.Last);
        await Expect(said).Not.ToContainTextAsync("另外一件事：");

        // Or only linked.
        var linked = page.Locator("#talk .linked");
        await hand.DoAsync("m", merge.Locator("summary"));
        await hand.TypeAsync(merge.Locator("[name=other]"), $"{other}");
        await hand.PressAsync(merge.Locator("button[value=link]"));
        await Expect(linked).ToContainTextAsync($"#{other}");
        await page.ReloadAsync();
        await Expect(linked).ToContainTextAsync($"#{other}");
        await hand.PressAsync(undo.Last);
        await Expect(linked).ToHaveCountAsync(0);

        // A mail about something else becomes a ticket of its own, and comes back.
        await founder.ReceiveAsync($"Re: {Subject} [#{number}]", "还有，我的发票抬头写错了。");
        var message = page.Locator("#conversation .msg").Filter(new() { HasText = "发票抬头" });
        await Expect(message).ToBeVisibleAsync();
        await hand.PressAsync(message.Locator(".msgmenu summary"));
        await hand.PressAsync(message.Locator(".msgmenu form[action$='/split'] button"));
        await page.LeaveAsync($"/{number}$");
        await Expect(said).ToContainTextAsync("发票抬头");
        await Expect(said).Not.ToContainTextAsync("能帮我看看吗");
        await page.RunAndWaitForResponseAsync(() => hand.PressAsync(undo.Last), answer => answer.Url.EndsWith("/undo", StringComparison.Ordinal));
        await page.GotoAsync($"/inbox/mine/{number}");
        await Expect(said).ToContainTextAsync("发票抬头");
        await Expect(said).ToContainTextAsync("能帮我看看吗");
    }

    private async Task HandleAsync(Look look)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, look);
        var (page, hand) = (founder.Page, founder.Hand);
        var number = await founder.ReceiveAsync(Subject, "提示文件损坏。");
        await founder.OpenAsync("另外一件事");
        await page.GotoAsync($"/inbox/mine/{number}");
        await page.Locator("#composer").WaitForAsync();

        await NameAsync(page, hand);
        await PutAwayAsync(founder, number);
        await GiveAlongAsync(founder, number);
        await JudgeAsync(page, hand, number);
    }

    /// <summary>Priority, kind and label.</summary>
    private static async Task NameAsync(IPage page, Hand hand)
    {
        var priority = page.Locator("#facts details:has([name=priority])");
        var before = await priority.Locator("summary").InnerTextAsync();
        await hand.DoAsync("p", priority.Locator("summary"));
        await hand.PressAsync(priority.Locator("form:has([value=Urgent]) button"));
        await Expect(priority.Locator("summary")).Not.ToHaveTextAsync(before);
        var label = page.Locator("#facts details:has([name=tags])");
        await hand.DoAsync("l", label.Locator("summary"));
        await hand.TypeAsync(label.Locator("[name=tags]"), "导出");
        await hand.PressAsync(label.Locator("button.pri"));
        await Expect(label.Locator("summary")).ToContainTextAsync("导出");
        await page.ReloadAsync();
        await Expect(label.Locator("summary")).ToContainTextAsync("导出");
    }

    /// <summary>Until a time of one's own, until the customer answers, and unread for later.</summary>
    private static async Task PutAwayAsync(Founder founder, long number)
    {
        var (page, hand) = (founder.Page, founder.Hand);
        var menu = page.Locator("#talk .bar details:has([name=snoozelocal])");
        var away = page.Locator("#facts .clock.hold");
        var day = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(40).AddHours(9).AddMinutes(30);
        await hand.DoAsync("h", menu.Locator("summary"));
        await hand.SetMomentAsync(menu.Locator("[name=snoozelocal]"), day);
        await hand.PressAsync(menu.Locator("button[value=chosen]"));
        await Expect(away).ToBeVisibleAsync();
        await page.GotoAsync("/inbox/snoozed");
        await Expect(Item(page, number)).ToBeVisibleAsync();
        await page.GotoAsync($"/inbox/mine/{number}");
        await Expect(page.Locator("#conversation")).ToContainTextAsync(day.ToString("HH:mm", CultureInfo.InvariantCulture));
        await hand.DoAsync("h", menu.Locator("summary"));
        await hand.PressAsync(menu.Locator("form:has([name=snooze]) button").First);
        await Expect(away).ToHaveCountAsync(0);

        // It waits for the customer, and is there again when they write.
        await hand.DoAsync("h", menu.Locator("summary"));
        // The notice of its waking may still stand there and names it as well.
        await page.RunAndWaitForResponseAsync(() => hand.PressAsync(menu.Locator("form:has([value=answer]) button")), answer => answer.Url.EndsWith("/change", StringComparison.Ordinal));
        await Expect(page.Locator(".toast")).ToContainTextAsync($"#{number}");
        await page.GotoAsync("/inbox/waiting");
        await Expect(Item(page, number)).ToBeVisibleAsync();
        await founder.ReceiveAsync($"Re: {Subject} [#{number}]", "还是打不开。");
        await page.GotoAsync("/inbox/mine");
        await Expect(Item(page, number)).ToBeVisibleAsync();

        await hand.PressAsync(Item(page, number).Locator("a"));
        await Expect(page.Locator("#conversation")).ToContainTextAsync("还是打不开");
        await hand.DoAsync("u", More(page).Locator("summary"), More(page).Locator("[data-key=u]"));
        await page.ArriveAsync("/inbox/mine$");
        await Expect(Item(page, number)).ToHaveClassAsync(new Regex("unread"));
        await page.ReloadAsync();
        await Expect(Item(page, number)).ToHaveClassAsync(new Regex("unread"));
        await hand.PressAsync(Item(page, number).Locator("a"));
        await Expect(page.Locator("#conversation")).ToContainTextAsync("还是打不开");
    }

    /// <summary>Followed, linked to, printed, and taken along as a file and as a mail.</summary>
    private static async Task GiveAlongAsync(Founder founder, long number)
    {
        var (page, hand, more) = (founder.Page, founder.Hand, More(founder.Page));
        await OpenAsync();
        await hand.PressAsync(more.Locator("form[action$='/follow'] button").First);
        await Expect(page.Locator("#talk .linked")).ToContainTextAsync("林晚");
        await page.ReloadAsync();
        await Expect(page.Locator("#talk .linked")).ToContainTextAsync("林晚");

        await OpenAsync();
        await hand.PressAsync(more.Locator("[data-copy-link]"));
        await page.WaitForFunctionAsync($"async () => (await navigator.clipboard.readText()).endsWith('/t/{number}')");

        await OpenAsync();
        var printed = await founder.Browser.RunAndWaitForPageAsync(() => hand.PressAsync(more.Locator("a[href$='/print']")));
        await Expect(printed.Locator("main, body").First).ToContainTextAsync("提示文件损坏");
        await printed.CloseAsync();

        await page.ReloadAsync();
        await OpenAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => hand.PressAsync(more.Locator("a[href$='/transcript.txt']")));
        await using (var stream = await file.CreateReadStreamAsync())
        {
            using var reader = new StreamReader(stream);
            Assert.Contains("提示文件损坏", await reader.ReadToEndAsync(Ct), StringComparison.Ordinal);
        }

        await page.ReloadAsync();
        await OpenAsync();
        await hand.TypeAsync(more.Locator(".tmail [name=to]"), "lawyer@partner.example");
        await hand.PressAsync(more.Locator(".tmail button"));
        await founder.Post.InMailboxOfAsync("lawyer@partner.example", mail => mail.Text.Contains("提示文件损坏", StringComparison.Ordinal), Ct);

        Task OpenAsync() => hand.PressAsync(more.Locator("summary"));
    }

    /// <summary>Spam, its sender kept out, and taken back with both.</summary>
    private static async Task JudgeAsync(IPage page, Hand hand, long number)
    {
        await page.ReloadAsync();
        await hand.PressAsync(More(page).Locator("summary"));
        await hand.PressAsync(More(page).Locator("button[value=block]"));
        await Expect(page.Locator(".toast")).ToContainTextAsync($"#{number}");
        await page.GotoAsync($"/inbox/all/{number}");
        var judged = page.Locator("#talk .notice:has(button[value=ham])");
        await Expect(judged).ToContainTextAsync("苏晴");
        await hand.DoAsync("z", judged.Locator("button"));
        await Expect(judged).ToHaveCountAsync(0);
        await page.GotoAsync("/inbox/mine");
        await Expect(Item(page, number)).ToBeVisibleAsync();
    }

    private static ILocator Item(IPage page, long number) => page.Locator($"#list [data-number='{number}']");

    private static ILocator More(IPage page) => page.Locator("#talk .bar details:has([data-copy-link])");
}
