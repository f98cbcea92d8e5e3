using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Tests.Knowledge;

/// <summary>Short ways of putting articles up and asking.</summary>
internal static class Shelf
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<long> PublishAsync(this DeskApp desk, string title, string body, string language = "zh-Hans", ArticleKind kind = ArticleKind.Faq, ArticleState state = ArticleState.Public, params string[] questions)
    {
        var begun = await desk.Get<WriteArticle>().BeginAsync(desk.Founder, new(language, kind) { Title = title, Body = body, Questions = questions }, Ct);
        await desk.ShowAsync(begun.Value, language, state);
        return begun.Value;
    }

    public static async Task ShowAsync(this DeskApp desk, long number, string language, ArticleState state = ArticleState.Public)
    {
        var published = await desk.Get<PublishArticle>().RunAsync(desk.Founder, new(number, language, state), Ct);
        Assert.True(published.Ok, published.Problem?.Code);
    }

    public static async Task WriteAsync(this DeskApp desk, long number, string language, string title, string body)
        => Assert.True((await desk.Get<WriteArticle>().SaveAsync(desk.Founder, new(number, language, title, body, null), Ct)).Ok);

    public static async Task<JsonNode> SupportAsync(this DeskApp desk, string question)
    {
        using var answer = await desk.Visitor().PostAsJsonAsync(new Uri("/support", UriKind.Relative), new { question }, Ct);
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;
    }

    /// <summary>A few everyday articles, so that words are rare enough to tell one from another.</summary>
    public static async Task StockAsync(this DeskApp desk)
    {
        await desk.Get<AnswerIndex>().Ready;
        await desk.PublishAsync("我的账户怎么登录？", "打开 Driftnote，选当初注册的方式登录：邮箱、微信或 Apple。", questions: ["登录不上", "怎么登录"]);
        await desk.PublishAsync("怎么开发票？", "“账户 → 账单 → 开发票”，填抬头和税号，几分钟发到邮箱。", questions: ["申请发票"]);
        await desk.PublishAsync("退款多久到账？", "支付宝、微信一般当天，银行卡 1 到 3 个工作日。", questions: ["退款时间"]);
        await desk.PublishAsync("怎么导出全部笔记？", "“设置 → 导出 → 全部”，会生成一个 zip。", questions: ["备份笔记"]);
        await desk.PublishAsync("How do I export all notes?", "Settings → Export → Everything gives a zip.", "en", questions: ["backup my notes"]);
        await desk.PublishAsync("How do I change my password?", "Account → Security → Change password.", "en", questions: ["reset password"]);
        await desk.PublishAsync("Where can I see my invoice?", "Account → Billing shows every invoice as a PDF.", "en", questions: ["download invoice"]);
    }
}
