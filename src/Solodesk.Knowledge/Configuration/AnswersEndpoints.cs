using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Bot;
using Solodesk.Knowledge.HelpCentre;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Knowledge.Configuration;

/// <summary>What the settings of answers post. Each change is told to the other nodes.</summary>
internal sealed class AnswersEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var settings = routes.MapGroup("/settings/answers").RequireAuthorization(SignIn.OwnerPolicy).ExcludeFromDescription();
        settings.MapPost("/help", HelpAsync);
        settings.MapPost("/match", MatchAsync);
        settings.MapPost("/bot", BotAsync);
    }

    private static async Task<IResult> HelpAsync([FromForm] IFormCollection form, Settings settings, DeskWriter writer, TimeProvider clock, CancellationToken ct)
    {
        var domain = form["domain"].ToString().Trim().ToLowerInvariant();
        var brand = form["brand"].ToString().Trim();
        if (domain.Length > 0 && (Uri.CheckHostName(domain) != UriHostNameType.Dns || !domain.Contains('.', StringComparison.Ordinal)))
        {
            return Refuse(form, "help", new Problem("answers.domain") { Field = "domain" });
        }

        // The colour stands in a style element: nothing but a colour may get there.
        if (brand.Length != 7 || brand[0] != '#' || !brand.AsSpan(1).ToString().All(char.IsAsciiHexDigit))
        {
            return Refuse(form, "help", new Problem("answers.brand") { Field = "brand" });
        }

        foreach (var field in (string[])["privacy", "status"])
        {
            if (form[field].ToString().Trim() is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            {
                return Refuse(form, "help", new Problem("answers.url") { Field = field });
            }
        }

        await settings.SaveAsync(new HelpSettings { Title = Cut(form["title"].ToString().Trim(), 80), Brand = brand, Domain = domain, PrivacyUrl = form["privacy"].ToString().Trim(), StatusUrl = form["status"].ToString().Trim() }, ct);
        await TellAsync(writer, clock, ct);
        return Results.LocalRedirect("/settings/answers?saved=help#help");
    }

    private static async Task<IResult> MatchAsync([FromForm] IFormCollection form, Settings settings, AnswerIndex index, DeskWriter writer, TimeProvider clock, CancellationToken ct)
    {
        if (!int.TryParse(form["threshold"], NumberStyles.None, CultureInfo.InvariantCulture, out var threshold) || threshold is < 5 or > 95)
        {
            return Refuse(form, "match", new Problem("answers.threshold") { Field = "threshold" });
        }

        if (!int.TryParse(form["perminute"], NumberStyles.None, CultureInfo.InvariantCulture, out var perMinute) || perMinute is < 1 or > 10_000)
        {
            return Refuse(form, "match", new Problem("answers.per_minute") { Field = "perminute" });
        }

        await settings.SaveAsync(new AnswerSettings { Threshold = threshold / 100.0, Synonyms = Cut(form["synonyms"].ToString().ReplaceLineEndings("\n"), 100_000), Origins = Cut(form["origins"].ToString().ReplaceLineEndings("\n"), 10_000), PerMinute = perMinute }, ct);
        await index.TuneAsync(ct);
        await TellAsync(writer, clock, ct);
        return Results.LocalRedirect("/settings/answers?saved=match#match");
    }

    private static async Task<IResult> BotAsync([FromForm] IFormCollection form, Settings settings, DeskWriter writer, TimeProvider clock, CancellationToken ct)
    {
        await settings.SaveAsync(new BotSettings
        {
            On = form.ContainsKey("on"),
            GreetingChinese = Cut(form["zh"].ToString().Trim(), 1000),
            GreetingEnglish = Cut(form["en"].ToString().Trim(), 1000),
            Topics = Cut(form["topics"].ToString().ReplaceLineEndings("\n"), 20_000),
            Misses = Number(form["misses"], 1, 5, 2),
            Offered = Number(form["offered"], 0, 6, 3),
        }, ct);
        await TellAsync(writer, clock, ct);
        return Results.LocalRedirect("/settings/answers?saved=bot#bot");
    }

    /// <summary>Tells the other nodes that settings have changed.</summary>
    internal static Task<Result<Done>> TellAsync(DeskWriter writer, TimeProvider clock, CancellationToken ct) => writer.RunAsync<Done>(db =>
    {
        db.Add(new ArticleChange { At = clock.GetUtcNow() });
        return Task.FromResult<Result<Done>>(Done.It);
    }, ct);

    private static int Number(string? text, int least, int most, int otherwise)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, least, most) : otherwise;

    internal static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private static IResult Refuse(IFormCollection form, string part, Problem problem)
    {
        var parameters = new Typed(form, problem).AsParameters();
        parameters[nameof(AnswersPage.Part)] = part;
        return PageResult.Of<AnswersPage>(parameters, StatusCodes.Status422UnprocessableEntity);
    }
}
