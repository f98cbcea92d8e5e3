using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;
using Solodesk.Knowledge.Meaning;

namespace Solodesk.Tests.Knowledge;

/// <summary>A service on this machine that speaks like OpenAI's, and remembers what it was asked.</summary>
internal sealed class AiStage : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AiStage(WebApplication app) => _app = app;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What it says to what it is asked.</summary>
    public Func<string, string> Says { get; set; } = _ => "OK";

    /// <summary>What it makes of a text.</summary>
    public Func<string, float[]> Means { get; set; } = _ => [1, 0];

    public int Status { get; set; } = 200;

    public TimeSpan Takes { get; set; }

    /// <summary>What it says when it refuses, or instead of JSON.</summary>
    public string Words { get; set; } = "";

    public string Finish { get; set; } = "stop";

    public ConcurrentQueue<string> All { get; } = new();

    public ConcurrentQueue<string> Embedded { get; } = new();

    public string Asked => All.LastOrDefault() ?? "";

    public string Rules { get; private set; } = "";

    public string Authorization { get; private set; } = "";

    public string Address => _app.Urls.First() + "/v1";

    public static async Task<AiStage> StartAsync(string says = "OK")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stage = new AiStage(app) { Says = _ => says };
        app.MapPost("/v1/chat/completions", (Delegate)stage.ChatAsync);
        app.MapPost("/v1/embeddings", (Delegate)stage.EmbedAsync);
        await app.StartAsync(Ct);
        return stage;
    }

    public Task UseAsync(DeskApp desk, int budget = 200_000, bool prepares = false)
        => desk.Get<Settings>().SaveAsync(new AiSettings { Address = Address, Model = "m", TokensPerDay = budget, PreparesDrafts = prepares, SealedKey = AiService.Seal(desk.Get<IDataProtectionProvider>(), "secret-key") }, Ct);

    public Task UseMeaningAsync(DeskApp desk, string model = "e1") => desk.Get<Settings>().SaveAsync(new MeaningSettings { Address = Address, Model = model }, Ct);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> ChatAsync(HttpContext context)
    {
        Authorization = context.Request.Headers.Authorization.ToString();
        var body = await JsonNode.ParseAsync(context.Request.Body);
        Rules = body!["messages"]![0]!["content"]!.GetValue<string>();
        All.Enqueue(body["messages"]![1]!["content"]!.GetValue<string>());
        return await AnswerAsync(context, () => new JsonObject
        {
            ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["content"] = Says(Asked) }, ["finish_reason"] = Finish }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 20, ["completion_tokens"] = 10 },
        });
    }

    private async Task<IResult> EmbedAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body);
        var texts = body!["input"]!.AsArray().Select(t => t!.GetValue<string>()).ToList();
        texts.ForEach(Embedded.Enqueue);
        return await AnswerAsync(context, () => new JsonObject
        {
            // In another order than asked, as the format allows.
            ["data"] = new JsonArray([.. texts.Select((t, i) => (JsonNode)new JsonObject { ["index"] = i, ["embedding"] = new JsonArray([.. Means(t).Select(n => (JsonNode)JsonValue.Create(n))]) }).Reverse()]),
            ["usage"] = new JsonObject { ["prompt_tokens"] = texts.Count },
        });
    }

    private async Task<IResult> AnswerAsync(HttpContext context, Func<JsonObject> answer)
    {
        if (Takes > TimeSpan.Zero)
        {
            await Task.Delay(Takes, TimeProvider.System, context.RequestAborted);
        }

        return Status != 200 || Words.Length > 0 ? Results.Text(Words, "text/html", statusCode: Status) : Results.Text(answer().ToJsonString(), "application/json");
    }
}
