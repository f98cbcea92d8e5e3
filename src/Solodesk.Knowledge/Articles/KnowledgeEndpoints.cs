using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles.Pages;
using Solodesk.Knowledge.Digest;
using Solodesk.Tickets;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Knowledge.Articles;

/// <summary>What the pages of the knowledge base post.</summary>
internal sealed class KnowledgeEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var knowledge = routes.MapGroup("/knowledge").ExcludeFromDescription();
        knowledge.MapPost("/new", BeginAsync);
        knowledge.MapPost("/{number:long}/save", SaveAsync);
        knowledge.MapPost("/{number:long}/autosave", AutosaveAsync);
        knowledge.MapPost("/{number:long}/arrange", ArrangeAsync);
        knowledge.MapPost("/{number:long}/restore", RestoreAsync);
        knowledge.MapPost("/{number:long}/image", ImageAsync);
        knowledge.MapPost("/feedback/{id:guid}/handled", HandledAsync);
        knowledge.MapPost("/{number:long}/translate", TranslateAsync);
        knowledge.MapPost("/{number:long}/summarize", SummarizeAsync);
    }

    private static async Task<IResult> BeginAsync([FromForm] IFormCollection form, HttpContext context, WriteArticle write, Settings settings, CancellationToken ct)
    {
        var language = form["language"].ToString() is { Length: > 0 } chosen ? Phrases.Known(chosen) : (await settings.ReadAsync<BusinessSettings>(ct)).Language;
        var kind = Enum.TryParse<ArticleKind>(form["kind"], out var k) && Enum.IsDefined(k) ? k : ArticleKind.Faq;
        var begun = await write.BeginAsync(context.User.ToActor(), new(language, kind) { Title = form["title"].ToString(), Body = form["body"].ToString() }, ct);
        return begun.Ok ? Results.LocalRedirect($"/knowledge/{begun.Value}") : Results.LocalRedirect("/denied");
    }

    private static async Task<IResult> SaveAsync(long number, [FromForm] IFormCollection form, HttpContext context, WriteArticle write, PublishArticle publish, KeepUpload keep,
        IDbContextFactory<DeskDb> dbs, Settings settings, CancellationToken ct)
    {
        var actor = context.User.ToActor();
        var words = WordsOf(number, form);
        if (form.Files.FirstOrDefault(f => f.Name == "image" && f.Length > 0) is { } image)
        {
            var kept = await KeepImageAsync(number, image, actor, keep, dbs, ct);
            if (!kept.Ok)
            {
                return Refuse(number, form, kept.Problem);
            }

            words = words with { Body = $"{words.Body.TrimEnd()}\n\n{kept.Value}\n" };
        }

        var saved = await write.SaveAsync(actor, words, ct);
        if (!saved.Ok)
        {
            return Refuse(number, form, saved.Problem);
        }

        if (saved.Value.KeptAs is { } beside)
        {
            return Results.LocalRedirect($"/knowledge/{number}?text={Tongue.Short(words.Language)}&kept={beside}");
        }

        if (form["do"] == "publish")
        {
            var zone = (await settings.ReadAsync<BusinessSettings>(ct)).Hours.Zone;
            var at = DateTime.TryParse(form["at"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
                ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local)).ToUniversalTime() : (DateTimeOffset?)null;
            var published = await publish.RunAsync(actor, new(number, words.Language, form["for"] == "internal" ? ArticleState.Internal : ArticleState.Public, at, form["note"].ToString()), ct);
            if (!published.Ok)
            {
                return Refuse(number, form, published.Problem);
            }
        }

        return Results.LocalRedirect($"/knowledge/{number}?text={Tongue.Short(words.Language)}{(form["do"] == "publish" ? "&done=published" : "")}");
    }

    /// <summary>Saves while somebody writes, and gives back how it will look.</summary>
    private static async Task<IResult> AutosaveAsync(long number, [FromForm] IFormCollection form, HttpContext context, WriteArticle write, AnswerIndex index, Phrases phrases, CancellationToken ct)
    {
        var words = WordsOf(number, form);
        var saved = await write.SaveAsync(context.User.ToActor(), words, ct);
        var html = ArticleMarkdown.ToPage(words.Body, "/_content/Solodesk/icons.svg", title => index.AddressOf(title, words.Language)).Html;
        return saved.Ok
            ? Results.Json(new { mark = saved.Value.Mark, keptAs = saved.Value.KeptAs, html, said = saved.Value.KeptAs is { } beside ? phrases["knowledge.kept_beside", beside] : phrases["knowledge.saved_now"] })
            : Results.Json(new { mark = "", keptAs = (int?)null, html, said = phrases.Of(saved.Problem) }, statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ArrangeAsync(long number, [FromForm] IFormCollection form, HttpContext context, WriteArticle write, TimeProvider clock, CancellationToken ct)
    {
        var arranged = await write.ArrangeAsync(context.User.ToActor(), number, article => Arrange(article, form, clock.GetUtcNow()), ct);
        return arranged.Ok ? Results.LocalRedirect($"/knowledge/{number}?text={Word(form)}") : Refuse(number, form, arranged.Problem);
    }

    private static void Arrange(Article article, IFormCollection form, DateTimeOffset now)
    {
        if (form["do"].ToString() is "archive" or "unarchive" or "hide")
        {
            article.State = form["do"] == "archive" ? ArticleState.Archived : ArticleState.Draft;
            return;
        }

        if (form.ContainsKey("topic"))
        {
            article.TopicId = Guid.TryParse(form["topic"], out var topic) ? topic : null;
        }

        if (form.ContainsKey("owner"))
        {
            article.OwnerId = Guid.TryParse(form["owner"], out var owner) ? owner : null;
        }

        article.Kind = Enum.TryParse<ArticleKind>(form["kind"], out var kind) && Enum.IsDefined(kind) ? kind : article.Kind;
        article.Tags = [.. form["tags"].ToString().Split([',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(t => t.Length > 60 ? t[..60] : t).Distinct().Take(20)];
        article.ForBot = form.ContainsKey("bot");
        article.Asks = form["asks"].ToString() is "order" or "email" or "device" ? form["asks"].ToString() : "";
        var review = int.TryParse(form["review"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 3650 ? days : (int?)null;
        if (review != article.ReviewDays || form["do"] == "reviewed")
        {
            article.ReviewDays = review;
            article.ReviewAt = review is { } every ? now.AddDays(every) : null;
        }

        // From internal to public and back only where something can be read already.
        if (article.State is ArticleState.Public or ArticleState.Internal && form["for"].ToString() is "internal" or "public")
        {
            article.State = form["for"] == "internal" ? ArticleState.Internal : ArticleState.Public;
        }
    }

    private static async Task<IResult> RestoreAsync(long number, [FromForm] IFormCollection form, HttpContext context, WriteArticle write, CancellationToken ct)
    {
        var language = Tongue.Long(Word(form));
        var restored = int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? await write.RestoreAsync(context.User.ToActor(), number, language, version, ct) : Problem.NotFound("article");
        return restored.Ok ? Results.LocalRedirect($"/knowledge/{number}?text={Tongue.Short(language)}&done=restored") : Refuse(number, form, restored.Problem);
    }

    private static async Task<IResult> ImageAsync(long number, IFormFile image, HttpContext context, KeepUpload keep, IDbContextFactory<DeskDb> dbs, Phrases phrases, CancellationToken ct)
    {
        var kept = await KeepImageAsync(number, image, context.User.ToActor(), keep, dbs, ct);
        return kept.Ok ? Results.Json(new { markdown = kept.Value }) : Results.Json(new { said = phrases.Of(kept.Problem) }, statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<Result<string>> KeepImageAsync(long number, IFormFile image, Actor actor, KeepUpload keep, IDbContextFactory<DeskDb> dbs, CancellationToken ct)
    {
        if (image.ContentType is not ("image/png" or "image/jpeg" or "image/gif" or "image/webp"))
        {
            return new Problem("article.image_kind") { Field = "image" };
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        if (await db.Set<Article>().Where(a => a.Number == number).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(ct) is not { } article)
        {
            return Problem.NotFound("article");
        }

        var kept = await keep.RunAsync(actor, image, ct);
        if (!kept.Ok)
        {
            return kept.Problem;
        }

        // Held by the article, an image is not swept as a file that was never sent.
        await db.Set<Attachment>().Where(a => a.Id == kept.Value.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.HolderId, article), ct);
        return $"![{kept.Value.Name.Replace(']', ' ').Replace('[', ' ')}](/files/{kept.Value.Token}/{Uri.EscapeDataString(kept.Value.Name)})";
    }

    private static async Task<IResult> HandledAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, DeskWriter writer, CancellationToken ct)
    {
        if (!context.User.ToActor().CanWork)
        {
            return Results.LocalRedirect("/denied");
        }

        await writer.RunAsync<Done>(async db =>
        {
            if (await db.Set<ArticleFeedback>().SingleOrDefaultAsync(f => f.Id == id, ct) is { } feedback)
            {
                feedback.Handled = true;
            }

            return Done.It;
        }, ct);
        return Results.LocalRedirect(form["back"].ToString() is { Length: > 0 } back && back.StartsWith("/knowledge", StringComparison.Ordinal) ? back : "/knowledge");
    }

    private static async Task<IResult> TranslateAsync(long number, [FromForm] IFormCollection form, HttpContext context, TranslateArticle translate, CancellationToken ct)
    {
        var language = Tongue.Long(Word(form));
        var said = await translate.RunAsync(context.User.ToActor(), number, language, ct);
        return Results.LocalRedirect($"/knowledge/{number}?text={Tongue.Short(language)}{(said is { Ok: true, Value.Length: > 0 } ? $"&done={said.Value}" : "")}");
    }

    // What was typed is kept first: it is what is summed up.
    private static async Task<IResult> SummarizeAsync(long number, [FromForm] IFormCollection form, HttpContext context, WriteArticle write, SummarizeArticle summarize, CancellationToken ct)
    {
        var words = WordsOf(number, form);
        var saved = await write.SaveAsync(context.User.ToActor(), words, ct);
        if (!saved.Ok)
        {
            return Refuse(number, form, saved.Problem);
        }

        if (saved.Value.KeptAs is { } beside)
        {
            return Results.LocalRedirect($"/knowledge/{number}?text={Tongue.Short(words.Language)}&kept={beside}");
        }

        var said = await summarize.RunAsync(context.User.ToActor(), number, words.Language, ct);
        return Results.LocalRedirect($"/knowledge/{number}?text={Tongue.Short(words.Language)}&done={(said is { Ok: true, Value.Length: > 0 } ? said.Value : "summed")}");
    }

    private static string Word(IFormCollection form) => form["text"] == "en" ? "en" : "zh";

    private static WriteArticle.Words WordsOf(long number, IFormCollection form)
        => new(number, Tongue.Long(Word(form)), form["title"].ToString(), form["body"].ToString(), form["seen"].ToString() is { Length: > 0 } seen ? seen : null)
        {
            Questions = form.ContainsKey("questions") ? form["questions"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : null,
            Summary = form.ContainsKey("summary") ? form["summary"].ToString() : null,
        };

    private static IResult Refuse(long number, IFormCollection form, Problem problem)
    {
        var parameters = new Typed(form, problem).AsParameters();
        parameters[nameof(KnowledgePage.Number)] = number;
        parameters[nameof(KnowledgePage.RefusedText)] = Word(form);
        return PageResult.Of<KnowledgePage>(parameters, StatusCodes.Status422UnprocessableEntity);
    }
}
