using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Engine.Conditions;

namespace Solodesk.Views;

/// <summary><c>/api/v1/views</c>: the lists of the desk. Their tickets are at <c>/api/v1/tickets?view=</c>.</summary>
internal sealed class ViewsApi : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("views", "Views");
        api.MapGet("", ListAsync).Gives<Page<ViewResource>>(Scopes.TicketsRead, "Lists the views that everybody sees, and the caller's own");
        api.MapPost("", AddAsync).Gives<ViewResource>(Scopes.TicketsWrite, "Adds a view", StatusCodes.Status201Created);
        api.MapGet("{key}", ReadAsync).Gives<ViewResource>(Scopes.TicketsRead, "Reads a view by its key");
        api.MapPut("{key}", ChangeAsync).Gives<ViewResource>(Scopes.TicketsWrite, "Changes a view: everything anew");
        api.MapDelete("{key}", RemoveAsync).GivesNothing(Scopes.TicketsWrite, "Takes a view away; those of the desk itself stay");
    }

    private static async Task<IResult> ListAsync(CountViews count, HttpContext context, CancellationToken ct)
        => TypedResults.Ok(new Page<ViewResource>([.. (await count.RunAsync(context.User.ToActor(), ct)).Select(c => ViewResource.Of(c.View, c.Count))], null));

    private static async Task<IResult> ReadAsync(string key, ReadViews views, HttpContext context, CancellationToken ct)
        => await views.OneAsync(context.User.ToActor(), key, ct) is { } view ? TypedResults.Ok(ViewResource.Of(view, null)) : Problem.NotFound("view").ToAnswer();

    private static async Task<IResult> AddAsync(ViewBody body, EditViews edit, ReadViews views, HttpContext context, CancellationToken ct)
        => await SaveAsync(null, body, edit, views, context, ct);

    private static Task<IResult> ChangeAsync(string key, ViewBody body, EditViews edit, ReadViews views, HttpContext context, CancellationToken ct)
        => SaveAsync(key, body, edit, views, context, ct);

    private static async Task<IResult> RemoveAsync(string key, EditViews edit, HttpContext context, CancellationToken ct)
        => (await edit.RemoveAsync(context.User.ToActor(), key, ct)).ToAnswer();

    private static async Task<IResult> SaveAsync(string? key, ViewBody body, EditViews edit, ReadViews views, HttpContext context, CancellationToken ct)
    {
        var actor = context.User.ToActor();
        var condition = Condition.Everything;
        if (body.Condition is { } json && !Condition.Parse(json.GetRawText()).TryGet(out condition))
        {
            return new Problem("view.condition", Condition.Parse(json.GetRawText()).Problems[0].ToSentence(System.Globalization.CultureInfo.CurrentUICulture)) { Field = "condition" }.ToAnswer();
        }

        var saved = await edit.SaveAsync(actor, body.ToRequest(key, condition), ct);
        if (!saved.Ok)
        {
            return saved.Problem.ToAnswer();
        }

        var view = ViewResource.Of((await views.OneAsync(actor, saved.Value, ct))!, null);
        return key is null ? TypedResults.Created($"{ApiRoutes.Root}/views/{view.Key}", view) : TypedResults.Ok(view);
    }
}
