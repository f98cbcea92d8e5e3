using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;
using Solodesk.Knowledge.Bot;

namespace Solodesk.Tests.Knowledge;

public sealed class AiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_are_written_from_the_same_sources_and_personal_data_never_leaves()
    {
        await using var service = await Service.StartAsync("开发票在账单页 [1]。");
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
        await using var service = await Service.StartAsync(said);
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

    private sealed class Service : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Service(WebApplication app) => _app = app;

        public string Asked { get; private set; } = "";

        public string Authorization { get; private set; } = "";

        public static async Task<Service> StartAsync(string says)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var service = new Service(app);
            app.MapPost("/v1/chat/completions", async (HttpContext context) =>
            {
                service.Authorization = context.Request.Headers.Authorization.ToString();
                var body = await JsonNode.ParseAsync(context.Request.Body);
                service.Asked = body!["messages"]![1]!["content"]!.GetValue<string>();
                return Results.Text(new JsonObject
                {
                    ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["content"] = says } }),
                    ["usage"] = new JsonObject { ["prompt_tokens"] = 20, ["completion_tokens"] = 10 },
                }.ToJsonString(), "application/json");
            });
            await app.StartAsync(Ct);
            return service;
        }

        public Task UseAsync(DeskApp desk, int budget = 200_000)
            => desk.Get<Settings>().SaveAsync(new AiSettings { Address = _app.Urls.First() + "/v1", Model = "m", TokensPerDay = budget, SealedKey = AiService.Seal(desk.Get<IDataProtectionProvider>(), "secret-key") }, Ct);

        public async ValueTask DisposeAsync() => await _app.DisposeAsync();
    }
}
