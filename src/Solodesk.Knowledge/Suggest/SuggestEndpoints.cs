using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.HelpCentre;

namespace Solodesk.Knowledge.Suggest;

/// <summary>Suggestions while somebody writes: customers in the contact form, the founder in the composer; and what became of them.</summary>
internal sealed class SuggestEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        // A look-up, open like the help centre; it changes nothing, so it needs no token of the form.
        routes.MapPost("/contact/answers", AnswersAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        var knowledge = routes.MapGroup("/knowledge").ExcludeFromDescription();
        knowledge.MapGet("/pick", PickAsync);
        knowledge.MapPost("/used", UsedAsync);
        knowledge.MapPost("/from-ticket/{number:long}", DraftAsync);
    }

    private static async Task<IResult> AnswersAsync(HttpContext context, AnswerQuestion answers, AnswerIndex index, PublicLimits limits, CancellationToken ct)
    {
        if (!context.Request.HasFormContentType || !limits.MaySearch(context) || !index.Ready.IsCompleted)
        {
            return Results.Content("", "text/html; charset=utf-8");
        }

        var form = await context.Request.ReadFormAsync(ct);
        var (subject, message) = (form["subject"].ToString(), form["message"].ToString());
        if (subject.Length + message.Length is < 4 or > 20_000)
        {
            return Results.Content("", "text/html; charset=utf-8");
        }

        var language = AnswerIndex.LanguageOf($"{subject} {message}", CultureInfo.CurrentUICulture.Name);
        return new RazorComponentResult<ContactHits>(new { Hits = Suggestions.For(answers, subject, message, language, 3, Audience.Public) });
    }

    /// <summary>Articles for the composer's <c>#</c>.</summary>
    private static async Task<IResult> PickAsync(string? q, HttpContext context, AnswerQuestion answers, AnswerIndex index, Settings settings, CancellationToken ct)
    {
        await index.Ready.WaitAsync(ct);
        var query = (q ?? "").Trim();
        var language = query.Length == 0 ? CultureInfo.CurrentUICulture.Name : AnswerIndex.LanguageOf(query, CultureInfo.CurrentUICulture.Name);
        var cards = query.Length == 0
            ? index.Public(language).OrderByDescending(c => c.PublishedAt).Take(6)
            : answers.Find(query, language, Audience.Desk, 6).Select(f => f.Card).Concat(Tongue.All.SelectMany(index.Public).Where(c => c.Title.Contains(query, StringComparison.OrdinalIgnoreCase))).DistinctBy(c => c.Key).Take(6);
        var root = AnswerQuestion.Absolute(context.Request, await settings.ReadAsync<BusinessSettings>(ct), await settings.ReadAsync<HelpSettings>(ct), "");
        return Results.Json(cards.Select(c => new { id = c.ArticleId, title = c.Title, text = AnswerText.Of(c, query, index.Synonyms), link = c.IsPublic ? $"[{c.Title}]({root}{c.Path})" : null }));
    }

    private static async Task<IResult> UsedAsync([FromForm] IFormCollection form, HttpContext context, UseArticle use, CancellationToken ct)
    {
        var done = long.TryParse(form["ticket"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Guid.TryParse(form["article"], out var article)
            && Enum.TryParse<ArticleUseKind>(form["how"], out var how) && how is ArticleUseKind.Inserted or ArticleUseKind.Linked
            ? await use.RunAsync(context.User.ToActor(), number, article, how, ct) : Problem.NotFound("article");
        return done.Ok ? Results.NoContent() : Results.NotFound();
    }

    private static async Task<IResult> DraftAsync(long number, [FromForm] IFormCollection form, HttpContext context, DraftFromTicket draft, CancellationToken ct)
    {
        _ = form; // Bound so that the antiforgery token is checked.
        var drafted = await draft.RunAsync(context.User.ToActor(), number, ct);
        return drafted.Ok ? Results.LocalRedirect($"/knowledge/{drafted.Value}") : Results.LocalRedirect($"/t/{number}");
    }
}
