using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Ui;

namespace Solodesk.Knowledge.HelpCentre;

/// <summary>The pages that customers read. Everything comes from memory but the article's own text; every page knows when it changed.</summary>
internal sealed class HelpEndpoints : IEndpoints
{
    private const int MostHits = 12;
    private const int MostSuggested = 5;

    /// <summary>Surer than this, it may stand there without a common word.</summary>
    private const double WorthShowing = 0.05;

    // A new build may draw the same content differently.
    private static readonly string Build = typeof(HelpEndpoints).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/help", (HttpContext context) => Results.Redirect($"/help/{Tongue.Short(Viewer.LanguageOf(context))}")).AllowAnonymous().ExcludeFromDescription();
        var help = routes.MapGroup("/help/{lang:regex(^(zh|en)$)}").AllowAnonymous().ExcludeFromDescription();
        help.MapMethods("", Reads, HomeAsync);
        help.MapMethods("/topics/{slug}", Reads, TopicAsync);
        help.MapMethods("/articles/{address}", Reads, ArticleAsync);
        help.MapMethods("/search", Reads, SearchAsync);
        help.MapGet("/suggest", SuggestAsync);
    }

    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    private static async Task<IResult> HomeAsync(string lang, HttpContext context, AnswerIndex index, Settings settings, Popularity popularity, Phrases phrases, CancellationToken ct)
    {
        Speak(lang);
        var view = await ViewAsync(context, lang, index, settings, phrases, ct);
        if (Unchanged(context, index, view))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var cards = index.Public(view.Language).ToList();
        var topics = index.Topics.Where(t => t.ParentId is null).Select(t => (Topic: t, Count: Within(index, t, cards).Count())).Where(t => t.Count > 0).ToList();
        return Page<HelpHome>(view with { Title = view.Name, Description = phrases["help.description", view.Name], Data = HelpData.Site(view) }, new()
        {
            [nameof(HelpHome.Topics)] = topics,
            [nameof(HelpHome.Popular)] = await popularity.OfAsync(view.Language, 6, ct),
        });
    }

    private static async Task<IResult> TopicAsync(string lang, string slug, HttpContext context, AnswerIndex index, Settings settings, Phrases phrases, CancellationToken ct)
    {
        Speak(lang);
        var view = await ViewAsync(context, lang, index, settings, phrases, ct);
        if (index.Topics.FirstOrDefault(t => t.Slug == slug) is not { } topic)
        {
            return Missing(view, phrases);
        }

        if (Unchanged(context, index, view))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var cards = index.Public(view.Language).ToList();
        var above = Above(index, topic.ParentId);
        return Page<HelpTopic>(view with { Title = topic.Name(view.Language), Description = topic.Line(view.Language) ?? phrases["help.topic.description", topic.Name(view.Language), view.Name], Data = HelpData.Path(view, [.. above, topic], null) }, new()
        {
            [nameof(HelpTopic.Topic)] = topic,
            [nameof(HelpTopic.Above)] = above,
            [nameof(HelpTopic.Below)] = index.Topics.Where(t => t.ParentId == topic.Id).Select(t => (t, Within(index, t, cards).Count())).Where(t => t.Item2 > 0).ToList(),
            [nameof(HelpTopic.Cards)] = cards.Where(c => c.TopicId == topic.Id).OrderBy(c => c.Title, StringComparer.CurrentCulture).Take(500).ToList(),
        });
    }

    private static async Task<IResult> ArticleAsync(string lang, string address, HttpContext context, AnswerIndex index, Settings settings, IDbContextFactory<DeskDb> dbs,
        Readership readership, Phrases phrases, CancellationToken ct)
    {
        Speak(lang);
        var view = await ViewAsync(context, lang, index, settings, phrases, ct);
        var number = NumberOf(address);
        if (number is null || index.ByNumber(number.Value, view.Language) is not { } card)
        {
            return Missing(view, phrases);
        }

        var query = context.Request.Query["q"].ToString();
        if (card.Language == view.Language && context.Request.Path.Value != Uri.UnescapeDataString(card.Path))
        {
            return Results.Redirect(card.Path + context.Request.QueryString, permanent: true);
        }

        if (HttpMethods.IsGet(context.Request.Method))
        {
            readership.Viewed(card.ArticleId, card.Language);
        }

        var (step, feedback) = context.Request.Query["no"].ToString() is { Length: > 0 } no ? ("no", no) : (context.Request.Query.ContainsKey("thanks") ? "thanks" : "", "");
        if (step.Length == 0 && query.Length == 0 && Unchanged(context, index, view, card.PublishedAt))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        await using var db = await dbs.CreateDbContextAsync(ct);
        var body = await db.Set<ArticleText>().AsNoTracking().Where(t => t.ArticleId == card.ArticleId && t.Language == card.Language).Select(t => t.PublicBody).SingleOrDefaultAsync(ct);
        var page = ArticleMarkdown.ToPage(body ?? "", HelpView.Sprite, title => index.AddressOf(title, view.Language));
        var above = card.TopicId is { } topic ? Above(index, topic) : [];
        var other = index.Find(card.ArticleId, Tongue.Other(view.Language));
        var shown = view with
        {
            Title = card.Title,
            Description = card.Beginning,
            Path = card.Path,
            Other = other is { IsPublic: true } ? other.Path : $"/help/{Tongue.Short(Tongue.Other(view.Language))}/articles/{card.Number}",
            HasOther = other is { IsPublic: true },
            Hidden = card.Language != view.Language,
            Image = ArticleMarkdown.FirstImage(body ?? "") is { } image ? image.StartsWith('/') ? view.Root + image : image : null,
            IsArticle = true,
        };
        return Page<HelpArticle>(shown with { Data = HelpData.Of(shown, card, above) }, new()
        {
            [nameof(HelpArticle.Card)] = card,
            [nameof(HelpArticle.Page)] = page,
            [nameof(HelpArticle.Above)] = above,
            [nameof(HelpArticle.Near)] = Near(index, card, view.Language),
            [nameof(HelpArticle.Step)] = step,
            [nameof(HelpArticle.Feedback)] = feedback,
            [nameof(HelpArticle.Query)] = query,
        });
    }

    private static async Task<IResult> SearchAsync(string lang, string? q, HttpContext context, AnswerIndex index, Settings settings, AnswerQuestion answer, Readership readership,
        PublicLimits limits, Phrases phrases, CancellationToken ct)
    {
        Speak(lang);
        var view = await ViewAsync(context, lang, index, settings, phrases, ct);
        var query = Trim(q);
        if (query.Length == 0)
        {
            return Results.Redirect(view.Home);
        }

        var may = limits.MaySearch(context);
        IReadOnlyList<HelpHit> hits = may ? Hits(answer, query, view.Language, MostHits, await answer.MeaningAsync(query, ct)) : [];
        var threshold = (await settings.ReadAsync<AnswerSettings>(ct)).Threshold;
        if (may)
        {
            readership.Asked("help", query, view.Language, hits.Count > 0 ? new FoundArticle(hits[0].Card, null!, hits[0].Certainty) : null, hits.Count > 0 && hits[0].Certainty >= threshold * 0.6);
        }

        context.Response.Headers.CacheControl = "private, no-store";
        return Page<HelpResults>(view with { Title = phrases["help.search.title", query], Query = query, Hidden = true, Other = $"{view.Other}?q={Uri.EscapeDataString(query)}" },
            new() { [nameof(HelpResults.Hits)] = hits });
    }

    private static async Task<IResult> SuggestAsync(string lang, string? q, HttpContext context, AnswerQuestion answer, AnswerIndex index, PublicLimits limits, CancellationToken ct)
    {
        var language = Speak(lang);
        var query = Trim(q);
        await index.Ready.WaitAsync(ct);
        if (query.Length == 0 || !limits.MaySearch(context))
        {
            return Results.Content("", "text/html; charset=utf-8");
        }

        context.Response.Headers.CacheControl = "private, max-age=60";
        return new InLanguage(language, new RazorComponentResult<HelpSuggest>(new { Query = query, Language = language, Hits = Hits(answer, query, language, MostSuggested) }));
    }

    internal static IReadOnlyList<HelpHit> Hits(AnswerQuestion answer, string query, string language, int most, float[]? meaning = null)
        => [.. answer.Find(query, language, Audience.Public, most, meaning).Where(f => IsFound(f, query)).Take(most).Select(f => new HelpHit(f.Card, f.Certainty, answer.SnippetOf(f.Card, query)))];

    // The ranking orders whatever shares anything with the question, single characters too: what has not one whole word of it was not found.
    private static bool IsFound(FoundArticle found, string query)
        => found.Certainty >= WorthShowing || (found.Hit?.Matched ?? []).Any(word => word.Length >= Math.Min(2, query.Length));

    internal static long? NumberOf(string address)
        => long.TryParse(address.Split('-', 2)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The pages speak the language of their address, whoever looks.</summary>
    internal static string Speak(string lang)
    {
        var language = Tongue.Long(lang);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        return language;
    }

    internal static async Task<HelpView> ViewAsync(HttpContext context, string lang, AnswerIndex index, Settings settings, Phrases phrases, CancellationToken ct)
    {
        await index.Ready.WaitAsync(ct);
        var language = Speak(lang);
        var help = await settings.ReadAsync<HelpSettings>(ct);
        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var path = context.Request.Path.Value ?? "";
        return new HelpView(language, path, $"/help/{Tongue.Short(Tongue.Other(language))}{path[Math.Min(path.Length, 8)..]}", AnswerQuestion.Absolute(context.Request, business, help, ""), help, business)
        {
            Title = phrases["help.home"],
        };
    }

    /// <summary>Says when the page changed last, and whether the reader has it already.</summary>
    private static bool Unchanged(HttpContext context, AnswerIndex index, HelpView view, DateTimeOffset? at = null)
    {
        var settings = HashCode.Combine(view.Help.Brand, view.Name, view.Help.PrivacyUrl, view.Help.StatusUrl, view.Root);
        // Not HashCode's value across restarts: it is seeded by the process, which only makes a reader fetch once more.
        var tag = new EntityTagHeaderValue($"\"{Build}-{index.Revision:x}-{settings:x8}\"", isWeak: true);
        var changed = at ?? index.ChangedAt;
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.LastModified = changed;
        context.Response.Headers.CacheControl = "public, max-age=0, must-revalidate";
        var asked = context.Request.GetTypedHeaders();
        if (asked.IfNoneMatch is { Count: > 0 } tags)
        {
            return tags.Any(t => t.Compare(tag, useStrongComparison: false) || t.Equals(EntityTagHeaderValue.Any));
        }

        return asked.IfModifiedSince is { } since && changed.AddSeconds(-1) < since;
    }

    private static InLanguage Page<TPage>(HelpView view, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK) where TPage : IComponent
    {
        parameters["View"] = view;
        return new InLanguage(view.Language, new RazorComponentResult<TPage>(parameters) { StatusCode = status });
    }

    private static InLanguage Missing(HelpView view, Phrases phrases)
        => Page<HelpMissing>(view with { Title = phrases["help.missing"], Hidden = true, Path = view.Home }, [], StatusCodes.Status404NotFound);

    internal static IEnumerable<ArticleCard> Within(AnswerIndex index, Topic topic, List<ArticleCard> cards)
    {
        var ids = new HashSet<Guid> { topic.Id };
        while (index.Topics.Where(t => t.ParentId is { } p && ids.Contains(p) && ids.Add(t.Id)).ToList().Count > 0)
        {
        }

        return cards.Where(c => c.TopicId is { } id && ids.Contains(id));
    }

    private static List<Topic> Above(AnswerIndex index, Guid? id)
    {
        var path = new List<Topic>();
        while (id is not null && path.Count < 8 && index.Topics.FirstOrDefault(t => t.Id == id) is { } topic)
        {
            path.Insert(0, topic);
            id = topic.ParentId;
        }

        return path;
    }

    private static List<ArticleCard> Near(AnswerIndex index, ArticleCard card, string language)
        => [.. index.Search($"{card.Title} {string.Join(' ', card.Tags)}", card.Language, Audience.Public, 6).Where(f => f.Card.ArticleId != card.ArticleId).Take(4)
            .Select(f => index.Find(f.Card.ArticleId, language) is { IsPublic: true } own ? own : f.Card)];

    private static string Trim(string? query)
    {
        var words = string.Join(' ', (query ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length > 300 ? words[..300] : words;
    }

    /// <summary>Draws in the language of the address: what an awaited method says of its culture does not reach those who draw after it.</summary>
    private sealed class InLanguage(string language, IResult page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return page.ExecuteAsync(httpContext);
        }
    }
}
