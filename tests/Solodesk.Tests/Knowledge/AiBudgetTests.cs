using System.Net;
using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;
using Solodesk.Tests.Channels.Web;

namespace Solodesk.Tests.Knowledge;

public sealed class AiBudgetTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_budget_begins_anew_at_the_founders_midnight()
    {
        await using var service = await AiStage.StartAsync();
        await using var desk = new DeskApp();
        await service.UseAsync(desk, budget: 800);
        var ai = desk.Get<AiService>();

        // Nine in Shanghai. Thirty tokens are gone; the next call could cost more than what is left.
        Assert.NotNull(await ai.AskAsync("answer", "rules", "question", Ct));
        Assert.Equal((30, 770), (await desk.Get<AiLedger>().TodayAsync(Ct)) is var day ? (day.Spent, day.Left) : default);
        Assert.Equal(new DateTimeOffset(2026, 1, 4, 16, 0, 0, TimeSpan.Zero), day.Began);
        for (var i = 0; i < 3; i++)
        {
            await ai.AskAsync("answer", "rules", "question", Ct);
        }

        Assert.Equal(AiFault.Spent, (await ai.TellAsync(new("answer", "rules", "question"), Ct)).Fault);

        // A minute before midnight there it is still spent, after it is not, though 24 hours have not passed.
        desk.Clock.Advance(TimeSpan.FromHours(15) - TimeSpan.FromMinutes(1));
        Assert.Equal(AiFault.Spent, (await ai.TellAsync(new("answer", "rules", "question"), Ct)).Fault);
        desk.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull(await ai.AskAsync("answer", "rules", "question", Ct));
    }

    [Fact]
    public async Task Calls_side_by_side_cannot_spend_the_same_rest()
    {
        await using var service = await AiStage.StartAsync();
        service.Takes = TimeSpan.FromMilliseconds(300);
        await using var desk = new DeskApp();
        await service.UseAsync(desk, budget: 1500);

        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desk.Get<AiService>().TellAsync(new("answer", "rules", "question"), Ct)));

        Assert.Equal(2, told.Count(t => t.Text is not null));
        Assert.Equal(6, told.Count(t => t.Fault == AiFault.Spent));
        Assert.Equal(2, await desk.ReadAsync(db => db.Set<AiCall>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_call_whose_asker_left_is_in_the_book_all_the_same()
    {
        await using var service = await AiStage.StartAsync();
        service.Takes = TimeSpan.FromSeconds(5);
        await using var desk = new DeskApp();
        await service.UseAsync(desk);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        leaving.CancelAfter(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.Get<AiService>().AskAsync("answer", "rules", "question", leaving.Token));

        var call = await desk.ReadAsync(db => db.Set<AiCall>().SingleAsync(Ct));
        Assert.Equal(AiFault.Left, call.Failure);
        Assert.True(call.PromptTokens > 0);
    }

    [Fact]
    public async Task The_founder_sees_the_calls_and_what_is_left()
    {
        await using var service = await AiStage.StartAsync();
        await using var desk = new DeskApp();
        await service.UseAsync(desk, budget: 5000);
        await desk.Get<AiService>().AskAsync("answer", "rules", "电话 13800138000", Ct);
        service.Status = 401;
        await desk.Get<AiService>().AskAsync("draft", "rules", "question", Ct);

        var page = (await desk.Desk().PageAsync("/settings/ai")).Words();

        Assert.Contains("还剩 4,970 token", page, StringComparison.Ordinal);
        Assert.Contains("写回答 · 1 次，30 token", page, StringComparison.Ordinal);
        Assert.Contains("密钥不对", page, StringComparison.Ordinal);
        Assert.DoesNotContain("13800138000", page, StringComparison.Ordinal);
        Assert.Contains("4,970 tokens left", (await desk.Desk("en").PageAsync("/settings/ai")).Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, """{"error":{"message":"Incorrect API key: top-secret-key"}}""", "密钥不对")]
    [InlineData(404, "", "没有这样的服务")]
    [InlineData(429, "", "次数太多")]
    [InlineData(500, "", "对方出了故障")]
    [InlineData(200, "<html>Hello</html>", "不是 OpenAI 那样的格式")]
    public async Task A_test_says_in_words_what_is_wrong_and_saves_nothing(int status, string words, string said)
    {
        await using var service = await AiStage.StartAsync();
        (service.Status, service.Words) = (status, words);
        await using var desk = new DeskApp();
        foreach (var part in (string[])["write", "meaning"])
        {
            var browser = new FormBrowser(desk.Desk());
            await browser.OpenAsync("/settings/ai");
            await browser.PostAsync($"/settings/ai/{part}", ("address", service.Address), ("model", "m"), ("key", "top-secret-key"), ("budget", "1000"), ("do", "test"));

            Assert.Equal(HttpStatusCode.OK, browser.Status);
            Assert.Contains(said, browser.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("top-secret-key", browser.Text, StringComparison.Ordinal);
        }

        Assert.False((await desk.Get<Settings>().ReadAsync<AiSettings>(Ct)).IsOn);
    }

    [Fact]
    public async Task A_service_that_works_is_said_to_work_and_is_saved_with_its_key_sealed()
    {
        await using var service = await AiStage.StartAsync();
        await using var desk = new DeskApp();
        var browser = new FormBrowser(desk.Desk());
        await browser.OpenAsync("/settings/ai");
        (string, string)[] typed = [("address", service.Address), ("model", "m"), ("key", "top-secret-key"), ("budget", "1000"), ("prepares", "1")];
        await browser.PostAsync("/settings/ai/write", [.. typed, ("do", "test")]);
        Assert.Contains("能用", browser.Text, StringComparison.Ordinal);
        Assert.Equal("Bearer top-secret-key", service.Authorization);
        await browser.PostAsync("/settings/ai/meaning", [.. typed, ("do", "test")]);
        Assert.Contains("每段 2 个数", browser.Text, StringComparison.Ordinal);
        await browser.PostAsync("/settings/ai/write", typed);
        Assert.Equal("/settings/ai?saved=write#write", browser.To);

        var saved = await desk.Get<Settings>().ReadAsync<AiSettings>(Ct);
        Assert.True(saved is { IsOn: true, PreparesDrafts: true, TokensPerDay: 1000 });
        Assert.DoesNotContain("top-secret-key", saved.SealedKey, StringComparison.Ordinal);

        // Another address never gets the key that was given for this one.
        await browser.PostAsync("/settings/ai/write", ("address", "http://127.0.0.1:9/v1"), ("model", "m"), ("key", ""), ("budget", "1000"));
        Assert.Equal("", (await desk.Get<Settings>().ReadAsync<AiSettings>(Ct)).SealedKey);
        await browser.PostAsync("/settings/ai/write", ("address", "http://127.0.0.1:9/v1"), ("model", "m"), ("key", ""), ("budget", "1000"), ("do", "test"));
        Assert.Contains("连不上", browser.Text, StringComparison.Ordinal);
    }
}
