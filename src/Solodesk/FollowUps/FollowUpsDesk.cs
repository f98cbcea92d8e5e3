using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.FollowUps.Pages;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.FollowUps;

/// <summary>What the forms of follow-ups do; each leads back to the page it came from.</summary>
internal sealed class FollowUpsDesk : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/followups/new", PlanAsync);
        routes.MapPost("/followups/{id:guid}", ChangeAsync);
    }

    private static async Task<IResult> PlanAsync([FromForm] IFormCollection form, HttpContext context, PlanFollowUp plan, Settings settings)
    {
        var planned = await plan.RunAsync(context.User.ToActor(), new(Enum.TryParse<FollowUpKind>(form["kind"], out var kind) && Enum.IsDefined(kind) ? kind : FollowUpKind.FollowUp, await WhenAsync(form, settings, context.RequestAborted))
        {
            Ticket = Guid.TryParse(form["ticket"], out var ticket) ? ticket : null,
            Customer = Guid.TryParse(form["customer"], out var customer) ? customer : null,
            Note = form["note"].ToString(),
            Phone = form["phone"],
        }, context.RequestAborted);
        return planned.Ok ? Back(form, planned.Value) : PageResult.Of<FollowUpPlanPage>(new Typed(form, planned.Problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ChangeAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, ChangeFollowUp change, Settings settings)
    {
        var (actor, ct) = (context.User.ToActor(), context.RequestAborted);
        var done = form["do"].ToString() switch
        {
            "move" => await change.RunAsync(actor, new(id) { DueAt = await WhenAsync(form, settings, ct) }, ct),
            "cancel" => await change.CancelAsync(actor, id, form["result"].ToString(), ct),
            _ => await change.DoneAsync(actor, id, form["result"].ToString(), ct),
        };
        if (done.Ok)
        {
            return Back(form, id);
        }

        var parameters = new Typed(form, done.Problem).AsParameters();
        parameters[nameof(FollowUpPage.Id)] = id;
        return PageResult.Of<FollowUpPage>(parameters, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>A time that was typed counts before a quick choice; nothing readable is a time in the past.</summary>
    internal static async Task<DateTimeOffset> WhenAsync(IFormCollection form, Settings settings, CancellationToken ct)
    {
        if (DateTime.TryParse(form["local"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            var zone = (await settings.ReadAsync<BusinessSettings>(ct)).Hours.Zone;
            return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local)).ToUniversalTime();
        }

        return DateTimeOffset.TryParse(form["when"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.ToUniversalTime() : DateTimeOffset.MinValue;
    }

    // Only to ourselves: the address came with the form.
    private static IResult Back(IFormCollection form, Guid id)
        => Results.LocalRedirect(form["back"].ToString() is { Length: > 0 } back && back[0] == '/' && !back.StartsWith("//", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) ? back : $"/followups/{id}");
}
