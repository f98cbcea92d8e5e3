using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.HelpCentre;

namespace Solodesk.Knowledge.Answers;

/// <summary>
/// <c>POST /support</c>: a question in, an answer with its certainty and sources out. For everybody, limited by address, callable from the
/// pages of the sites that the founder lists.
/// </summary>
internal sealed class SupportEndpoints : IEndpoints
{
    public const int LongestQuestion = 2000;
    private const int LongestBody = 32_768;

    /// <summary>What <c>POST /support</c> takes.</summary>
    /// <param name="Question">What is asked, in any words; up to 2,000 characters.</param>
    /// <param name="Language">What the caller speaks (<c>zh</c>, <c>en</c>); only used when the question itself does not say.</param>
    public sealed record SupportQuestion(string? Question, string? Language = null);

    /// <summary>What <c>POST /support</c> answers.</summary>
    /// <param name="Answer">The answering sentences of the first source, in the asker's language; where a person can be asked when there is none.</param>
    /// <param name="Confidence">The probability (0–1) that the answer is right.</param>
    /// <param name="Sources">The public articles that it rests on, best first.</param>
    /// <param name="Handover">Whether a person should answer.</param>
    public sealed record SupportAnswer(string Answer, double Confidence, IReadOnlyList<SupportSource> Sources, bool Handover);

    /// <summary>An article.</summary>
    public sealed record SupportSource(string Title, string Url);

    public void Map(IEndpointRouteBuilder routes)
    {
        // Open on purpose: a question carries no right with it, and no cookie is looked at.
        routes.MapPost("/support", AnswerAsync).AllowAnonymous().DisableAntiforgery().WithOrder(-1).WithTags("Support")
            .WithSummary("Answers a question from the public articles")
            .Produces<SupportAnswer>().ProducesProblem(400).ProducesProblem(422).ProducesProblem(429);
        routes.MapMethods("/support", [HttpMethods.Options], PreflightAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> PreflightAsync(HttpContext context, Settings settings, CancellationToken ct)
    {
        if (await AllowAsync(context, settings, ct))
        {
            context.Response.Headers.AccessControlAllowMethods = "POST";
            context.Response.Headers.AccessControlAllowHeaders = "content-type";
            context.Response.Headers.AccessControlMaxAge = "600";
        }

        return Results.NoContent();
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, Settings settings, PublicLimits limits, AnswerQuestion answer, CancellationToken ct)
    {
        await AllowAsync(context, settings, ct);
        if (!limits.MayCall(context, (await settings.ReadAsync<AnswerSettings>(ct)).PerMinute))
        {
            context.Response.Headers.RetryAfter = "20";
            return new ProblemAnswer(new Problem("support.too_many"));
        }

        var read = await ReadAsync(context, ct);
        if (!read.Ok)
        {
            return new ProblemAnswer(read.Problem, read.Problem.Code == "support.malformed" ? 400 : null);
        }

        var business = await settings.ReadAsync<BusinessSettings>(ct);
        var help = await settings.ReadAsync<HelpSettings>(ct);
        var contact = AnswerQuestion.Absolute(context.Request, business, help, "/contact");
        var given = await answer.RunAsync(read.Value.Question!.Trim(), read.Value.Language ?? LanguageOf(context), "support", contact, ct);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new SupportAnswer(given.Text, Math.Round(given.Certainty, 3),
            [.. given.Sources.Select(s => new SupportSource(s.Card.Title, AnswerQuestion.Absolute(context.Request, business, help, s.Card.Path)))], given.HandOver));
    }

    private static async Task<Result<SupportQuestion>> ReadAsync(HttpContext context, CancellationToken ct)
    {
        if (context.Request.ContentLength > LongestBody)
        {
            return new Problem("support.too_large");
        }

        if (!context.Request.HasJsonContentType())
        {
            return new Problem("support.malformed");
        }

        SupportQuestion? question;
        try
        {
            using var body = new MemoryStream();
            var buffer = new byte[8192];
            int length;
            while ((length = await context.Request.Body.ReadAsync(buffer, ct)) > 0)
            {
                body.Write(buffer, 0, length);
                if (body.Length > LongestBody)
                {
                    return new Problem("support.too_large");
                }
            }

            question = JsonSerializer.Deserialize<SupportQuestion>(body.GetBuffer().AsSpan(0, (int)body.Length), JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return new Problem("support.malformed");
        }

        return question is null ? new Problem("support.malformed")
            : string.IsNullOrWhiteSpace(question.Question) ? new Problem("support.question_missing") { Field = "question" }
            : question.Question.Length > LongestQuestion ? new Problem("support.question_long", LongestQuestion) { Field = "question" }
            : question;
    }

    private static string? LanguageOf(HttpContext context)
        => context.Request.GetTypedHeaders().AcceptLanguage?.OrderByDescending(l => l.Quality ?? 1).FirstOrDefault()?.Value.ToString();

    private static async Task<bool> AllowAsync(HttpContext context, Settings settings, CancellationToken ct)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return false;
        }

        var allowed = (await settings.ReadAsync<AnswerSettings>(ct)).Origins.Split(['\n', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        context.Response.Headers.Vary = "Origin";
        if (!allowed.Contains("*") && !allowed.Contains(origin.TrimEnd('/'), StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        context.Response.Headers.AccessControlAllowOrigin = allowed.Contains("*") ? "*" : origin;
        return true;
    }
}
