using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;

namespace Solodesk.Tests.Knowledge;

public sealed class AiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_are_written_from_the_same_sources_and_personal_data_never_leaves()
    {
        await using var service = await AiStage.StartAsync("开发票在账单页 [1]。");
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await service.UseAsync(desk);

        var answer = await desk.SupportAsync("怎么开发票？");
        Assert.Equal("开发票在账单页 [1]。", answer["answer"]!.GetValue<string>());
        Assert.Equal("Bearer secret-key", service.Authorization);
        Assert.Contains("填抬头和税号", service.Asked, StringComparison.Ordinal);

        await desk.Get<AiService>().AskAsync("answer", "rules", "我的邮箱是 lin@example.com，电话 138 0013 8000，价格 128 元", Ct);
        Assert.DoesNotContain("lin@example.com", service.Asked, StringComparison.Ordinal);
        Assert.DoesNotContain("0013", service.Asked, StringComparison.Ordinal);
        Assert.Contains("128 元", service.Asked, StringComparison.Ordinal);
        var call = await desk.ReadAsync(db => db.Set<AiCall>().OrderByDescending(c => c.Masked).FirstAsync(Ct));
        Assert.Equal(("answer", 30, 2, ""), (call.Purpose, call.PromptTokens + call.AnswerTokens, call.Masked, call.Failure));
    }

    [Theory]
    [InlineData("NONE", 200_000)]
    [InlineData("An answer that cites nothing", 200_000)]
    [InlineData("好 [1]", 0)]
    public async Task What_is_not_from_the_sources_or_over_budget_falls_back_to_the_articles_words(string said, int budget)
    {
        await using var service = await AiStage.StartAsync(said);
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await service.UseAsync(desk, budget);

        Assert.Contains("填抬头和税号", (await desk.SupportAsync("怎么开发票？"))["answer"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_away_is_logged_and_missed_by_nobody()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await desk.Get<Settings>().SaveAsync(new AiSettings { Address = "http://127.0.0.1:9", Model = "m" }, Ct);

        Assert.Contains("填抬头和税号", (await desk.SupportAsync("怎么开发票？"))["answer"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.NotEmpty(await desk.ReadAsync(db => db.Set<AiCall>().Select(c => c.Failure).SingleAsync(Ct)));
    }
}
