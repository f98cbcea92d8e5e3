using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents.Pages;
using Solodesk.Api;
using Solodesk.Common;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace Solodesk.Agents;

/// <summary>Signing in by password, one-time code, recovery code or passkey, and signing out.</summary>
internal sealed class SignInEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("/signin").AllowAnonymous().RequireRateLimiting(SignInLimits.Policy);
        open.MapPost("", PasswordAsync);
        open.MapPost("/code", CodeAsync);
        open.MapPost("/passkey", PasskeyAsync);
        open.MapPost("/passkey/options", OptionsAsync);
        routes.MapPost("/signout", SignOutAsync).ForViewers();
        routes.MapPost("/language", Language).AllowAnonymous();
    }

    private static async Task<IResult> PasswordAsync(
        [FromForm] IFormCollection form, HttpContext context, SignInManager<Agent> signIn, UserManager<Agent> agents, AuditLog audit)
    {
        var email = form["email"].ToString().Trim();
        var agent = email.Length is > 0 and < 320 ? await agents.FindByEmailAsync(email) : null;
        // Nobody by that name costs as much time as somebody with another password.
        var result = agent is null ? Waste(agents, form["password"].ToString()) : await signIn.PasswordSignInAsync(agent, form["password"].ToString(), isPersistent: true, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            return Results.LocalRedirect(Back(form["to"]));
        }

        if (result.RequiresTwoFactor)
        {
            return Results.LocalRedirect($"/signin/code?to={Uri.EscapeDataString(Back(form["to"]))}");
        }

        await audit.WriteAsync(result.IsLockedOut ? "signin.locked" : "signin.failed", agent?.Id, agent?.Name ?? email, "", context, context.RequestAborted);
        var problem = result.IsLockedOut ? new Problem("signin.locked", Minutes(agent)) : new Problem("signin.wrong") { Field = "password" };
        return Refuse<SignInPage>(form, problem);
    }

    private static async Task<IResult> CodeAsync(
        [FromForm] IFormCollection form, HttpContext context, SignInManager<Agent> signIn, AuditLog audit)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } agent)
        {
            return Refuse<SignInPage>(form, new Problem("signin.code_late"));
        }

        var code = new string([.. form["code"].ToString().Where(char.IsLetterOrDigit)]);
        var result = code.Length == 6 && code.All(char.IsAsciiDigit)
            ? await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: true, rememberClient: form.ContainsKey("remember"))
            : await signIn.TwoFactorRecoveryCodeSignInAsync(RecoveryCodes.Normalize(code));
        if (result.Succeeded)
        {
            return Results.LocalRedirect(Back(form["to"]));
        }

        await audit.WriteAsync(result.IsLockedOut ? "signin.locked" : "signin.code_failed", agent.Id, agent.Name, "", context, context.RequestAborted);
        return Refuse<SignInCodePage>(form, result.IsLockedOut
            ? new Problem("signin.locked", Minutes(agent))
            : new Problem("signin.code_wrong") { Field = "code" });
    }

    private static async Task<IResult> OptionsAsync([FromForm] IFormCollection form, SignInManager<Agent> signIn)
    {
        _ = form; // Bound so that the antiforgery token is checked.
        return Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");
    }

    private static async Task<IResult> PasskeyAsync(
        [FromForm] IFormCollection form, HttpContext context, SignInManager<Agent> signIn, AuditLog audit)
    {
        SignInResult result;
        try
        {
            result = await signIn.PasskeySignInAsync(form["credential"].ToString() is { Length: > 0 } credential ? credential : "{}");
        }
        catch (Exception e) when (e is InvalidOperationException or System.Text.Json.JsonException or FormatException)
        {
            // The challenge's cookie is gone (too old, another tab), or the body is no credential.
            result = SignInResult.Failed;
        }

        if (result.Succeeded)
        {
            return Results.LocalRedirect(Back(form["to"]));
        }

        await audit.WriteAsync("signin.passkey_failed", null, "", "", context, context.RequestAborted);
        return Refuse<SignInPage>(form, new Problem(result.IsLockedOut ? "signin.locked" : "signin.passkey_failed", 10));
    }

    private static async Task<IResult> SignOutAsync([FromForm] IFormCollection form, SignInManager<Agent> signIn)
    {
        _ = form; // Bound so that the antiforgery token is checked: nobody else's page signs the founder out.
        await signIn.SignOutAsync();
        return Results.LocalRedirect("/signin");
    }

    private static IResult Language([FromForm] IFormCollection form, HttpContext context)
    {
        context.Remember("lang", Phrases.Known(form["language"]));
        return Results.LocalRedirect(Back(form["to"]));
    }

    /// <summary>Where to go on: an address of this desk, or its front page.</summary>
    internal static string Back(string? to)
        => to is ['/', ..] && !to.StartsWith("//", StringComparison.Ordinal) && !to.StartsWith("/\\", StringComparison.Ordinal) ? to : "/";

    private static SignInResult Waste(UserManager<Agent> agents, string password)
    {
        var nobody = new Agent { Name = "" };
        agents.PasswordHasher.VerifyHashedPassword(nobody, NobodysHash.Value, password);
        return SignInResult.Failed;
    }

    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<Agent>().HashPassword(new Agent { Name = "" }, Ids.Token()));

    private static int Minutes(Agent? agent)
        => agent?.LockoutEnd is { } until ? Math.Max(1, (int)Math.Ceiling((until - TimeProvider.System.GetUtcNow()).TotalMinutes)) : 10;

    private static RazorComponentResult<App> Refuse<TPage>(IFormCollection form, Problem problem) where TPage : Microsoft.AspNetCore.Components.IComponent
        => PageResult.Of<TPage>(new Typed(form, problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
}
