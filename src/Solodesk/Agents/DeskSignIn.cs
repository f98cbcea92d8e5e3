using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Solodesk.Agents;

/// <summary>Identity's sign-in, with a session row for each browser and an entry in the audit log; an agent who was switched off stays out.</summary>
internal sealed class DeskSignIn(
    UserManager<Agent> agents,
    IHttpContextAccessor http,
    IUserClaimsPrincipalFactory<Agent> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Agent>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Agent> confirmation,
    Sessions sessions,
    AuditLog audit)
    : SignInManager<Agent>(agents, http, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(Agent user) => user.Active && await base.CanSignInAsync(user);

    public override async Task SignInWithClaimsAsync(Agent user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var more = additionalClaims.ToList();
        var session = await sessions.StartAsync(user.Id, Context, Context.RequestAborted);
        more.Add(new Claim(AgentClaims.SessionClaim, session.ToString()));
        // A support desk is open all day: the browser stays signed in for 30 days, and the session can be ended from any other browser.
        var properties = authenticationProperties ?? new AuthenticationProperties();
        properties.IsPersistent = true;
        await base.SignInWithClaimsAsync(user, properties, more);
        Context.ShowIn(user);
        await audit.WriteAsync("signin.ok", user.ToActor(), Method(more), Context, Context.RequestAborted);
    }

    public override async Task SignOutAsync()
    {
        if (Guid.TryParse(Context.User.FindFirstValue(AgentClaims.SessionClaim), out var session))
        {
            await sessions.EndAsync(session, Context.RequestAborted);
            await audit.WriteAsync("signin.out", Context.User.ToActor(), "", Context, Context.RequestAborted);
        }

        await base.SignOutAsync();
    }

    protected override async Task<SignInResult> SignInOrTwoFactorAsync(Agent user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false)
    {
        // A passkey comes straight here: the checks that a password has behind it.
        return await PreSignInCheck(user) ?? await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor);
    }

    private static string Method(List<Claim> claims) => claims.FirstOrDefault(c => c.Type == ClaimTypes.AuthenticationMethod || c.Type == "amr")?.Value ?? "";
}
