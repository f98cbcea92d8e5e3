using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Customers.Pages;
using Solodesk.Tickets;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Customers;

/// <summary>What the forms of the organization pages do.</summary>
internal sealed class OrganizationsDesk : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/organizations", (HttpContext context, [FromForm] IFormCollection form, SaveOrganization save, CancellationToken ct)
            => SaveAsync(null, context, form, save, ct));
        routes.MapPost("/organizations/{id:guid}", (Guid id, HttpContext context, [FromForm] IFormCollection form, SaveOrganization save, CancellationToken ct)
            => SaveAsync(id, context, form, save, ct));
        routes.MapPost("/organizations/{id:guid}/delete", DeleteAsync);
    }

    private static async Task<IResult> SaveAsync(Guid? id, HttpContext context, IFormCollection form, SaveOrganization save, CancellationToken ct)
    {
        var saved = await save.RunAsync(context.User.ToActor(), new()
        {
            Id = id,
            Name = form["name"].ToString(),
            Domain = form["domain"].ToString(),
            Note = form["note"].ToString(),
            Attributes = PostedFields.Of(form),
        }, ct);
        return saved.Ok ? Results.Redirect($"/organizations/{saved.Value}") : Refuse(id, saved.Problem, form);
    }

    private static async Task<IResult> DeleteAsync(Guid id, HttpContext context, [FromForm] IFormCollection _, SaveOrganization save, CancellationToken ct)
    {
        var deleted = await save.DeleteAsync(context.User.ToActor(), id, ct);
        return deleted.Ok ? Results.Redirect("/organizations") : Refuse(id, deleted.Problem, null);
    }

    private static IResult Refuse(Guid? id, Problem why, IFormCollection? form)
        => PageResult.Of<OrganizationPage>(new Dictionary<string, object?>
        {
            [nameof(OrganizationPage.Id)] = id,
            [nameof(OrganizationPage.Typed)] = new Typed(form, why),
        }, StatusCodes.Status422UnprocessableEntity);
}
