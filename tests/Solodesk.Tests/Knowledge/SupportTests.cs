using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;

namespace Solodesk.Tests.Knowledge;

public sealed class SupportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_is_answered_in_its_own_language_with_its_source()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();

        var chinese = await desk.SupportAsync("我的账户怎么登录？");
        Assert.Contains("选当初注册的方式登录", chinese["answer"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(chinese["handover"]!.GetValue<bool>());
        Assert.InRange(chinese["confidence"]!.GetValue<double>(), 0.5, 1);
        Assert.Equal("我的账户怎么登录？", chinese["sources"]![0]!["title"]!.GetValue<string>());
        Assert.StartsWith("http", chinese["sources"]![0]!["url"]!.GetValue<string>(), StringComparison.Ordinal);

        var english = await desk.SupportAsync("how can i export everything I wrote, all my notes");
        Assert.Contains("Settings → Export", english["answer"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    /// <summary>Among articles that share most of their words.</summary>
    [Theory]
    [InlineData("我的账户怎么登录")]
    [InlineData("怎么换登录邮箱")]
    [InlineData("我的账户怎么注销？")]
    [InlineData("how do I change my password?")]
    public async Task The_question_in_an_article_s_own_words_is_answered_with_it(string question)
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await desk.PublishAsync("我的账户怎么注销？", "“账户 → 注销”，三十天内可以反悔。");
        await desk.PublishAsync("怎么换登录邮箱？", "“账户 → 邮箱”，两边都要确认。");
        await desk.PublishAsync("我的账户在别的设备上登录了吗？", "“账户 → 设备”里看得到每一台。");
        await desk.PublishAsync("How do I change my name?", "Account → Profile.", "en");

        var answer = await desk.SupportAsync(question);

        Assert.InRange(answer["confidence"]!.GetValue<double>(), 0.9, 1);
        Assert.Equal(question.TrimEnd('？', '?'), answer["sources"]![0]!["title"]!.GetValue<string>().TrimEnd('？', '?'), ignoreCase: true);
        Assert.False(answer["handover"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("今天天气怎么样")]
    [InlineData("what is the capital of France")]
    [InlineData("火星上有没有生命")]
    public async Task What_no_article_answers_is_handed_over_honestly(string question)
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();

        var answer = await desk.SupportAsync(question);

        Assert.True(answer["handover"]!.GetValue<bool>());
        Assert.InRange(answer["confidence"]!.GetValue<double>(), 0, 0.5);
        // Nobody has heard of the question: the words say where to write, and promise nothing.
        Assert.EndsWith("http://localhost/contact", answer["answer"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("转人工")]
    [InlineData("I want to talk to a human")]
    [InlineData("我要投诉你们")]
    public async Task Who_asks_for_a_person_gets_one(string question)
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();

        var answer = await desk.SupportAsync(question);

        Assert.True(answer["handover"]!.GetValue<bool>());
        Assert.EndsWith("http://localhost/contact", answer["answer"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_published_answers_the_next_question()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await desk.PublishAsync("海外可以寄送吗？", "可以，顺丰国际，七天左右。", questions: ["能寄到国外吗"]);

        var answer = await desk.SupportAsync("能寄到国外吗");

        Assert.Contains("顺丰国际", answer["answer"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("{\"question\":\"  \"}", 422)]
    [InlineData("{\"question\":5}", 400)]
    [InlineData("[", 400)]
    [InlineData("null", 400)]
    [InlineData("", 400)]
    public async Task Bad_input_is_told_why(string body, int status)
    {
        await using var desk = new DeskApp();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await desk.Visitor().PostAsync(new Uri("/support", UriKind.Relative), content, Ct);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["title"]!.GetValue<string>();
        Assert.NotEmpty(said);
        Assert.DoesNotContain("{{", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_is_too_long_or_not_JSON_is_refused()
    {
        await using var desk = new DeskApp();
        var visitor = desk.Visitor();
        using var words = new StringContent("question=x", Encoding.UTF8, "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.PostAsJsonAsync("/support", new { question = new string('长', 2001) }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await visitor.PostAsJsonAsync("/support", new { question = new string('x', 40_000) }, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/support", words, Ct)).StatusCode);
    }

    [Fact]
    public async Task Who_asks_too_often_waits()
    {
        await using var desk = new DeskApp();
        await desk.Get<Settings>().SaveAsync(new AnswerSettings { PerMinute = 3 }, Ct);
        var visitor = desk.Visitor();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await visitor.PostAsJsonAsync("/support", new { question = "发票" }, Ct);
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.Equal(3, statuses.Count(s => s == HttpStatusCode.OK));
    }

    [Fact]
    public async Task Only_the_sites_on_the_list_may_call_from_a_browser()
    {
        await using var desk = new DeskApp();
        await desk.Get<Settings>().SaveAsync(new AnswerSettings { Origins = "https://shop.example" }, Ct);

        Assert.Equal("https://shop.example", await AllowedAsync(desk, "https://shop.example"));
        Assert.Null(await AllowedAsync(desk, "https://evil.example"));
    }

    private static async Task<string?> AllowedAsync(DeskApp desk, string origin)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Options, new Uri("/support", UriKind.Relative));
        ask.Headers.Add("Origin", origin);
        ask.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await desk.Visitor().SendAsync(ask, Ct);
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
    }
}
