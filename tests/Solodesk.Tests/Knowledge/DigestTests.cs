using Microsoft.EntityFrameworkCore;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Digest;
using Solodesk.Tests.Channels.Web;
using Solodesk.Tickets;

namespace Solodesk.Tests.Knowledge;

public sealed class DigestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_ticket_is_summarised_when_asked_and_says_what_came_after()
    {
        await using var service = await AiStage.StartAsync("WANTS: 退掉重复的扣款\nTRIED: 查了流水，\n已经申请\n**OPEN:** 等银行，轮到我们");
        await using var desk = new DeskApp();
        var (number, ticket) = await OpenAsync(desk, "重复扣款", "你好，我是林晓棠，同一期扣了两次，卡号 6222 0212 3456 7890");
        for (var i = 0; i < 5; i++)
        {
            await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(ticket, $"第 {i} 次回复", i == 4), Ct);
        }

        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync($"/inbox/all/{number}");
        Assert.DoesNotContain("ticket-summary", founder.Text, StringComparison.Ordinal);
        await service.UseAsync(desk);
        await founder.OpenAsync($"/inbox/all/{number}");
        Assert.Contains("总结这", founder.Text, StringComparison.Ordinal);
        Assert.Empty(service.All);

        await founder.PostAsync($"/inbox/{number}/summary", ("back", $"/inbox/all/{number}"));
        await founder.OpenAsync($"/inbox/all/{number}");

        Assert.Contains("退掉重复的扣款", founder.Text, StringComparison.Ordinal);
        Assert.Contains("查了流水， 已经申请", founder.Text, StringComparison.Ordinal);
        Assert.Contains("等银行，轮到我们", founder.Text, StringComparison.Ordinal);
        Assert.Contains("Private note", service.Asked, StringComparison.Ordinal);
        foreach (var secret in (string[])["林晓棠", "6222 0212", "周野"])
        {
            Assert.DoesNotContain(secret, service.Asked, StringComparison.Ordinal);
        }

        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(ticket, "又一条", false), Ct);
        Assert.Contains("之后又有 1 条", await desk.Desk().PageAsync($"/inbox/all/{number}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_in_another_language_is_translated_once_and_its_secrets_come_back()
    {
        await using var service = await AiStage.StartAsync();
        service.Says = asked => asked.Replace("My phone is", "我的电话是", StringComparison.Ordinal).Replace("Please call me", "请打给我", StringComparison.Ordinal);
        await using var desk = new DeskApp();
        var (number, _) = await OpenAsync(desk, "Call me", "My phone is +1 415 555 0132. Please call me");
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync($"/inbox/all/{number}");
        Assert.DoesNotContain("/translate", founder.Text, StringComparison.Ordinal);
        await service.UseAsync(desk);
        var message = await desk.ReadAsync(db => db.Set<Message>().Where(m => m.Kind == MessageKind.Inbound).Select(m => m.Id).SingleAsync(Ct));
        await founder.OpenAsync($"/inbox/all/{number}");
        Assert.Contains($"/messages/{message}/translate", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"/messages/{message}/translate", await desk.Desk("en").PageAsync($"/inbox/all/{number}"), StringComparison.Ordinal);

        await founder.PostAsync($"/messages/{message}/translate", ("back", $"/inbox/all/{number}"));
        Assert.Equal($"/inbox/all/{number}", founder.To);
        await founder.OpenAsync(founder.To!);
        Assert.Contains("我的电话是 +1 415 555 0132. 请打给我", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0132", service.Asked, StringComparison.Ordinal);
        Assert.DoesNotContain($"/messages/{message}/translate", founder.Text, StringComparison.Ordinal);

        // The way back is inside the desk, whatever the form says.
        await founder.PostAsync($"/messages/{message}/translate", ("back", "//evil.example/inbox/"));
        Assert.Equal("/inbox", founder.To);
    }

    [Fact]
    public async Task A_long_article_is_translated_in_pieces_as_a_draft_and_never_written_over()
    {
        await using var service = await AiStage.StartAsync();
        service.Says = asked => "EN " + asked;
        await using var desk = new DeskApp();
        await service.UseAsync(desk);
        var paragraph = string.Concat(Enumerable.Repeat("这一段说明怎么做。", 150));
        var number = await desk.PublishAsync("怎么做？", string.Join("\n\n", Enumerable.Repeat(paragraph, 8)), kind: ArticleKind.Guide);

        Assert.Equal("", (await desk.Get<TranslateArticle>().RunAsync(desk.Founder, number, "en", Ct)).Value);

        var text = await desk.ReadAsync(db => db.Set<ArticleText>().SingleAsync(t => t.Language == "en", Ct));
        Assert.Equal("EN 怎么做？", text.Title);
        Assert.True(service.All.Count >= 3);
        Assert.Equal(8, text.Body.Split(paragraph).Length - 1);
        Assert.Null(text.PublicTitle);
        service.Says = _ => "different";
        await desk.Get<TranslateArticle>().RunAsync(desk.Founder, number, "en", Ct);
        Assert.Equal(text.Body, await desk.ReadAsync(db => db.Set<ArticleText>().Where(t => t.Language == "en").Select(t => t.Body).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_summary_is_drafted_once_and_shown_where_the_beginning_was_after_it_is_published()
    {
        await using var service = await AiStage.StartAsync("付款页面上\n可以开发票。");
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("怎么开发票？", "先打开设置。\n\n再看付款页。");
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync($"/knowledge/{number}");
        Assert.Contains("name=\"summary\"", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/summarize", founder.Text, StringComparison.Ordinal);
        await service.UseAsync(desk);
        await founder.OpenAsync($"/knowledge/{number}");

        // What was typed and not saved yet is kept, and is what the service reads.
        await founder.PostAsync($"/knowledge/{number}/summarize", ("text", "zh"), ("title", "怎么开发票？"), ("body", "先打开设置。\n\n再看付款页。\n\n新的一句。"), ("summary", ""));
        await founder.OpenAsync(founder.To!);

        Assert.Contains("付款页面上 可以开发票。", founder.Text, StringComparison.Ordinal);
        Assert.Contains("新的一句。", service.Asked, StringComparison.Ordinal);
        Assert.DoesNotContain("/summarize", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("付款页面上", await HelpAsync(desk, number), StringComparison.Ordinal);

        await desk.ShowAsync(number, "zh-Hans");
        var shown = await HelpAsync(desk, number);
        Assert.Contains("<p class=\"lead\" lang=\"zh-CN\">付款页面上 可以开发票。</p>", shown, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"description\" content=\"付款页面上 可以开发票。\"", shown, StringComparison.Ordinal);
        Assert.Contains("付款页面上 可以开发票。", (await desk.Visitor().PageAsync("/help/zh/feed.xml")), StringComparison.Ordinal);

        // What somebody wrote is not written over.
        await founder.OpenAsync($"/knowledge/{number}");
        await founder.PostAsync($"/knowledge/{number}/save", ("text", "zh"), ("title", "怎么开发票？"), ("body", "正文"), ("summary", " 我自己\n写的 "));
        service.Says = _ => "别的";
        Assert.Equal("", (await desk.Get<SummarizeArticle>().RunAsync(desk.Founder, number, "zh-Hans", Ct)).Value);
        Assert.Equal("我自己 写的", await desk.ReadAsync(db => db.Set<ArticleText>().Select(t => t.Summary).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_summary_that_is_too_long_is_refused_in_words_and_nothing_typed_is_lost()
    {
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("怎么开发票？", "先打开设置。");
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync($"/knowledge/{number}");

        await founder.PostAsync($"/knowledge/{number}/save", ("text", "zh"), ("title", "怎么开发票？"), ("body", "新写的正文"), ("summary", new string('长', 401)));

        Assert.Contains("摘要最多 400 个字", founder.Text, StringComparison.Ordinal);
        Assert.Contains("新写的正文", founder.Text, StringComparison.Ordinal);
        Assert.Contains(new string('长', 401), founder.Text, StringComparison.Ordinal);
    }

    private static async Task<string> HelpAsync(DeskApp desk, long number)
    {
        var article = await desk.ReadAsync(db => db.Set<ArticleText>().Where(t => t.Language == "zh-Hans").Select(t => t.PublicTitle).SingleAsync(Ct));
        return (await desk.Visitor().PageAsync($"/help/zh/articles/{number}-{Uri.EscapeDataString(Slug.Of(article!))}"));
    }

    [Fact]
    public async Task A_translation_that_fell_behind_gets_a_draft_beside_it_once_and_is_published_by_nobody()
    {
        await using var service = await AiStage.StartAsync("Now under Account.");
        await using var desk = new DeskApp();
        var number = await desk.PublishAsync("怎么开发票？", "在账单页开。");
        await desk.WriteAsync(number, "en", "How do I get an invoice?", "On the billing page.");
        await desk.ShowAsync(number, "en");
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.WriteAsync(number, "zh-Hans", "怎么开发票？", "改到账户页开。");
        await desk.ShowAsync(number, "zh-Hans");
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync($"/knowledge/{number}?text=en");
        // Without a service the same place leads to what has changed.
        Assert.Contains("原文后来又发布了 1 版", founder.Text, StringComparison.Ordinal);
        Assert.Contains($"/knowledge/{number}/versions?text=zh&from=1", founder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/translate", founder.Text, StringComparison.Ordinal);

        await service.UseAsync(desk);
        await PrepareAsync(desk);
        Assert.Empty(service.All);
        await service.UseAsync(desk, prepares: true);
        await PrepareAsync(desk);
        await PrepareAsync(desk);

        Assert.Equal(2, service.All.Count);
        Assert.Contains("改到账户页开。", service.Asked, StringComparison.Ordinal);
        Assert.Contains("On the billing page.", service.Asked, StringComparison.Ordinal);
        var text = await desk.ReadAsync(db => db.Set<ArticleText>().SingleAsync(t => t.Language == "en", Ct));
        Assert.Equal(("On the billing page.", "On the billing page."), (text.Body.Trim(), text.PublicBody!.Trim()));
        await founder.OpenAsync($"/knowledge/{number}?text=en");
        Assert.Contains("按新原文起草的译文已备好", founder.Text, StringComparison.Ordinal);
        var version = await desk.ReadAsync(db => db.Set<ArticleVersion>().Where(v => v.Note == TranslateArticle.Note).Select(v => v.Number).SingleAsync(Ct));

        await founder.PostAsync($"/knowledge/{number}/restore", ("text", "en"), ("version", version.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        text = await desk.ReadAsync(db => db.Set<ArticleText>().SingleAsync(t => t.Language == "en", Ct));
        Assert.Equal(("Now under Account.", "On the billing page."), (text.Body.Trim(), text.PublicBody!.Trim()));
        await founder.OpenAsync($"/knowledge/{number}?text=en");
        Assert.DoesNotContain("按新原文起草的译文已备好", founder.Text, StringComparison.Ordinal);
    }

    private static async Task PrepareAsync(DeskApp desk) => await desk.Get<IEnumerable<Solodesk.Jobs.IPeriodicJob>>().OfType<PrepareTranslations>().Single().RunAsync(Ct);

    [Fact]
    public async Task An_answer_that_was_cut_off_is_not_kept()
    {
        await using var service = await AiStage.StartAsync("Half of the tran");
        service.Finish = "length";
        await using var desk = new DeskApp();
        await service.UseAsync(desk);
        var number = await desk.PublishAsync("怎么做？", "这样做。");
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync($"/knowledge/{number}?text=en");
        await founder.PostAsync($"/knowledge/{number}/translate", ("text", "en"));
        await founder.OpenAsync(founder.To!);

        Assert.Contains("被截断", founder.Text, StringComparison.Ordinal);
        Assert.False(await desk.ReadAsync(db => db.Set<ArticleText>().AnyAsync(t => t.Language == "en", Ct)));
    }

    private static async Task<(long Number, Guid Id)> OpenAsync(DeskApp desk, string subject, string body)
    {
        var opened = await desk.Get<OpenTicket>().RunAsync(Solodesk.Common.Actor.Customer(Guid.CreateVersion7(), "林晓棠"), new(subject, body, "web") { CustomerEmail = "lin@example.com", CustomerName = "林晓棠" }, Ct);
        Assert.True(opened.Ok, opened.Problem?.Code);
        return (opened.Value.Number, await desk.ReadAsync(db => db.Set<Ticket>().Where(t => t.Number == opened.Value.Number).Select(t => t.Id).SingleAsync(Ct)));
    }
}
