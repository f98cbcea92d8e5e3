using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Solodesk.Api;
using Solodesk.Channels.Web.Pages;
using Solodesk.Common;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Channels.Web;

/// <summary>What is sent from the customer's page of a ticket. Its secret address is the permission; the antiforgery token keeps other sites out.</summary>
internal sealed class TrackEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/track/{token}", AnswerAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/track/{token}/solved", (string token, HttpContext context, PublicForms forms, AnswerAsCustomer answer, KeepUpload keep, CancellationToken ct)
            => ActAsync(token, context, forms, keep, answer.SettleAsync, ct)).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/track/{token}/reopen", (string token, HttpContext context, PublicForms forms, AnswerAsCustomer answer, KeepUpload keep, CancellationToken ct)
            => ActAsync(token, context, forms, keep, answer.ReopenAsync, ct)).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> AnswerAsync(string token, HttpContext context, PublicForms forms, KeepUpload keep, AnswerAsCustomer answer, UnsentFiles unsent, CancellationToken ct)
    {
        var sent = await IncomingForm.ReadAsync(context, () => forms.MayAnswer(context) ? null : new Problem("contact.too_many"), keep, ct);
        var files = await unsent.FindAsync(sent.All("kept"), sent.Files, sent["remove"], ct);
        if (sent.Problem is { } refused)
        {
            return Again(token, sent["message"], files, refused, ProblemAnswer.StatusOf(refused.Code));
        }

        if (sent["remove"].Length > 0)
        {
            return Again(token, sent["message"], files, null, StatusCodes.Status200OK);
        }

        Result<string> said;
        try
        {
            said = await answer.SayAsync(token, sent["message"], [.. files.Select(f => f.Id)], ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var failure = FailureAnswer.Note(context, e);
            return Again(token, sent["message"], files, failure.Problem, failure.Status);
        }

        return said.Ok ? Results.Redirect($"/track/{said.Value}?said=1#said")
            : Again(token, sent["message"], files, said.Problem, ProblemAnswer.StatusOf(said.Problem.Code));
    }

    private static async Task<IResult> ActAsync(string token, HttpContext context, PublicForms forms, KeepUpload keep, Func<string, CancellationToken, Task<Result<string>>> act, CancellationToken ct)
    {
        var sent = await IncomingForm.ReadAsync(context, () => forms.MayAnswer(context) ? null : new Problem("contact.too_many"), keep, ct);
        if (sent.Problem is { } refused)
        {
            return Again(token, "", [], refused, ProblemAnswer.StatusOf(refused.Code));
        }

        var acted = await act(token, ct);
        return acted.Ok ? Results.Redirect($"/track/{acted.Value}") : Again(token, "", [], acted.Problem, ProblemAnswer.StatusOf(acted.Problem.Code));
    }

    private static IResult Again(string token, string typed, IReadOnlyList<Attachment> files, Problem? problem, int status)
        => PageResult.Of<TrackPage>(new Dictionary<string, object?>
        {
            [nameof(TrackPage.Token)] = token,
            [nameof(TrackPage.Typed)] = typed,
            [nameof(TrackPage.Files)] = files,
            [nameof(TrackPage.Problem)] = problem,
        }, status);
}
