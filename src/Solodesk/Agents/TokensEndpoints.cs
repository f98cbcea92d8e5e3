using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents.Pages;
using Solodesk.Common;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Agents;

/// <summary>The API tokens' page of the settings.</summary>
internal sealed class TokensEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/settings/tokens").RequireAuthorization(SignIn.OwnerPolicy);
        group.MapPost("", CreateAsync);
        group.MapPost("/revoke", RevokeAsync);
    }

    private static async Task<IResult> CreateAsync([FromForm] IFormCollection form, HttpContext context, CreateToken create)
    {
        var request = new CreateToken.Request(form["name"].ToString(), [.. form["scopes"].OfType<string>()]);
        var created = await create.RunAsync(context.User.ToActor(), request, context.RequestAborted);
        var parameters = new Typed(created.Ok ? null : form, created.Problem).AsParameters();
        parameters["Secret"] = created.Ok ? created.Value.Secret : null;
        return PageResult.Of<TokensPage>(parameters, created.Ok ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> RevokeAsync([FromForm] IFormCollection form, HttpContext context, RevokeToken revoke)
    {
        if (Guid.TryParse(form["id"], out var id))
        {
            await revoke.RunAsync(context.User.ToActor(), id, context.RequestAborted);
        }

        return Results.LocalRedirect("/settings/tokens");
    }
}
