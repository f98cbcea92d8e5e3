using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.HelpCentre;

/// <summary>“Was this helpful”: the vote counts at once; what was wrong comes after, if the reader likes, and a way to a person.</summary>
internal sealed class FeedbackEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
        // For everybody, in pages that caches keep: it acts for nobody who is signed in, and is limited by address.
        => routes.MapPost("/help/{lang:regex(^(zh|en)$)}/articles/{address}/feedback", JudgeAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    private static async Task<IResult> JudgeAsync(string lang, string address, HttpContext context, AnswerIndex index, Readership readership, LearnRanking learn, PublicLimits limits, DeskWriter writer,
        TimeProvider clock, CancellationToken ct)
    {
        await index.Ready.WaitAsync(ct);
        var language = HelpEndpoints.Speak(lang);
        if (HelpEndpoints.NumberOf(address) is not { } number || index.ByNumber(number, language) is not { } card)
        {
            return Results.NotFound();
        }

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(ct) : FormCollection.Empty;
        var question = Cut(form["q"].ToString(), 500);
        if (!limits.MayJudge(context))
        {
            return Back(card, "thanks=1");
        }

        switch (form["do"].ToString())
        {
            case "yes":
                readership.Judged(card.ArticleId, card.Language, true);
                readership.Saved(card.ArticleId, card.Language);
                await learn.TellAsync(question, card.Language, Audience.Public, card.ArticleId, helped: true, ct);
                return Back(card, "thanks=1");
            case "no":
                readership.Judged(card.ArticleId, card.Language, false);
                var feedback = new ArticleFeedback { Id = Ids.New(clock), ArticleId = card.ArticleId, Language = card.Language, Question = question, At = clock.GetUtcNow() };
                await writer.RunAsync<Done>(db =>
                {
                    db.Add(feedback);
                    return Task.FromResult<Result<Done>>(Done.It);
                }, ct);
                await learn.TellAsync(question, card.Language, Audience.Public, card.ArticleId, helped: false, ct);
                return Back(card, $"no={feedback.Id:N}{(question.Length > 0 ? "&q=" + Uri.EscapeDataString(question) : "")}");
            default:
                await SayAsync(writer, form, clock, ct);
                return form["do"] == "contact"
                    ? Results.Redirect($"/contact?lang={language}&question={Uri.EscapeDataString(Join(question, form["words"].ToString()))}&article={card.Number}")
                    : Back(card, "thanks=1");
        }
    }

    // Only what was just opened can be filled in: a guessed id does not exist, a known one is a day old at most.
    private static Task<Result<Done>> SayAsync(DeskWriter writer, IFormCollection form, TimeProvider clock, CancellationToken ct)
        => writer.RunAsync<Done>(async db =>
        {
            var since = clock.GetUtcNow().AddDays(-1);
            if (Guid.TryParse(form["id"], out var id) && await db.Set<ArticleFeedback>().SingleOrDefaultAsync(f => f.Id == id && f.At > since && f.Words == "" && f.Reason == "", ct) is { } feedback)
            {
                feedback.Reason = HelpArticle.Reasons.Contains(form["reason"].ToString()) ? form["reason"].ToString() : "";
                feedback.Words = Cut(form["words"].ToString().Trim(), 2000);
            }

            return Done.It;
        }, ct);

    private static IResult Back(ArticleCard card, string query) => new SeeOther($"{card.Path}?{query}#helpful");

    private static string Join(string question, string words) => string.Join("\n\n", new[] { question, words.Trim() }.Where(t => t.Length > 0));

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    /// <summary>303: whatever the form was sent with, the next request is a GET.</summary>
    private sealed class SeeOther(string to) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = to;
            return Task.CompletedTask;
        }
    }
}
