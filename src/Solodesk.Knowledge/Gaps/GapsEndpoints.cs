using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;
using Solodesk.Ui;

namespace Solodesk.Knowledge.Gaps;

/// <summary>What is done about a question without an answer: an article, a synonym, or nothing.</summary>
internal sealed class GapsEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/knowledge/gaps", SettleAsync).ExcludeFromDescription();

    private static async Task<IResult> SettleAsync([FromForm] IFormCollection form, HttpContext context, FindGaps gaps, WriteArticle write, Settings settings, AnswerIndex index, CancellationToken ct)
    {
        var actor = context.User.ToActor();
        var questions = form["id"].ToString().Split(',').Select(i => Guid.TryParse(i, out var id) ? id : Guid.Empty).Where(i => i != Guid.Empty).Take(2000).ToList();
        var to = "/knowledge/gaps";
        if (form["do"] == "write")
        {
            var begun = await write.BeginAsync(actor, new(Phrases.Known(form["language"]))
            {
                Title = form["text"].ToString(),
                Questions = form["wordings"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            }, ct);
            if (!begun.Ok)
            {
                return Results.LocalRedirect("/denied");
            }

            to = $"/knowledge/{begun.Value}";
        }
        else if (form["do"] == "synonym" && form["word"].ToString().Trim() is { Length: > 0 and < 200 } word && actor.CanWork)
        {
            var now = await settings.ReadAsync<AnswerSettings>(ct);
            await settings.SaveAsync(now with { Synonyms = $"{now.Synonyms.TrimEnd()}\n{form["text"].ToString().ReplaceLineEndings(" ")}, {word.ReplaceLineEndings(" ")}".Trim() }, ct);
            await index.TuneAsync(ct);
        }

        var settled = await gaps.SettleAsync(actor, questions, ct);
        return Results.LocalRedirect(settled.Ok ? to : "/denied");
    }
}
