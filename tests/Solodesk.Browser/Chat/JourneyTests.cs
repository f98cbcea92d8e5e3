using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Chat;

/// <summary>A visitor of somebody's site, the founder in another browser, and the mail between them when one has left.</summary>
public sealed class JourneyTests(Theatre theatre)
{
    private const string Address = "lin@customer.example";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", 1440)]
    [InlineData("en-US", 390)]
    public async Task A_visitor_chats_leaves_and_goes_on_by_mail_in_the_same_ticket(string language, int width)
    {
        var english = language == "en-US";
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        await using var visitor = await theatre.NewVisitorAsync(founder.Desk, new Look(language, width));
        await using var site = new StrangeSite(founder.Desk.Address);
        var inbox = founder.Page;
        await ShortenWaitAsync(inbox);
        await inbox.GotoAsync("/inbox/all");

        // The widget on a foreign page with a strict policy, in the page's language.
        var shop = await visitor.NewPageAsync();
        var complaints = new List<string>();
        shop.Console += (_, said) => complaints.AddRange(said.Type == "error" ? [said.Text] : []);
        await shop.GotoAsync(site.Address + (english ? "/en" : "/"));
        await Assertions.Expect(ChatStage.Launcher(shop)).ToContainTextAsync(english ? "Ask us" : "问一问");
        await ChatStage.OpenAsync(shop);
        var question = english ? "When is notebook 01 back?" : "漂流本 01 什么时候补货？";
        await ChatStage.SayAsync(shop, question);
        await Assertions.Expect(ChatStage.Panel(shop).Locator(".me .bub:not(.wait)").First).ToHaveTextAsync(question);
        await AskPersonAsync(shop);

        // The founder sees it come in, answers, and is seen answering.
        await inbox.Locator(".item[data-number]").First.ClickAsync();
        await Assertions.Expect(inbox.Locator("#conversation")).ToContainTextAsync(question);
        await Assertions.Expect(inbox.Locator("[data-chat-shows=here]")).ToBeVisibleAsync();
        await inbox.Locator("#composer textarea").ClickAsync();
        await inbox.Keyboard.TypeAsync("**Thursday**, 5 copies");
        await Assertions.Expect(ChatStage.Panel(shop).Locator(".typing")).ToBeVisibleAsync();
        await inbox.Locator("[data-send]").ClickAsync();
        await Assertions.Expect(ChatStage.Panel(shop).Locator(".bub strong")).ToHaveTextAsync("Thursday");
        await Assertions.Expect(inbox.Locator("[data-chat-shows=read]")).ToBeVisibleAsync();
        Assert.Empty(complaints);

        // They leave an address and close the page; the next answer goes there.
        await ChatStage.Panel(shop).Locator("form.card input[type=email]").FillAsync(Address);
        await ChatStage.Panel(shop).Locator("form.card button").ClickAsync();
        await Assertions.Expect(ChatStage.Panel(shop).Locator("form.card")).ToHaveCountAsync(0);
        await shop.CloseAsync();
        await Assertions.Expect(inbox.Locator("[data-chat-shows=away]")).ToBeVisibleAsync();
        await inbox.Locator("#composer textarea").FillAsync("They arrived a day early");
        await inbox.Locator("[data-send]").ClickAsync();
        var mail = await founder.Post.InMailboxOfAsync(Address, m => m.Text.Contains("a day early", StringComparison.Ordinal), Ct);
        Assert.Equal(FirstVisit.Mailbox, mail.From?.Address);

        // And what they answer is in the same ticket, and in the widget when they come back.
        await founder.Post.ArriveAsync(FirstVisit.Mailbox, $"From: Lin <{Address}>\r\nTo: {FirstVisit.Mailbox}\r\nSubject: Re: {mail.Subject}\r\nMessage-ID: <back@customer.example>\r\nIn-Reply-To: <{mail.MessageId}>\r\n"
            + $"Date: {TimeProvider.System.GetUtcNow():r}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nLovely, thank you!\r\n", Ct);
        await Assertions.Expect(inbox.Locator("#conversation")).ToContainTextAsync("Lovely, thank you!");
        await Assertions.Expect(inbox.Locator(".item[data-number]")).ToHaveCountAsync(1);
        var back = await visitor.NewPageAsync();
        await back.GotoAsync(site.Address + (english ? "/en" : "/"));
        await ChatStage.OpenAsync(back);
        await Assertions.Expect(ChatStage.Panel(back)).ToContainTextAsync("a day early");
        await Assertions.Expect(ChatStage.Panel(back)).ToContainTextAsync("Lovely, thank you!");
    }

    [Theory]
    [InlineData("zh-CN", 1440, false)]
    [InlineData("en-US", 390, true)]
    public async Task The_widget_has_nothing_that_axe_finds_and_keeps_the_keyboard_inside(string language, int width, bool dark)
    {
        await using var desk = await theatre.NewDeskAsync();
        await using var site = new StrangeSite(desk.Address);
        await using var visitor = await theatre.NewVisitorAsync(desk, new Look(language, width) { ForInspection = true, Dark = dark });
        var shop = await visitor.NewPageAsync();
        await shop.GotoAsync(site.Address + (language == "en-US" ? "/en" : "/"));
        await ChatStage.Launcher(shop).WaitForAsync();
        await shop.EvaluateAsync("document.documentElement.style.colorScheme = 'light dark'");
        Assert.Empty(await Inspection.FindingsAsync(shop));
        await ChatStage.Launcher(shop).FocusAsync();
        await shop.Keyboard.PressAsync("Enter");
        await Assertions.Expect(ChatStage.Panel(shop)).ToBeVisibleAsync();
        if (await ChatStage.Field(shop).IsVisibleAsync())
        {
            await ChatStage.SayAsync(shop, "<img src=x onerror=alert(1)> **hello**");
            await Assertions.Expect(ChatStage.Panel(shop).Locator(".me .bub:not(.wait)").First).ToHaveTextAsync("<img src=x onerror=alert(1)> **hello**");
        }

        Assert.Empty(await Inspection.FindingsAsync(shop));
        for (var i = 0; i < 15; i++)
        {
            await shop.Keyboard.PressAsync("Tab");
            Assert.Equal("solodesk", await shop.EvaluateAsync<string>("document.activeElement.id"));
        }

        await shop.Keyboard.PressAsync("Escape");
        await Assertions.Expect(ChatStage.Panel(shop)).ToBeHiddenAsync();
        Assert.True(await shop.EvaluateAsync<bool>("document.getElementById('solodesk').shadowRoot.activeElement?.classList.contains('launch')"));
        Assert.Equal(0, await Inspection.OverhangAsync(shop));
    }

    [Fact]
    public async Task What_the_founder_says_first_on_a_page_opens_the_conversation()
    {
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        await using var visitor = await theatre.NewVisitorAsync(founder.Desk, new Look("en-US", 390));
        await using var site = new StrangeSite(founder.Desk.Address);
        var inbox = founder.Page;
        await inbox.GotoAsync("/settings/chat");
        await inbox.Locator("[name=invitations]").FillAsync("/en | 1 | Shipping is free <b>today</b>");
        await inbox.Locator("#answers button").ClickAsync();
        await Assertions.Expect(inbox.Locator("#answers [role=status]")).ToBeVisibleAsync();

        // Not on every page; where it comes, one press leads into the conversation that it began.
        var shop = await visitor.NewPageAsync();
        await shop.GotoAsync(site.Address + "/other");
        await Assertions.Expect(ChatStage.Launcher(shop)).ToBeVisibleAsync();
        await shop.GotoAsync(site.Address + "/en");
        await shop.Locator("#solodesk .invite .say").ClickAsync();
        await Assertions.Expect(ChatStage.Panel(shop).Locator(".bub").First).ToHaveTextAsync("Shipping is free <b>today</b>");
        await ChatStage.SayAsync(shop, "To Norway too?");
        await Assertions.Expect(ChatStage.Panel(shop).Locator(".me .bub:not(.wait)")).ToHaveTextAsync("To Norway too?");

        await inbox.GotoAsync("/inbox/all");
        await inbox.Locator(".item[data-number]").First.ClickAsync();
        await Assertions.Expect(inbox.Locator("#conversation")).ToContainTextAsync("Shipping is free <b>today</b>");
        await Assertions.Expect(inbox.Locator("#conversation")).ToContainTextAsync("To Norway too?");
        // Said once in a visit.
        await shop.ReloadAsync();
        await Assertions.Expect(ChatStage.Panel(shop)).ToContainTextAsync("To Norway too?");
        await Assertions.Expect(shop.Locator("#solodesk .invite")).ToHaveCountAsync(0);
    }

    // Where a bot answers first, a person is one press away.
    private static async Task AskPersonAsync(IPage shop)
    {
        var person = ChatStage.Panel(shop).Locator("header button").First;
        if (await person.IsVisibleAsync())
        {
            await person.ClickAsync();
        }
    }

    private static async Task ShortenWaitAsync(IPage inbox)
    {
        await inbox.GotoAsync("/settings/chat");
        await inbox.Locator("[name=mail_after]").FillAsync("10");
        await inbox.Locator("#answers button").ClickAsync();
        await Assertions.Expect(inbox.Locator("#answers [role=status]")).ToBeVisibleAsync();
    }
}
