using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Solodesk.Agents.Pages;
using Solodesk.Common;
using Solodesk.Ui;
using Solodesk.Ui.Forms;

namespace Solodesk.Agents;

/// <summary>The agents' page of the settings, and the page behind an invitation.</summary>
internal sealed class AgentsEndpoints : IEndpoints
{
    private const string Home = "/settings/agents";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Home).RequireAuthorization(SignIn.OwnerPolicy);
        group.MapPost("/invite", InviteAsync);
        group.MapPost("/{id:guid}/role", RoleAsync);
        group.MapPost("/{id:guid}/active", ActiveAsync);
        group.MapPost("/{id:guid}/link", LinkAsync);
        var welcome = routes.MapGroup("/welcome").AllowAnonymous().RequireRateLimiting(SignInLimits.Policy);
        welcome.MapPost("", WelcomeAsync);
        welcome.MapPost("/passkey", WelcomePasskeyAsync);
    }

    private static async Task<IResult> InviteAsync([FromForm] IFormCollection form, HttpContext context, InviteAgent invite)
    {
        var request = new InviteAgent.Request(form["name"].ToString(), form["email"].ToString(), RoleOf(form), CultureInfo.CurrentUICulture.Name);
        return Show(form, await invite.RunAsync(context.User.ToActor(), request, context, context.RequestAborted), context);
    }

    private static async Task<IResult> LinkAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, InviteAgent invite, Sessions sessions)
    {
        var again = await invite.AgainAsync(context.User.ToActor(), id, context, context.RequestAborted);
        if (again.Ok)
        {
            await sessions.EndOthersAsync(id, null, context.RequestAborted);
        }

        return Show(form, again, context);
    }

    private static async Task<IResult> RoleAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, ChangeAgent change)
        => Done(form, await change.RunAsync(context.User.ToActor(), new ChangeAgent.Request(id) { Role = RoleOf(form) }, context, context.RequestAborted));

    private static async Task<IResult> ActiveAsync(Guid id, [FromForm] IFormCollection form, HttpContext context, ChangeAgent change)
        => Done(form, await change.RunAsync(context.User.ToActor(), new ChangeAgent.Request(id) { Active = form["active"] == "true" }, context, context.RequestAborted));

    private static async Task<IResult> WelcomeAsync(
        [FromForm] IFormCollection form, HttpContext context, AgentInvite invite, UserManager<Agent> agents, SignInManager<Agent> signIn, Passkeys passkeys)
    {
        if (await InvitedAsync(invite, agents, form["token"].ToString()) is not { } agent)
        {
            return Welcome(form, new Problem("agent.invite_used"));
        }

        if (form["credential"].ToString() is { Length: > 0 } credential)
        {
            if (await passkeys.ReadAsync(credential, Browsers.Name(context.Request.Headers.UserAgent.ToString())) is not { } made
                || made.Agent != agent.Id || !await passkeys.AddAsync(agent, made.Passkey))
            {
                return Welcome(form, new Problem("account.passkey_failed"));
            }

            await agents.UpdateSecurityStampAsync(agent);
        }
        else if (!(await agents.AddPasswordAsync(agent, form["password"].ToString())).Succeeded)
        {
            return Welcome(form, new Problem("agent.password_short", agents.Options.Password.RequiredLength) { Field = "password" });
        }

        await signIn.SignInAsync(agent, isPersistent: true, "invite");
        return Results.LocalRedirect("/");
    }

    private static async Task<IResult> WelcomePasskeyAsync(
        [FromForm] IFormCollection form, AgentInvite invite, UserManager<Agent> agents, Passkeys passkeys, Phrases phrases)
        => await InvitedAsync(invite, agents, form["token"].ToString()) is { } agent
            ? Results.Content(await passkeys.OptionsForAsync(agent.Id, agent.Email ?? "", agent.Name), "application/json")
            : Results.Problem(phrases.Of(new Problem("agent.invite_used")), statusCode: StatusCodes.Status422UnprocessableEntity);

    /// <summary>The agent behind a link that was not used yet.</summary>
    internal static async Task<Agent?> InvitedAsync(AgentInvite invite, UserManager<Agent> agents, string token)
        => invite.Read(token) is { } read && await agents.FindByIdAsync(read.Agent.ToString()) is { Active: true } agent
            && agent.SecurityStamp == read.Stamp && !await agents.HasPasswordAsync(agent) && (await agents.GetPasskeysAsync(agent)).Count == 0
            ? agent
            : null;

    private static Role RoleOf(IFormCollection form) => Enum.TryParse<Role>(form["role"], out var role) && Enum.IsDefined(role) ? role : Role.None;

    private static RazorComponentResult<App> Show(IFormCollection form, Result<InviteAgent.Invited> invited, HttpContext context)
    {
        var parameters = new Typed(invited.Ok ? null : form, invited.Problem).AsParameters();
        parameters["Link"] = invited.Ok ? $"{context.Request.Scheme}://{context.Request.Host}{invited.Value.Path}" : null;
        parameters["Invited"] = invited.Ok ? invited.Value.Agent.Name : null;
        return PageResult.Of<AgentsPage>(parameters, invited.Ok ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Done(IFormCollection form, Result<Agent> changed)
        => changed.Ok ? Results.LocalRedirect(Home) : PageResult.Of<AgentsPage>(new Typed(null, changed.Problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);

    private static RazorComponentResult<App> Welcome(IFormCollection form, Problem problem)
        => PageResult.Of<WelcomePage>(new Typed(form, problem).AsParameters(), StatusCodes.Status422UnprocessableEntity);
}
