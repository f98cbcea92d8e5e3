using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Solodesk.Agents;

namespace Solodesk.Tests;

/// <summary>Stands in for the cookie: the agent is named by a header.</summary>
internal sealed class TestSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public new const string Scheme = "test";
    public const string Header = "X-Test-Agent";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header].ToString().Split('|') is not [var id, var name, var role, var language])
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var identity = new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, id),
            new(AgentClaims.NameClaim, Uri.UnescapeDataString(name)),
            new(AgentClaims.RoleClaim, role),
            new(AgentClaims.LanguageClaim, language),
        ], Scheme);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Redirect("/signin");
        return Task.CompletedTask;
    }
}
