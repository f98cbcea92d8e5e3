using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Tickets.Conditions;
using Solodesk.Ui;
using Solodesk.Ui.Conditions;
using Solodesk.Ui.Forms;
using Solodesk.Views.Pages;

namespace Solodesk.Views;

/// <summary>What the forms of views do. A step of editing gives the same form back with the step taken; nothing is stored by it.</summary>
internal sealed class ViewsEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var views = routes.MapGroup("/views");
        views.MapPost("/new", ([FromForm] IFormCollection form, HttpContext context, EditViews edit, ReadTicketFields fields) => SaveAsync(null, form, context, edit, fields));
        views.MapPost("/{key}", SaveAsync);
        views.MapPost("/{key}/remove", RemoveAsync);
        views.MapPost("/{key}/place", PlaceAsync);
    }

    private static async Task<IResult> SaveAsync(string? key, [FromForm] IFormCollection form, HttpContext context, EditViews edit, ReadTicketFields fields)
    {
        var ct = context.RequestAborted;
        var catalogue = await fields.NamedAsync(ct);
        var draft = ConditionForm.Read(form, catalogue);
        if (ConditionForm.IsStep(form))
        {
            return Again(key, form, null, draft, StatusCodes.Status200OK);
        }

        var saved = await edit.SaveAsync(context.User.ToActor(), new EditViews.Request
        {
            Key = key,
            Name = form["name"].ToString(),
            Condition = draft.ToCondition(catalogue),
            Shared = form.ContainsKey("shared"),
            Sort = form["sort"].ToString(),
            Descending = form["direction"] == "down",
            Group = form["group"].ToString() is { Length: > 0 } group ? group : null,
            Columns = [.. form["column"].OfType<string>()],
            Hidden = form.ContainsKey("hidden"),
            Version = long.TryParse(form["version"], out var version) ? version : null,
        }, ct);
        return saved.Ok ? Results.LocalRedirect($"/inbox/{saved.Value}") : Again(key, form, saved.Problem, draft, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> RemoveAsync(string key, [FromForm] IFormCollection form, HttpContext context, EditViews edit)
    {
        var removed = await edit.RemoveAsync(context.User.ToActor(), key, context.RequestAborted);
        return removed.Ok || removed.Problem.Code == "view.not_found" ? Results.LocalRedirect("/views") : List(form, removed.Problem);
    }

    private static async Task<IResult> PlaceAsync(string key, [FromForm] IFormCollection form, HttpContext context, EditViews edit)
    {
        var (actor, ct) = (context.User.ToActor(), context.RequestAborted);
        var placed = form["do"].ToString() switch
        {
            "up" => await edit.MoveAsync(actor, key, -1, ct),
            "down" => await edit.MoveAsync(actor, key, 1, ct),
            "hide" => await edit.HideAsync(actor, key, true, ct),
            _ => await edit.HideAsync(actor, key, false, ct),
        };
        return placed.Ok ? Results.LocalRedirect($"/views#v-{key}") : List(form, placed.Problem);
    }

    private static IResult List(IFormCollection form, Problem problem)
        => PageResult.Of<ViewsPage>(new Typed(form, problem with { Field = null }).AsParameters(), StatusCodes.Status422UnprocessableEntity);

    private static IResult Again(string? key, IFormCollection form, Problem? problem, ConditionDraft.Group draft, int status)
        => PageResult.Of<ViewPage>(new Dictionary<string, object?>
        {
            [nameof(ViewPage.Key)] = key,
            [nameof(ViewPage.Typed)] = new Typed(form, problem),
            [nameof(ViewPage.Draft)] = draft,
        }, status);
}
