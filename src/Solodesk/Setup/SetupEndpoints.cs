using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Setup.Pages;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Setup;

/// <summary>The first step of the first visit: whoever may becomes the founder. The other steps need them to be signed in.</summary>
internal sealed class SetupEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/setup", NextAsync).AllowAnonymous();
        var first = routes.MapGroup("/setup/account").AllowAnonymous().RequireRateLimiting(SignInLimits.Policy);
        first.MapPost("", CreateAsync);
        first.MapPost("/passkey", PasskeyOptionsAsync);
        var protect = routes.MapGroup("/setup").RequireAuthorization(SignIn.OwnerPolicy);
        protect.MapPost("/protect", ProtectAsync).RequireRateLimiting(SignInLimits.Policy);
        protect.MapPost("/next", Next);
    }

    /// <summary>To the first step that was neither done nor skipped, or into the desk.</summary>
    private static async Task<IResult> NextAsync(HttpContext context, Founding founding, Settings settings)
    {
        if (!await founding.IsFoundedAsync(context.RequestAborted))
        {
            return Results.LocalRedirect(SetupStep.Address(SetupStep.Account));
        }

        if (!context.User.ToActor().CanAdminister)
        {
            return Results.LocalRedirect(context.User.Identity?.IsAuthenticated == true ? "/" : "/signin");
        }

        var business = await settings.ReadAsync<BusinessSettings>(context.RequestAborted);
        var passed = (await settings.ReadAsync<SetupProgress>(context.RequestAborted)).Passed;
        if (!business.SetUp && SetupStep.All.Skip(1).FirstOrDefault(s => !passed.Contains(s)) is { } next)
        {
            return Results.LocalRedirect(SetupStep.Address(next));
        }

        if (!business.SetUp)
        {
            await settings.SaveAsync(business with { SetUp = true }, context.RequestAborted);
        }

        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> CreateAsync(
        [FromForm] IFormCollection form, HttpContext context, SetupCode code, CreateFounder create, Passkeys passkeys, SignInManager<Agent> signIn, AuditLog audit)
    {
        if (!code.Admits(context, form["code"]))
        {
            await audit.WriteAsync("setup.code_wrong", null, "", "", context, context.RequestAborted);
            return Refuse(form, new Problem("setup.code_wrong") { Field = "code" });
        }

        var request = new CreateFounder.Request(form["name"].ToString(), form["email"].ToString(), form["password"].ToString(), CultureInfo.CurrentUICulture.Name);
        if (form["credential"].ToString() is { Length: > 0 } credential)
        {
            if (await passkeys.ReadAsync(credential, Browsers.Name(context.Request.Headers.UserAgent.ToString())) is not { } made)
            {
                return Refuse(form, new Problem("account.passkey_failed"));
            }

            request = request with { Password = null, Passkey = made };
        }

        var created = await create.RunAsync(request, context.RequestAborted);
        if (!created.Ok)
        {
            return Refuse(form, created.Problem);
        }

        await audit.WriteAsync("setup.founded", created.Value.ToActor(), "", context, context.RequestAborted);
        await signIn.SignInAsync(created.Value, isPersistent: true, request.Passkey is null ? "pwd" : "passkey");
        return Results.LocalRedirect(request.Passkey is null ? "/setup/protect" : SetupStep.Address(SetupStep.Business));
    }

    private static async Task<IResult> PasskeyOptionsAsync(
        [FromForm] IFormCollection form, HttpContext context, SetupCode code, Founding founding, Passkeys passkeys, Phrases phrases)
    {
        var problem = await founding.IsFoundedAsync(context.RequestAborted) ? new Problem("setup.taken")
            : !code.Admits(context, form["code"]) ? new Problem("setup.code_wrong")
            : AgentWords.Check(form["name"], form["email"]);
        return problem is null
            ? Results.Content(await passkeys.OptionsForAsync(null, form["email"].ToString().Trim(), form["name"].ToString().Trim()), "application/json")
            : Results.Problem(phrases.Of(problem), statusCode: StatusCodes.Status422UnprocessableEntity, title: problem.Code);
    }

    /// <summary>Turns one-time codes on for the founder and shows the recovery codes.</summary>
    private static async Task<IResult> ProtectAsync([FromForm] IFormCollection form, HttpContext context, TurnOnTwoStep turnOn)
    {
        var codes = await turnOn.RunAsync(context, form["code"].ToString());
        var parameters = new Typed(form, codes.Problem).AsParameters();
        parameters["Codes"] = codes.Ok ? codes.Value : null;
        return PageResult.Of<SetupProtectPage>(parameters, codes.Ok ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Next([FromForm] IFormCollection form)
    {
        _ = form; // Bound so that the antiforgery token is checked.
        return Results.LocalRedirect("/setup");
    }

    private static RazorComponentResult<App> Refuse(IFormCollection form, Problem problem)
        => PageResult.Of<SetupAccountPage>(new Typed(form, problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
}
