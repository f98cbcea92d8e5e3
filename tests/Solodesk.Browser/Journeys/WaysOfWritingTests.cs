using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Solodesk.Browser.Stage;
using static Microsoft.Playwright.Assertions;

namespace Solodesk.Browser.Journeys;

/// <summary>Everything that can be written to a ticket and everything that helps to write it, once by keyboard alone and once by touch on a phone.</summary>
public sealed class WaysOfWritingTests(Theatre theatre)
{
    private const string Customer = "suqing@customer.example";
    private const string Colleague = "zhouyuan@customer.example";
    private const string Printer = "print@partner.example";

    // A square of 8 by 8 that the browser paints itself; it lies on the clipboard or is dragged from somewhere.
    private const string Picture = "new Promise(done => { const c = document.createElement('canvas'); c.width = c.height = 8; c.getContext('2d').fillRect(1, 1, 6, 6); c.toBlob(done, 'image/png'); })";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task By_keyboard_alone_a_customer_is_written_to_in_every_way() => WriteAsync(new Look());

    [Fact]
    public Task On_a_phone_a_customer_is_written_to_in_every_way() => WriteAsync(new Look("en-US", 390) { Touch = true });

    private async Task WriteAsync(Look look)
    {
        await using var founder = await Founder.AtWorkAsync(theatre, look);
        var (page, hand, post) = (founder.Page, founder.Hand, founder.Post);
        await Shelf.PutUpAsync(page, "怎么开发票？,在账单页开，次日寄出。");
        await PrepareAsync(page, hand);
        var number = await founder.ReceiveAsync("发票抬头写错了", "可以重新开一张吗？", Colleague);
        await page.GotoAsync($"/inbox/mine/{number}");

        await AnswerAsync(page, hand, number);
        await ShowAsync(founder);
        await hand.SendAsync();
        var said = page.Locator("#conversation .bub.me");
        await Expect(said.Last).ToContainTextAsync("你好 苏晴，发票已经重开。");

        // To everybody in the mail, to somebody else, and to nobody but ourselves.
        await ModeAsync(page, hand, "R", "All");
        await Expect(page.Locator("#composer [name=cc]")).ToHaveValueAsync(Colleague);
        await hand.TypeAsync(Text(page), "两位都请看一下新的发票。");
        await hand.SendAsync();
        await Expect(said.Last).ToContainTextAsync("两位都请看");
        await ModeAsync(page, hand, "f", "Forward");
        await hand.TypeAsync(page.Locator("#composer-to"), Printer);
        await hand.TypeAsync(Text(page), "请按新的抬头打印。");
        await hand.SendAsync();
        await Expect(said.Last).ToContainTextAsync("请按新的抬头打印");
        await ModeAsync(page, hand, "n", "Note");
        await hand.TypeAsync(Text(page), "");
        await page.Keyboard.TypeAsync("@");
        await hand.TakeAsync(page.Locator(".inserts [role=option]"));
        await page.Keyboard.TypeAsync("记得核对税号");
        await hand.SendAsync();
        await Expect(page.Locator("#conversation .note")).ToContainTextAsync("@林晚 记得核对税号");

        // For tomorrow, and taken back before it leaves.
        await ModeAsync(page, hand, "r", "Reply");
        await hand.TypeAsync(Text(page), "明早再确认一次。");
        await hand.PressAsync(page.Locator("#composer .split details summary"));
        await hand.PressAsync(page.Locator("#composer button[name=sendat]").First);
        var later = page.Locator("#conversation .msg:has(button[value=undo])").Filter(new() { HasText = "明早再确认" });
        await Expect(later).ToBeVisibleAsync();
        await hand.PressAsync(later.Locator("button[value=undo]"));
        await Expect(later).ToHaveCountAsync(0);
        await Expect(Text(page)).ToHaveValueAsync("明早再确认一次。");
        await hand.TypeAsync(Text(page), "");

        // One key changes the ticket and answers it.
        await hand.DoAsync("1", page.Locator("#composer details:has([data-macro]) summary"), page.Locator("#composer [data-macro]"));
        await Expect(said.Last).ToContainTextAsync("新发票已寄出");
        await Expect(page.Locator("#facts")).ToContainTextAsync("发票重开");

        await page.ReloadAsync();
        await Expect(said.Last).ToContainTextAsync("新发票已寄出");
        await Expect(page.Locator("#conversation")).ToContainTextAsync("@林晚 记得核对税号");
        await Expect(page.Locator("#facts")).ToContainTextAsync("发票重开");
        await ArrivedAsync(post);
    }

    /// <summary>A template with a variable that is pressed, a signature, a macro with a key.</summary>
    private static async Task PrepareAsync(IPage page, Hand hand)
    {
        await page.GotoAsync("/settings/templates/new");
        await hand.TypeAsync(page.Locator("main [name=name]"), "重开发票");
        await hand.TypeAsync(page.Locator("main [name=body]"), "你好 ");
        await hand.PressAsync(page.Locator("main [data-insert]").First);
        await Expect(page.Locator("main [name=body]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("，发票已经重开。");
        await Expect(page.Locator("main [name=body]")).ToHaveValueAsync(new Regex(@"^你好 \{\{(客户姓名|customer\.name)\}\}，发票已经重开。$"));
        await hand.PressAsync(page.Locator("form[action='/settings/templates/new'] button.pri"));
        await page.ArriveAsync("/settings/templates$");

        await page.GotoAsync("/settings/signatures");
        await hand.TypeAsync(page.Locator("form[action='/settings/signatures/new'] [name=body]"), "林晚 · 漂流笔记");
        await hand.PressAsync(page.Locator("form[action='/settings/signatures/new'] button.pri"));
        await Expect(page.Locator("main form[action^='/settings/signatures/']")).ToHaveCountAsync(2);

        // The variable goes into the text that was written in last, the note and not the reply.
        await page.GotoAsync("/settings/macros/new");
        await hand.TypeAsync(page.Locator("main [name=name]"), "新发票已寄出");
        await hand.ChooseAsync(page.Locator("main [name=key]"), 1);
        await hand.TypeAsync(page.Locator("main [name=reply]"), "新发票已寄出，请查收。");
        await hand.TypeAsync(page.Locator("main [name=add]"), "发票重开");
        await hand.TypeAsync(page.Locator("main [name=note]"), "寄给了 ");
        await hand.PressAsync(page.Locator("main [data-insert]").First);
        await Expect(page.Locator("main [name=note]")).ToHaveValueAsync(new Regex(@"^寄给了 \{\{.+\}\}$"));
        await Expect(page.Locator("main [name=reply]")).ToHaveValueAsync("新发票已寄出，请查收。");
        await hand.PressAsync(page.Locator("form[action='/settings/macros/new'] button.pri"));
        await page.ArriveAsync("/settings/macros$");
    }

    /// <summary>Template, variable and article by their signs; what a text still lacks is pointed out and keeps it from leaving.</summary>
    private static async Task AnswerAsync(IPage page, Hand hand, long number)
    {
        await hand.StartAnswerAsync();
        await page.Keyboard.TypeAsync("{{field.gone}}");
        await Expect(page.Locator("#composer [data-unresolved]")).ToContainTextAsync("{{field.gone}}");
        await hand.SendAsync();
        await Expect(page.Locator("#composer [role=alert]")).ToContainTextAsync("field.gone");
        await Expect(Text(page)).ToHaveValueAsync("{{field.gone}}");
        await Expect(page.Locator("#conversation")).Not.ToContainTextAsync("field.gone");

        await hand.TypeAsync(Text(page), "");
        await Expect(page.Locator("#composer [data-unresolved]")).ToBeHiddenAsync();
        await page.Keyboard.TypeAsync("/重开");
        await hand.TakeAsync(page.Locator(".inserts [role=option]"));
        await Expect(Text(page)).ToHaveValueAsync("你好 苏晴，发票已经重开。");
        await page.Keyboard.TypeAsync(" 单号 {ticket.num");
        await hand.TakeAsync(page.Locator(".inserts [role=option]"));
        await Expect(Text(page)).ToHaveValueAsync($"你好 苏晴，发票已经重开。 单号 #{number}");
        await page.Keyboard.TypeAsync(" #发票");
        await Expect(page.Locator(".picks [role=option]").First).ToContainTextAsync("怎么开发票");
        await hand.TakeAsync(page.Locator(".picks [role=option]"));
        await Expect(Text(page)).ToHaveValueAsync(new Regex($@"单号 #{number} (?!#)[\s\S]*(账单|发票|help)"));
        await Expect(Text(page)).ToBeFocusedAsync();
    }

    /// <summary>A picture: pasted and dropped at a desk, chosen from its files on a phone.</summary>
    private static async Task ShowAsync(Founder founder)
    {
        var page = founder.Page;
        if (founder.Touch)
        {
            await page.Locator("#composer input[type=file]").SetInputFilesAsync(new FilePayload { Name = "page.png", MimeType = "image/png", Buffer = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==") });
            await Expect(page.Locator("#composer .file-chip [name=attachment]")).ToBeAttachedAsync();
            return;
        }

        await page.EvaluateAsync($"async () => navigator.clipboard.write([new ClipboardItem({{ 'image/png': await {Picture} }})])");
        await page.Keyboard.PressAsync("Control+v");
        await Expect(Text(page)).ToHaveValueAsync(new Regex(@"!\[[^\]]*\]\(/"));
        await page.EvaluateAsync($$"""
            async () => {
              const carried = new DataTransfer();
              carried.items.add(new File([await {{Picture}}], 'dropped.png', { type: 'image/png' }));
              document.querySelector('#composer textarea').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: carried }));
            }
            """);
        await Expect(Text(page)).ToHaveValueAsync(new Regex(@"!\[dropped\.png\]\(/"));
    }

    /// <summary>What each of them got by mail.</summary>
    private static async Task ArrivedAsync(PostOffice post)
    {
        var answer = await post.InMailboxOfAsync(Customer, mail => mail.Text.Contains("发票已经重开", StringComparison.Ordinal), Ct);
        Assert.Contains("林晚 · 漂流笔记", answer.Text, StringComparison.Ordinal);
        Assert.Contains(answer.Attachments, file => file.MediaType.StartsWith("image/png", StringComparison.Ordinal));
        await post.InMailboxOfAsync(Colleague, mail => mail.Text.Contains("两位都请看", StringComparison.Ordinal), Ct);
        var passed = await post.InMailboxOfAsync(Printer, mail => mail.Text.Contains("请按新的抬头打印", StringComparison.Ordinal), Ct);
        Assert.Contains("可以重新开一张吗", passed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("核对税号", passed.Text, StringComparison.Ordinal);
    }

    private static async Task ModeAsync(IPage page, Hand hand, string key, string mode)
    {
        await hand.DoAsync(key, page.Locator($"#composer .tabs label:has([value={mode}])"), Text(page));
        await Expect(page.Locator($"#composer .tabs [value={mode}]")).ToBeCheckedAsync();
    }

    private static ILocator Text(IPage page) => page.Locator("#composer textarea");
}
