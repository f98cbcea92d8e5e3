using Microsoft.Playwright;
using Solodesk.Browser.Stage;

namespace Solodesk.Browser.Chat;

/// <summary>What the articles answer is answered at once; what they do not reaches the founder with all that was said, and comes back by mail.</summary>
public sealed class AnsweredTests(Theatre theatre)
{
    private const string Address = "lin@customer.example";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN", 1440)]
    [InlineData("en-US", 390)]
    public async Task A_question_is_answered_with_its_source_and_what_is_not_comes_back_by_mail(string language, int width)
    {
        var english = language == "en-US";
        await using var founder = await Founder.AtWorkAsync(theatre, new Look());
        await using var visitor = await theatre.NewVisitorAsync(founder.Desk, new Look(language, width));
        await using var site = new StrangeSite(founder.Desk.Address);
        var inbox = founder.Page;
        await Shelf.PutUpAsync(inbox, "海外可以寄送吗？,可以，顺丰国际，七天左右。", "Do you ship abroad?,\"Yes, worldwide, in about a week.\"", "怎么开发票？,在账单页开。", "How do I get an invoice?,Under Billing.");
        await inbox.GotoAsync("/settings/chat");
        await inbox.Locator("[name=mail_after]").FillAsync("10");
        await inbox.Locator("#answers button").ClickAsync();
        await Assertions.Expect(inbox.Locator("#answers [role=status]")).ToBeVisibleAsync();

        // Answered out of an article, and the article is one press away.
        var shop = await visitor.NewPageAsync();
        await shop.GotoAsync(site.Address + (english ? "/en" : "/"));
        await ChatStage.OpenAsync(shop);
        // While it is typed already.
        var hint = ChatStage.Panel(shop).Locator(".hints a");
        await ChatStage.Field(shop).PressSequentiallyAsync(english ? "shipping abroad" : "海外寄送");
        await Assertions.Expect(hint.First).ToContainTextAsync(english ? "Do you ship abroad?" : "海外可以寄送吗？");
        Assert.True(await Inspection.OverhangAsync(shop) <= 0, "What is shown while typing hangs over the edge.");
        await Inspection.KeepAsync(shop, "chat-while-typing", new Look(language, width));
        await ChatStage.SayAsync(shop, english ? "Do you ship abroad?" : "海外可以寄送吗？");
        await Assertions.Expect(hint).ToHaveCountAsync(0);
        await Assertions.Expect(ChatStage.Panel(shop).Locator(".src a")).ToContainTextAsync(english ? "Do you ship abroad?" : "海外可以寄送吗？");
        await Assertions.Expect(ChatStage.Panel(shop)).ToContainTextAsync(english ? "worldwide" : "顺丰国际");
        var source = await ChatStage.Panel(shop).Locator(".src a").GetAttributeAsync("href");
        var help = await visitor.NewPageAsync();
        await help.GotoAsync(source!);
        await Assertions.Expect(help.Locator("h1")).ToHaveTextAsync(english ? "Do you ship abroad?" : "海外可以寄送吗？");
        await help.CloseAsync();

        // Nobody wrote about this: it says so, and the second time a person is asked.
        var question = english ? "Who plays the piano in your cellar?" : "地下室里弹钢琴的是谁？";
        await ChatStage.SayAsync(shop, question);
        await Assertions.Expect(ChatStage.Panel(shop)).ToContainTextAsync(english ? "know this one" : "这个我不知道");
        await ChatStage.SayAsync(shop, english ? "The piano, every evening at nine?" : "每天晚上九点的钢琴？");
        await Assertions.Expect(ChatStage.Panel(shop)).ToContainTextAsync(english ? "a person takes over" : "已转给真人");

        // Where the answer can go is asked for in full sight; what is typed there outlives whatever is said meanwhile.
        var address = ChatStage.Panel(shop).Locator("form.card");
        await Assertions.Expect(address.Locator("button")).ToBeInViewportAsync(new() { Ratio = 1 });
        await address.Locator("input[type=email]").FillAsync(Address);

        // The founder has the whole conversation, and answers.
        await inbox.GotoAsync("/inbox/all");
        await inbox.Locator(".item[data-number]").First.ClickAsync();
        foreach (var said in new[] { english ? "Do you ship abroad?" : "海外可以寄送吗？", english ? "worldwide" : "顺丰国际", question })
        {
            await Assertions.Expect(inbox.Locator("#conversation")).ToContainTextAsync(said);
        }

        await inbox.Locator("#composer textarea").FillAsync("That is our cat");
        await inbox.Locator("[data-send]").ClickAsync();
        await Assertions.Expect(ChatStage.Panel(shop)).ToContainTextAsync("That is our cat");
        await Assertions.Expect(inbox.Locator("#facts")).ToContainTextAsync("等客户");
        await Assertions.Expect(address.Locator("input[type=email]")).ToHaveValueAsync(Address);
        await address.Locator("button").ClickAsync();
        await Assertions.Expect(address).ToHaveCountAsync(0);
        await shop.CloseAsync();
        await Assertions.Expect(inbox.Locator("[data-chat-shows=away]")).ToBeVisibleAsync();
        await inbox.Locator("#composer textarea").FillAsync("It prefers Satie");
        await inbox.Locator("[data-send]").ClickAsync();
        var mail = await founder.Post.InMailboxOfAsync(Address, m => m.Text.Contains("prefers Satie", StringComparison.Ordinal), Ct);

        await founder.Post.ArriveAsync(FirstVisit.Mailbox, $"From: Lin <{Address}>\r\nTo: {FirstVisit.Mailbox}\r\nSubject: Re: {mail.Subject}\r\nMessage-ID: <piano@customer.example>\r\nIn-Reply-To: <{mail.MessageId}>\r\n"
            + $"Date: {TimeProvider.System.GetUtcNow():r}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGive it a fish from me\r\n", Ct);
        await Assertions.Expect(inbox.Locator("#conversation")).ToContainTextAsync("Give it a fish from me");
        // What stands above the conversation goes with it: it is the founder's turn again.
        await Assertions.Expect(inbox.Locator("#facts")).ToContainTextAsync("未解决");
        await Assertions.Expect(inbox.Locator(".item[data-number]")).ToHaveCountAsync(1);
    }
}
