using System.Globalization;
using System.Security.Claims;
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

namespace Solodesk.Agents;

/// <summary>What an agent changes about their own account: profile, password, passkeys, sessions.</summary>
internal sealed class AccountEndpoints : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/account").ForViewers();
        account.MapPost("/profile", ProfileAsync);
        account.MapPost("/password", PasswordAsync).RequireRateLimiting(SignInLimits.Policy);
        account.MapPost("/passkeys", AddPasskeyAsync).RequireRateLimiting(SignInLimits.Policy);
        account.MapPost("/passkeys/options", PasskeyOptionsAsync).RequireRateLimiting(SignInLimits.Policy);
        account.MapPost("/passkeys/remove", RemovePasskeyAsync);
        account.MapPost("/sessions/end", EndSessionAsync);
        account.MapPost("/sessions/end-others", EndOthersAsync);
    }

    private static async Task<IResult> ProfileAsync([FromForm] IFormCollection form, HttpContext context, ChangeProfile change)
    {
        var changed = await change.RunAsync(
            context.User.ToActor(),
            new ChangeProfile.Request(form["name"].ToString(), form["language"].ToString(), form["theme"], form["zone"], form["signature"].ToString(),
                Enum.TryParse<AfterSend>(form["after"], out var after) && Enum.IsDefined(after) ? after : null),
            context.RequestAborted);
        if (!changed.Ok)
        {
            return Refuse(form, changed.Problem);
        }

        context.ShowIn(changed.Value);
        return Back("profile");
    }

    private static async Task<IResult> PasswordAsync(
        [FromForm] IFormCollection form, HttpContext context, UserManager<Agent> agents, Sessions sessions, AuditLog audit)
    {
        if (await agents.GetUserAsync(context.User) is not { } agent)
        {
            return Results.LocalRedirect("/signin");
        }

        var changed = await agents.HasPasswordAsync(agent)
            ? await agents.ChangePasswordAsync(agent, form["current"].ToString(), form["password"].ToString())
            : await agents.AddPasswordAsync(agent, form["password"].ToString());
        if (!changed.Succeeded)
        {
            return Refuse(form, changed.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.PasswordMismatch))
                ? new Problem("account.password_wrong") { Field = "current" }
                : new Problem("agent.password_short", agents.Options.Password.RequiredLength) { Field = "password" });
        }

        // Whoever knew the old password is out.
        await sessions.EndOthersAsync(agent.Id, Session(context), context.RequestAborted);
        await audit.WriteAsync("password.changed", context.User.ToActor(), "", context, context.RequestAborted);
        return Back("password");
    }

    private static async Task<IResult> PasskeyOptionsAsync(
        [FromForm] IFormCollection form, HttpContext context, UserManager<Agent> agents, Passkeys passkeys, RecentSignIn recent, Phrases phrases)
    {
        if (await agents.GetUserAsync(context.User) is not { } agent)
        {
            return Results.Unauthorized();
        }

        // Here already, so that no device makes a key that will not be taken.
        return await recent.CheckAsync(context, agent, form) is { } missing
            ? Results.Problem(phrases.Of(missing), statusCode: StatusCodes.Status422UnprocessableEntity)
            : Results.Content(await passkeys.OptionsForAsync(agent.Id, agent.Email ?? "", agent.Name), "application/json");
    }

    private static async Task<IResult> AddPasskeyAsync(
        [FromForm] IFormCollection form, HttpContext context, UserManager<Agent> agents, Passkeys passkeys, RecentSignIn recent, AuditLog audit)
    {
        var agent = await agents.GetUserAsync(context.User);
        if (agent is not null && await recent.CheckAsync(context, agent, form) is { } missing)
        {
            return Refuse(form, missing with { Field = "credential" });
        }

        var name = form["name"].ToString().Trim() is { Length: > 0 } given ? given : Browsers.Name(context.Request.Headers.UserAgent.ToString());
        if (agent is null || await passkeys.ReadAsync(form["credential"].ToString(), name) is not { } made
            || made.Agent != agent.Id || !await passkeys.AddAsync(agent, made.Passkey))
        {
            return Refuse(form, new Problem("account.passkey_failed") { Field = "credential" });
        }

        await audit.WriteAsync("passkey.added", context.User.ToActor(), name, context, context.RequestAborted);
        return form["to"].ToString() is { Length: > 0 } to ? Results.LocalRedirect(SignInEndpoints.Back(to)) : Back("passkeys");
    }

    private static async Task<IResult> RemovePasskeyAsync(
        [FromForm] IFormCollection form, HttpContext context, UserManager<Agent> agents, Passkeys passkeys, AuditLog audit)
    {
        if (await agents.GetUserAsync(context.User) is not { } agent)
        {
            return Results.LocalRedirect("/signin");
        }

        var known = await passkeys.OfAsync(agent);
        if (known.FirstOrDefault(p => Convert.ToHexString(p.CredentialId) == form["id"].ToString()) is not { } passkey)
        {
            return Back("passkeys");
        }

        if (known.Count == 1 && !await agents.HasPasswordAsync(agent))
        {
            return Refuse(form, new Problem("account.last_key") { Field = "credential" });
        }

        await passkeys.RemoveAsync(agent, passkey.CredentialId);
        await audit.WriteAsync("passkey.removed", context.User.ToActor(), passkey.Name ?? "", context, context.RequestAborted);
        return Back("passkeys");
    }

    private static async Task<IResult> EndSessionAsync([FromForm] IFormCollection form, HttpContext context, Sessions sessions, AuditLog audit)
    {
        if (context.User.ToActor() is { Id: { } agent } actor && Guid.TryParse(form["id"], CultureInfo.InvariantCulture, out var id)
            && await sessions.EndAsync(agent, id, context.RequestAborted) > 0)
        {
            await audit.WriteAsync("session.ended", actor, "", context, context.RequestAborted);
        }

        return Back("sessions");
    }

    private static async Task<IResult> EndOthersAsync([FromForm] IFormCollection form, HttpContext context, Sessions sessions, AuditLog audit)
    {
        _ = form;
        if (context.User.ToActor() is { Id: { } agent } actor)
        {
            var ended = await sessions.EndOthersAsync(agent, Session(context), context.RequestAborted);
            if (ended > 0)
            {
                await audit.WriteAsync("session.ended", actor, ended.ToString(CultureInfo.InvariantCulture), context, context.RequestAborted);
            }
        }

        return Back("sessions");
    }

    internal static Guid? Session(HttpContext context)
        => Guid.TryParse(context.User.FindFirstValue(AgentClaims.SessionClaim), out var id) ? id : null;

    private static RedirectHttpResult Back(string saved) => (RedirectHttpResult)Results.LocalRedirect($"/account?saved={saved}#{saved}");

    private static RazorComponentResult<App> Refuse(IFormCollection form, Problem problem)
        => PageResult.Of<AccountPage>(new Typed(form, problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
}
