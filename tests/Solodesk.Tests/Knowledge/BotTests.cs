using Microsoft.EntityFrameworkCore;
using Solodesk.Channels.Bot;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Bot;
using Solodesk.Live;

namespace Solodesk.Tests.Knowledge;

public sealed class BotTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_with_its_source_in_the_askers_language()
    {
        await using var talk = await Talk.BeginAsync();

        var chinese = await talk.SayAsync("怎么登录我的账户");
        Assert.Equal((BotTurnKind.Answer, "answered"), (chinese.Kind, chinese.Reason));
        Assert.Contains("选当初注册的方式登录", chinese.Text, StringComparison.Ordinal);
        Assert.StartsWith("/help/zh/articles/", Assert.Single(chinese.Sources).Url, StringComparison.Ordinal);

        var english = await talk.SayAsync("how do I change my password?");
        Assert.Contains("Change password", english.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_greets_with_questions_to_choose_from()
    {
        await using var talk = await Talk.BeginAsync();

        var turn = await talk.SayAsync("", "zh-Hans");

        Assert.Equal(BotTurnKind.Greeting, turn.Kind);
        Assert.Equal(3, turn.Choices.Count);
    }

    [Fact]
    public async Task It_says_that_it_does_not_know_and_hands_over_on_the_second_miss()
    {
        await using var talk = await Talk.BeginAsync();

        Assert.Equal(BotTurnKind.AskBack, (await talk.SayAsync("火星上能种土豆么")).Kind);
        var second = await talk.SayAsync("就是红色的那个星球，土豆");

        Assert.Equal((BotTurnKind.HandOver, "second_miss"), (second.Kind, second.Reason));
    }

    [Fact]
    public async Task It_asks_back_when_two_answers_compete_and_answers_what_was_chosen()
    {
        await using var talk = await Talk.BeginAsync();
        await talk.Desk.PublishAsync("手机上怎么导出笔记？", "点右上角的分享，选“导出”。");
        await talk.Desk.PublishAsync("电脑上怎么导出笔记？", "菜单“文件 → 导出”。");

        var turn = await talk.SayAsync("导出笔记");
        Assert.Equal((BotTurnKind.AskBack, "two_answers"), (turn.Kind, turn.Reason));
        Assert.Contains("手机上怎么导出笔记？", turn.Choices);
        Assert.Contains("电脑上怎么导出笔记？", turn.Choices);

        var chosen = await talk.SayAsync("手机上怎么导出笔记？");
        Assert.Equal(BotTurnKind.Answer, chosen.Kind);
        Assert.Contains("右上角的分享", chosen.Text, StringComparison.Ordinal);
        // Being asked back is not a miss: what comes next is not handed over as a second one.
        Assert.Equal(BotTurnKind.Answer, (await talk.SayAsync("怎么开发票？")).Kind);
    }

    [Theory]
    [InlineData("怎么开发票？", "地下室里弹钢琴的是谁？")]
    [InlineData("How do I change my password?", "Who plays the piano in your cellar?")]
    public async Task A_question_about_something_else_does_not_get_the_answer_before_again(string answered, string other)
    {
        await using var talk = await Talk.BeginAsync();
        Assert.Equal(BotTurnKind.Answer, (await talk.SayAsync(answered)).Kind);

        Assert.Equal(BotTurnKind.AskBack, (await talk.SayAsync(other)).Kind);
        Assert.Equal(BotTurnKind.HandOver, (await talk.SayAsync(other)).Kind);
    }

    [Theory]
    [InlineData("转人工", "requested")]
    [InlineData("can I talk to a real person please", "requested")]
    [InlineData("我要投诉你们", "topic")]
    [InlineData("My account was hacked", "topic")]
    [InlineData("How do I get a refund?", "topic")]
    [InlineData("Is there a security problem?", "topic")]
    [InlineData("谢谢，我要退款", "topic")]
    public async Task It_hands_over_on_request_and_for_the_founders_topics(string text, string reason)
    {
        await using var talk = await Talk.BeginAsync();

        var turn = await talk.SayAsync(text);

        Assert.Equal((BotTurnKind.HandOver, reason), (turn.Kind, turn.Reason));
    }

    [Theory]
    [InlineData("谢谢啦", "thanks")]
    [InlineData("Thank you so much!", "thanks")]
    [InlineData("谢谢，那怎么开发票呢", "answered")]
    [InlineData("thanks, how do I export all notes?", "answered")]
    public async Task Thanks_are_thanks_only_when_nothing_follows(string text, string reason)
    {
        await using var talk = await Talk.BeginAsync();

        Assert.Equal(reason, (await talk.SayAsync(text)).Reason);
    }

    [Fact]
    public async Task Thanks_that_it_did_not_help_lead_to_a_person()
    {
        await using var talk = await Talk.BeginAsync();
        await talk.SayAsync("How do I export all notes?");

        Assert.Equal(BotTurnKind.HandOver, (await talk.SayAsync("thanks, but it is still not working")).Kind);
    }

    [Fact]
    public async Task A_window_that_opens_has_asked_nothing()
    {
        await using var talk = await Talk.BeginAsync();

        Assert.Equal(BotReason.Greeting, (await talk.SayAsync("")).Reason);
        Assert.Equal(0, await talk.Desk.ReadAsync(db => db.Set<BotTurnLog>().CountAsync(Ct)));
    }

    [Fact]
    public async Task At_night_it_says_when_somebody_answers_and_takes_an_address()
    {
        await using var talk = await Talk.BeginAsync();
        talk.Desk.Clock.Advance(TimeSpan.FromHours(13));

        var turn = await talk.SayAsync("人工");

        Assert.Contains("现在不在", turn.Text, StringComparison.Ordinal);
        Assert.Contains("1月6日", turn.Text, StringComparison.Ordinal);
        Assert.Equal("email", Assert.Single(turn.Fields).Name);
    }

    [Fact]
    public async Task Somebody_who_sits_at_the_desk_at_night_is_there()
    {
        await using var talk = await Talk.BeginAsync();
        talk.Desk.Clock.Advance(TimeSpan.FromHours(13));
        talk.Desk.Get<OpenDesks>().Opened("a page");

        var turn = await talk.SayAsync("人工");

        Assert.DoesNotContain("现在不在", turn.Text, StringComparison.Ordinal);
        Assert.Empty(turn.Fields);
    }

    [Fact]
    public async Task What_the_widget_has_buttons_for_is_offered_in_words_elsewhere_only()
    {
        await using var talk = await Talk.BeginAsync();

        Assert.Empty((await talk.SayAsync("怎么开发票")).Choices);
        var elsewhere = await talk.Desk.Get<IBot>().AnswerAsync(new BotQuestion(Guid.CreateVersion7(), "怎么开发票", null, "api", [], null), Ct);
        Assert.Equal(2, elsewhere.Choices.Count);
    }

    [Fact]
    public async Task It_collects_what_an_article_says_a_person_will_need()
    {
        await using var talk = await Talk.BeginAsync();
        var number = await talk.Desk.PublishAsync("退款规则和怎么申请退款", "14 天内全额退。到账单页点申请退款。", questions: ["申请退款"]);
        await talk.Desk.Get<WriteArticle>().ArrangeAsync(talk.Desk.Founder, number, a => a.Asks = "order", Ct);

        var form = await talk.SayAsync("我要申请退款");
        Assert.Equal(BotTurnKind.AskForm, form.Kind);
        Assert.Equal("order", Assert.Single(form.Fields).Name);

        var handed = await talk.SayAsync("订单号: 20260105");
        Assert.Equal((BotTurnKind.HandOver, "form"), (handed.Kind, handed.Reason));
    }

    [Fact]
    public async Task Never_an_internal_article_and_never_one_that_it_may_not_quote()
    {
        await using var talk = await Talk.BeginAsync();
        await talk.Desk.PublishAsync("内部折扣上限是多少", "最多七折，别告诉客户。", state: ArticleState.Internal);
        var number = await talk.Desk.PublishAsync("机房地址在哪里", "上海某处。");
        await talk.Desk.Get<WriteArticle>().ArrangeAsync(talk.Desk.Founder, number, a => a.ForBot = false, Ct);

        Assert.DoesNotContain("七折", (await talk.SayAsync("内部折扣上限是多少")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("上海某处", (await talk.SayAsync("机房地址在哪里")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_turn_is_logged_with_what_it_looked_at()
    {
        await using var talk = await Talk.BeginAsync();
        await talk.SayAsync("怎么开发票");

        var logged = await talk.Desk.ReadAsync(db => db.Set<BotTurnLog>().SingleAsync(Ct));

        Assert.Equal(("怎么开发票", "answered"), (logged.Asked, logged.Reason));
        Assert.Equal("怎么开发票？", logged.Candidates[0].Title);
        Assert.Contains("怎么开发票", await Solodesk.Tests.Channels.Web.Forms.PageAsync(talk.Desk.Desk(), "/knowledge/bot"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switched_off_it_hands_everything_over()
    {
        await using var talk = await Talk.BeginAsync();
        await talk.Desk.Get<Settings>().SaveAsync(new BotSettings { On = false }, Ct);

        Assert.Equal(BotTurnKind.HandOver, (await talk.SayAsync("怎么开发票")).Kind);
    }

    private sealed class Talk(DeskApp desk) : IAsyncDisposable
    {
        private readonly Guid _id = Guid.CreateVersion7();
        private readonly List<BotExchange> _turns = [];

        public DeskApp Desk => desk;

        public static async Task<Talk> BeginAsync()
        {
            var desk = new DeskApp();
            await desk.StockAsync();
            return new Talk(desk);
        }

        public async Task<BotTurn> SayAsync(string text, string? language = null)
        {
            var turn = await desk.Get<IBot>().AnswerAsync(new BotQuestion(_id, text, language, "chat", [.. _turns], null), Ct);
            _turns.Add(new BotExchange(false, text, null));
            _turns.Add(new BotExchange(true, turn.Text, turn.Kind));
            return turn;
        }

        public ValueTask DisposeAsync() => desk.DisposeAsync();
    }
}
