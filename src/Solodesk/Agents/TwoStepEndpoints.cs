using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents.Pages;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Agents;

/// <summary>One-time codes (TOTP, RFC 6238) as the second step after a password: on, off, and new recovery codes.</summary>
internal sealed class TwoStepEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var steps = routes.MapGroup("/account/two-step").ForViewers().RequireRateLimiting(SignInLimits.Policy);
        steps.MapPost("/on", OnAsync);
        steps.MapPost("/off", OffAsync);
        steps.MapPost("/codes", CodesAsync);
    }

    private static async Task<IResult> OnAsync([FromForm] IFormCollection form, HttpContext context, UserManager<Agent> agents, RecentSignIn recent, TurnOnTwoStep turnOn)
    {
        if (await agents.GetUserAsync(context.User) is { } agent && await recent.CheckAsync(context, agent, form) is { } missing)
        {
            return Page(new Typed(form, missing), null, StatusCodes.Status422UnprocessableEntity);
        }

        var codes = await turnOn.RunAsync(context, form["code"].ToString());
        return codes.Ok
            ? Page(new Typed(form), codes.Value)
            : Page(new Typed(form, codes.Problem), null, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> OffAsync([FromForm] IFormCollection form, HttpContext context, UserManager<Agent> agents, AuditLog audit)
    {
        if (await agents.GetUserAsync(context.User) is not { } agent)
        {
            return Results.LocalRedirect("/signin");
        }

        if (await agents.HasPasswordAsync(agent) && !await agents.CheckPasswordAsync(agent, form["current"].ToString()))
        {
            return Page(new Typed(form, new Problem("account.password_wrong") { Field = "current" }), null, StatusCodes.Status422UnprocessableEntity);
        }

        await agents.SetTwoFactorEnabledAsync(agent, false);
        await agents.ResetAuthenticatorKeyAsync(agent);
        await audit.WriteAsync("twostep.off", context.User.ToActor(), "", context, context.RequestAborted);
        return Results.LocalRedirect("/account?saved=twostep#twostep");
    }

    private static async Task<IResult> CodesAsync([FromForm] IFormCollection form, HttpContext context, UserManager<Agent> agents, RecentSignIn recent, TurnOnTwoStep turnOn, AuditLog audit)
    {
        if (await agents.GetUserAsync(context.User) is not { TwoFactorEnabled: true } agent)
        {
            return Results.LocalRedirect("/account/two-step");
        }

        if (await recent.CheckAsync(context, agent, form) is { } missing)
        {
            return Page(new Typed(form, missing with { Field = missing.Field is null ? null : "codes" }), null, StatusCodes.Status422UnprocessableEntity);
        }

        await audit.WriteAsync("twostep.codes", context.User.ToActor(), "", context, context.RequestAborted);
        return Page(new Typed(form), (await turnOn.NewCodesAsync(agent)).Value);
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<App> Page(Typed typed, IReadOnlyList<string>? codes, int status = StatusCodes.Status200OK)
    {
        var parameters = typed.AsParameters();
        parameters["Codes"] = codes;
        return PageResult.Of<TwoStepPage>(parameters, status);
    }
}
