using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Knowledge.Articles.Pages;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Knowledge.Articles;

/// <summary>What the page of topics posts.</summary>
internal sealed class TopicsEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/knowledge/topics", async ([FromForm] IFormCollection form, HttpContext context, EditTopics edit, CancellationToken ct) =>
    {
        var actor = context.User.ToActor();
        var id = Guid.TryParse(form["id"], out var known) ? known : (Guid?)null;
        Problem? problem = (form["do"].ToString(), id) switch
        {
            ("up", { } topic) => (await edit.MoveAsync(actor, topic, -1, ct)).Problem,
            ("down", { } topic) => (await edit.MoveAsync(actor, topic, 1, ct)).Problem,
            ("remove", { } topic) => (await edit.RemoveAsync(actor, topic, ct)).Problem,
            _ => (await edit.SaveAsync(actor, new(id, form["zh"].ToString(), form["en"].ToString(), form["zhline"].ToString(), form["enline"].ToString(), form["icon"].ToString(),
                Guid.TryParse(form["parent"], out var parent) ? parent : null), ct)).Problem,
        };
        return problem is null ? Results.LocalRedirect("/knowledge/topics") : PageResult.Of<TopicsPage>(new Typed(form, problem with { Field = null }).AsParameters(), StatusCodes.Status422UnprocessableEntity);
    }).ExcludeFromDescription();
}
