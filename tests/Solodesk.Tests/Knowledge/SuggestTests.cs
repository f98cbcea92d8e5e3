using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Bot;
using Solodesk.Common;
using Solodesk.Jobs;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Gaps;
using Solodesk.Knowledge.Suggest;
using Solodesk.Tests.Channels.Web;
using Solodesk.Text.Search;
using Solodesk.Tickets;
using Solodesk.Tickets.Writing;

namespace Solodesk.Tests.Knowledge;

public sealed class SuggestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beside_a_ticket_stand_the_articles_that_may_answer_it()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var number = await OpenAsync(desk, "想开发票", "你好，上个月买的年付，怎么开发票？");

        var page = (await desk.Desk().PageAsync($"/inbox/all/{number}")).Words();

        Assert.Contains("可能有用的文章", page, StringComparison.Ordinal);
        Assert.Contains("怎么开发票？", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_types_in_the_chat_is_shown_public_articles_on_the_sites_that_may()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await desk.PublishAsync("怎么开发票给内部？", "只给同事看。", state: ArticleState.Internal);
        await desk.Get<Solodesk.Data.Settings>().SaveAsync(new Solodesk.Chat.Settings.ChatSettings { Sites = ["https://shop.example.com"] }, Ct);
        using var visitor = desk.Visitor();

        var found = await AskAsync("上个月的发票", "https://shop.example.com");
        Assert.Contains("怎么开发票？", found, StringComparison.Ordinal);
        Assert.Contains("/help/zh/articles/", found, StringComparison.Ordinal);
        Assert.DoesNotContain("内部", found, StringComparison.Ordinal);
        Assert.Equal("[]", await AskAsync("发", "https://shop.example.com"));
        Assert.Equal("[]", await AskAsync("今晚的月亮真圆", "https://shop.example.com"));
        Assert.Equal("", await AskAsync("上个月的发票", "https://evil.example"));

        async Task<string> AskAsync(string typed, string origin)
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, $"/chat/suggest?lang=zh-Hans&q={Uri.EscapeDataString(typed)}");
            ask.Headers.Add("Origin", origin);
            using var answer = await visitor.SendAsync(ask, Ct);
            Assert.Equal(origin.Contains("evil", StringComparison.Ordinal) ? HttpStatusCode.Forbidden : HttpStatusCode.OK, answer.StatusCode);
            return Regex.Unescape(await answer.Content.ReadAsStringAsync(Ct));
        }
    }

    [Fact]
    public async Task Today_begins_with_what_an_article_answers_and_says_of_the_others_that_one_does()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var first = await OpenAsync(desk, "怎么开发票？", "怎么开发票？");
        await OpenAsync(desk, "怎么开发票", "请问怎么开发票？");
        await OpenAsync(desk, "Zebra", "Where do zebras sleep at night?");

        var today = await desk.Desk().PageAsync("/");

        Assert.Single(Regex.Matches(today, "class=\"draft extract\""));
        Assert.Single(Regex.Matches(today, "文章 [0-9]+%"));
        var founder = new FormBrowser(desk.Desk());
        await founder.OpenAsync("/");
        await founder.PostAsync($"/inbox/{first}/offer/take", ("back", $"/inbox/mine/{first}"));
        Assert.Equal($"/inbox/mine/{first}", founder.To);
        Assert.Contains("账单", await desk.ReadAsync(db => db.Set<Draft>().Select(d => d.Markdown).SingleAsync(Ct)), StringComparison.Ordinal);
        Assert.DoesNotContain("draft extract", await desk.Desk().PageAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_bot_answered_in_a_chat_is_not_offered_to_the_founder_as_the_answer_to_what_came_after()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await using var widget = await Chat.TestWidget.OpenAsync(desk);
        await widget.SayAsync("怎么开发票？");
        await widget.LineAsync("bot");
        await widget.SendAsync(new { t = "person", id = "person-1" });
        await widget.LineAsync("handedOver");
        var number = await desk.ReadAsync(db => db.Set<Ticket>().Select(t => t.Number).SingleAsync(Ct));
        await OffersAsync(null);

        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        await widget.SayAsync("火星上有没有生命");
        await OffersAsync(null);

        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        await widget.SayAsync("怎么导出全部笔记？");
        await OffersAsync("怎么导出全部笔记？");

        async Task OffersAsync(string? title)
        {
            var (ticket, today) = (await desk.Desk().PageAsync($"/inbox/all/{number}"), await desk.Desk().PageAsync("/"));
            Assert.Equal(title is not null, ticket.Contains("class=\"score", StringComparison.Ordinal));
            Assert.Equal(title is not null, ticket.Contains("文章摘录", StringComparison.Ordinal));
            Assert.Equal(title is not null, today.Contains("draft extract", StringComparison.Ordinal));
            Assert.DoesNotContain("《怎么开发票？》", ticket + today, StringComparison.Ordinal);
            if (title is not null)
            {
                Assert.Contains($"《{title}》", ticket, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task From_a_ticket_an_article_is_drafted_without_names_and_numbers()
    {
        await using var desk = new DeskApp();
        var number = await OpenAsync(desk, "订单 202611220001 的发票", "你好，我是林晓棠，订单 202611220001 的发票抬头写错了，电话 138-0013-8000。");
        var ticket = await desk.ReadAsync(db => db.Set<Ticket>().SingleAsync(Ct));
        await desk.Get<ReplyToTicket>().RunAsync(desk.Founder, new(ticket.Id, "林晓棠你好，\n\n在账单页点“重开”，填新的抬头，订单 202611220001 的旧发票会红冲。有事写 lin@example.com。\n\n周野", false), Ct);

        var drafted = await desk.Get<DraftFromTicket>().RunAsync(desk.Founder, number, Ct);

        var text = await desk.ReadAsync(db => db.Set<ArticleText>().SingleAsync(Ct));
        Assert.True(drafted.Ok);
        Assert.Contains("点“重开”，填新的抬头", text.Body, StringComparison.Ordinal);
        foreach (var secret in (string[])["林晓棠", "202611220001", "13800138000", "138-0013-8000", "lin@example.com", "周野"])
        {
            Assert.DoesNotContain(secret, $"{text.Title} {text.Body} {string.Join(' ', text.Questions)}", StringComparison.Ordinal);
        }

        Assert.Equal(ArticleUseKind.Drafted, await desk.ReadAsync(db => db.Set<ArticleUse>().Select(u => u.Kind).SingleAsync(Ct)));
    }

    [Fact]
    public void What_could_tell_who_it_was_is_not_in_the_article_either()
    {
        const string Said = "收货人王小明，地址上海市静安区南京西路1266号3楼，微信 wxid_abc123，电话 (021) 5555-0132。密码：hunter22。 Card 4111 1111 1111 1111, IBAN DE89 3704 0044 0532 0130 00, Mr. Brown, 12 Baker Street. 在“设置 → 同步”里点“重试”。";

        var kept = new Anonymous([]).Of(Said);

        foreach (var secret in (string[])["王小明", "1266", "wxid_abc123", "5555", "hunter22", "4111", "DE89", "Brown", "Baker Street"])
        {
            Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
        }

        Assert.Contains("在“设置 → 同步”里点“重试”。", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("沐阳你好，我是周野。“设置 → 提醒 → 时区”选“跟随所在地”。", "“设置 → 提醒 → 时区”选“跟随所在地”。")]
    [InlineData("董沐阳您好！退款已经发起，沐阳可以在账单页看到。", "退款已经发起，…可以在账单页看到。")]
    [InlineData("Hi Wendy, press Retry and wait a minute.", "Press Retry and wait a minute.")]
    [InlineData("Hello Wendy Lau! This is 周野 from Driftnote. Press Retry.", "Press Retry.")]
    [InlineData("您好像没有打开同步，到“设置”里打开。", "您好像没有打开同步，到“设置”里打开。")]
    public void What_is_said_to_one_person_is_not_in_the_article(string reply, string kept)
        => Assert.Equal(kept, new Anonymous(["董沐阳", "Wendy Lau", "周野"]).OfAnswer(reply));

    [Fact]
    public async Task An_article_that_was_used_is_remembered_and_the_ranking_learns()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var number = await OpenAsync(desk, "怎么开发票", "发票");
        var article = await desk.ReadAsync(db => db.Set<ArticleText>().Where(t => t.Title == "怎么开发票？").Select(t => t.ArticleId).SingleAsync(Ct));

        Assert.True((await desk.Get<UseArticle>().RunAsync(desk.Founder, number, article, ArticleUseKind.Linked, Ct)).Ok);
        Assert.True((await desk.Get<UseArticle>().RunAsync(desk.Founder, number, article, ArticleUseKind.Linked, Ct)).Ok);

        Assert.Equal(number, await desk.ReadAsync(db => db.Set<ArticleUse>().Select(u => u.TicketNumber).SingleAsync(Ct)));
    }

    [Theory]
    [InlineData("used")]
    [InlineData("helpful")]
    [InlineData("not helpful")]
    [InlineData("solved in the chat")]
    [InlineData("not solved in the chat")]
    public async Task The_ranking_learns_from_what_came_of_an_answer(string what)
    {
        const string question = "怎么开发票，退款到账的发票";
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var card = desk.Get<AnswerIndex>().Search(question, "zh-Hans", Audience.Public, 8);
        Assert.True(card.Count > 1);
        var (conversation, told) = (Guid.CreateVersion7(), card[0].Card);
        switch (what)
        {
            case "used":
                Assert.True((await desk.Get<UseArticle>().RunAsync(desk.Founder, await OpenAsync(desk, question, "发票"), told.ArticleId, ArticleUseKind.Linked, Ct)).Ok);
                break;
            case "helpful" or "not helpful":
                using (var form = new FormUrlEncodedContent([KeyValuePair.Create("q", question), KeyValuePair.Create("do", what == "helpful" ? "yes" : "no")]))
                {
                    await desk.Visitor().PostAsync(new Uri($"{told.Path}/feedback", UriKind.Relative), form, Ct);
                }

                break;
            default:
                var bot = desk.Get<IBot>();
                var answer = await bot.AnswerAsync(new BotQuestion(conversation, "怎么开发票", null, "chat", [], null), Ct);
                Assert.Equal(BotTurnKind.Answer, answer.Kind);
                await bot.AnswerAsync(new BotQuestion(conversation, what == "solved in the chat" ? "解决了" : "没用", null, "chat", [new(false, "怎么开发票", null), new(true, answer.Text, answer.Kind)], null), Ct);
                break;
        }

        var learned = await desk.Get<Solodesk.Data.Settings>().ReadAsync<LearnedRanking>(Ct);
        Assert.Equal(1, learned.Observations);
        Assert.NotEqual(Solodesk.Text.Search.RankWeights.Default.Dense, learned.Dense);
    }

    [Fact]
    public async Task Who_writes_without_scripts_sees_the_answer_once_before_it_is_sent()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var browser = desk.Visitor();

        var first = await ContactFormTests.SendAsync(desk, browser, [("email", "a@example.com"), ("message", "请问怎么开发票？")]);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var page = await first.Content.ReadAsStringAsync(Ct);
        Assert.Contains("也许已经有答案", page.Words(), StringComparison.Ordinal);

        desk.Clock.Advance(TimeSpan.FromSeconds(10));
        var second = await browser.SubmitAsync(page, "/contact", [("email", "a@example.com"), ("message", "请问怎么开发票？"), ("seen", "1")]);
        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
    }

    [Fact]
    public void Questions_that_mean_the_same_stand_together()
    {
        AskedQuestion Asked(string text, string language) => new() { Id = Guid.CreateVersion7(), Channel = "help", Text = text, Language = language, At = DateTimeOffset.UnixEpoch };
        string[] titles = ["怎么导出笔记？", "系统要求", "同步到安卓手机", "Pro 版和免费版", "How do I export my notes?", "Export as PDF", "The app on Android", "The app does not start", "Shortcuts in the app"];
        var gaps = FindGaps.Group(
        [
            Asked("墨水屏 刷新", "zh-Hans"), Asked("墨水屏怎么刷新", "zh-Hans"), Asked("墨水屏刷新", "zh-Hans"),
            Asked("鸿蒙版什么时候有", "zh-Hans"), Asked("鸿蒙系统能装吗", "zh-Hans"), Asked("家庭版", "zh-Hans"), Asked("有家庭套餐吗", "zh-Hans"),
            Asked("Linux client", "en"), Asked("is there a Linux app", "en"), Asked("export to Evernote", "en"), Asked("export as braille", "en"),
            Asked("a gift voucher for a friend", "en"), Asked("do you sell gift coupons?", "en"), Asked("积分怎么兑换优惠券", "zh-Hans"), Asked("积分能换代金券吗", "zh-Hans"),
        ], titles, Synonyms.BuiltIn);

        Assert.Equal(["墨水屏 刷新×3", "鸿蒙版什么时候有×2", "家庭版×2", "积分怎么兑换优惠券×2", "Linux client×2", "a gift voucher for a friend×2", "export to Evernote×1", "export as braille×1"], gaps.Select(g => $"{g.Text}×{g.Times}"));
    }

    [Fact]
    public async Task The_match_rate_is_found_questions_over_asked_ones_for_each_channel()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await desk.SupportAsync("我的账户怎么登录？");
        await desk.SupportAsync("火星上有没有生命");
        await desk.Get<Readership>().FlushAsync(Ct);

        var lines = await desk.Get<ReadMatch>().LinesAsync(Ct);

        Assert.Equal((2, 1), (lines.Single(l => l.Channel == "support").Asked, lines.Single(l => l.Channel == "support").Matched));
        Assert.Contains("火星上有没有生命", await desk.Desk().PageAsync("/knowledge/match?channel=support&found=no"), StringComparison.Ordinal);
        Assert.Contains("火星上有没有生命", await desk.Desk().PageAsync("/knowledge/gaps"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tickets_count_as_questions_once_and_without_names()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await desk.Get<IEnumerable<IPeriodicJob>>().OfType<CountTicketQuestions>().Single().RunAsync(Ct);
        await OpenAsync(desk, "怎么开发票？", "你好，上个月买的年付，怎么开发票？");
        await OpenAsync(desk, "林晓棠问：鸿蒙版什么时候有", "订单 202611220001");

        await desk.Get<IEnumerable<IPeriodicJob>>().OfType<CountTicketQuestions>().Single().RunAsync(Ct);
        await desk.Get<IEnumerable<IPeriodicJob>>().OfType<CountTicketQuestions>().Single().RunAsync(Ct);

        Assert.Equal([("怎么开发票？", "contact", true), ("…问：鸿蒙版什么时候有", "contact", false)],
            (await desk.ReadAsync(db => db.Set<AskedQuestion>().OrderByDescending(q => q.Matched).ToListAsync(Ct))).Select(q => (q.Text, q.Channel, q.Matched)));
        Assert.Contains("鸿蒙版什么时候有", await desk.Desk().PageAsync("/knowledge/gaps"), StringComparison.Ordinal);
    }

    [Theory, InlineData("/knowledge"), InlineData("/knowledge/topics"), InlineData("/knowledge/exchange"), InlineData("/knowledge/bot"), InlineData("/settings/answers"), InlineData("/settings/ai"), InlineData("/knowledge/gaps"), InlineData("/knowledge/match")]
    public async Task Every_page_opens_on_an_empty_desk_in_both_languages(string page)
    {
        await using var desk = new DeskApp();
        foreach (var language in (string[])["en", "zh-Hans"])
        {
            Assert.Equal(HttpStatusCode.OK, (await desk.Desk(language).GetAsync(new Uri(page, UriKind.Relative), Ct)).StatusCode);
        }
    }

    private static async Task<long> OpenAsync(DeskApp desk, string subject, string body)
    {
        var opened = await desk.Get<OpenTicket>().RunAsync(desk.Founder, new(subject, body, "web") { CustomerEmail = "lin@example.com", CustomerName = "林晓棠" }, Ct);
        return opened.Value.Number;
    }
}
