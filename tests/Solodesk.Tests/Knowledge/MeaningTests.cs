using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Knowledge.Ai;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Meaning;

namespace Solodesk.Tests.Knowledge;

public sealed class MeaningTests
{
    private const string Question = "paperwork for my bookkeeper";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_question_without_a_shared_word_finds_its_article_by_meaning()
    {
        await using var service = await AiStage.StartAsync();
        service.Means = Meaning;
        await using var desk = new DeskApp();
        await desk.StockAsync();
        Assert.True((await desk.SupportAsync(Question))["handover"]!.GetValue<bool>());
        Assert.All(desk.Get<AnswerIndex>().Search(Question, "en", Audience.Public, 3), f => Assert.InRange(f.Certainty, 0, 0.2));

        await service.UseMeaningAsync(desk);
        Assert.True(await desk.Get<Embedder>().RunAsync(Ct));
        var answer = await desk.SupportAsync(Question);

        Assert.False(answer["handover"]!.GetValue<bool>());
        Assert.Equal("Where can I see my invoice?", answer["sources"]![0]!["title"]!.GetValue<string>());
        Assert.InRange(answer["confidence"]!.GetValue<double>(), 0.5, 0.8);
        // What means nothing of it all is still not known.
        Assert.True((await desk.SupportAsync("is there life on Mars"))["handover"]!.GetValue<bool>());
    }

    [Fact]
    public async Task What_was_computed_is_paid_once_and_again_only_for_another_model_or_text()
    {
        await using var service = await AiStage.StartAsync();
        service.Means = Meaning;
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await service.UseMeaningAsync(desk);
        await desk.Get<Embedder>().RunAsync(Ct);
        Assert.Equal(7, service.Embedded.Count);

        // As after a restart: nothing in memory, everything in the database.
        desk.Get<MeaningIndex>().Clear();
        await desk.Get<Embedder>().RunAsync(Ct);
        Assert.Equal((7, 7), (service.Embedded.Count, desk.Get<MeaningIndex>().Count));

        await desk.PublishAsync("怎么换头像？", "点自己的头像。");
        await desk.Get<Embedder>().RunAsync(Ct);
        Assert.Equal((8, 8), (service.Embedded.Count, desk.Get<MeaningIndex>().Count));

        await service.UseMeaningAsync(desk, "e2");
        await desk.Get<Embedder>().RunAsync(Ct);
        Assert.Equal((16, 8), (service.Embedded.Count, desk.Get<MeaningIndex>().Count));
        Assert.Equal(8, await desk.ReadAsync(db => db.Set<ArticleVector>().CountAsync(Ct)));
        await desk.Get<Settings>().SaveAsync(new MeaningSettings(), Ct);
        await desk.Get<Embedder>().RunAsync(Ct);
        Assert.True(desk.Get<MeaningIndex>().IsEmpty);
    }

    [Fact]
    public async Task What_is_published_is_embedded_in_the_background()
    {
        await using var service = await AiStage.StartAsync();
        service.Means = Meaning;
        await using var desk = new DeskApp();
        await service.UseMeaningAsync(desk);
        await desk.StockAsync();

        for (var i = 0; i < 100 && desk.Get<MeaningIndex>().Count < 7; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Ct);
        }

        Assert.Equal(7, desk.Get<MeaningIndex>().Count);
        Assert.True(await desk.ReadAsync(db => db.Set<AiCall>().AnyAsync(c => c.Purpose == "articles" && c.Failure == "", Ct)));
    }

    [Fact]
    public async Task A_service_that_is_slow_is_waited_for_briefly_and_then_left_alone()
    {
        await using var service = await AiStage.StartAsync();
        service.Means = Meaning;
        await using var desk = new DeskApp();
        await desk.StockAsync();
        await service.UseMeaningAsync(desk);
        await desk.Get<Embedder>().RunAsync(Ct);
        service.Takes = TimeSpan.FromSeconds(30);

        var began = Stopwatch.StartNew();
        Assert.Null(await desk.Get<QuestionMeaning>().OfAsync("how do I change my password", Ct));
        Assert.InRange(began.ElapsedMilliseconds, 250, 3000);
        began.Restart();
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(await desk.Get<QuestionMeaning>().OfAsync($"how do I change my password {i}", Ct));
        }

        Assert.True(began.ElapsedMilliseconds < 250, $"{began.ElapsedMilliseconds} ms");
        Assert.False((await desk.SupportAsync("How do I change my password?"))["handover"]!.GetValue<bool>());

        // Half a minute later it is asked again.
        service.Takes = TimeSpan.Zero;
        desk.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.NotNull(await desk.Get<QuestionMeaning>().OfAsync("how do I change my password", Ct));
        await desk.Get<AiLedger>().FlushAsync(Ct);
        Assert.Equal([AiFault.Slow, ""], await desk.ReadAsync(db => db.Set<AiCall>().Where(c => c.Purpose == "question").OrderBy(c => c.At).Select(c => c.Failure).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Without_budget_or_without_anybody_there_the_words_find_as_before()
    {
        await using var desk = new DeskApp();
        await desk.StockAsync();
        var before = (await desk.SupportAsync("How do I change my password?")).ToJsonString();
        await desk.Get<Settings>().SaveAsync(new MeaningSettings { Address = "http://127.0.0.1:9/v1", Model = "e" }, Ct);

        Assert.False(await desk.Get<Embedder>().RunAsync(Ct));
        Assert.Equal(before, (await desk.SupportAsync("How do I change my password?")).ToJsonString());

        await using var service = await AiStage.StartAsync();
        await service.UseMeaningAsync(desk);
        await desk.Get<Settings>().SaveAsync(new AiSettings { TokensPerDay = 0 }, Ct);
        Assert.False(await desk.Get<Embedder>().RunAsync(Ct));
        Assert.Empty(service.Embedded);
    }

    [Fact]
    public void How_near_something_is_is_measured_against_the_others()
    {
        // A model for which everything is alike, and one for which nothing is: the same question finds the same article.
        foreach (var ground in (float[])[0.3f, 3f])
        {
            using var index = new MeaningIndex();
            float[] Vector(int axis) => MeaningIndex.Unit([ground, .. Enumerable.Range(0, 6).Select(i => i == axis ? 1f : 0f)])!;
            index.Replace(Enumerable.Range(0, 6).Select(i => KeyValuePair.Create($"a{i}", new[] { Vector(i) })));

            var near = index.Near(Vector(2), ["a0", "a1", "a2", "a3", "a4", "a5"]);

            Assert.InRange(near["a2"], 0.7, 0.8);
            Assert.All(near.Where(n => n.Key != "a2"), n => Assert.InRange(n.Value, 0, 0.1));
            Assert.Empty(index.Near([1, 0], ["a0"]));
        }
    }

    // Three subjects and a common ground, as a model would see them.
    private static float[] Meaning(string text)
    {
        bool Has(params string[] words) => words.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase));
        return [0.5f, Has("invoice", "bookkeeper", "发票") ? 1 : 0, Has("password") ? 1 : 0, Has("export") ? 1 : 0, Has("Mars") ? 1 : 0, Has("登录") ? 1 : 0, Has("退款") ? 1 : 0, Has("导出") ? 1 : 0];
    }
}
