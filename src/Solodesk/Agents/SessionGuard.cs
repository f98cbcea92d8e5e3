using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Solodesk.Agents;

/// <summary>
/// Looks on every request whether the cookie's session still stands. It takes the place of Identity's security-stamp check, which would
/// drop the session's id and looks only every half hour.
/// </summary>
internal static class SessionGuard
{
    public static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        var user = context.Principal!;
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        var standing = Guid.TryParse(user.FindFirstValue(AgentClaims.SessionClaim), out var id)
            ? await sessions.FindAsync(id, context.HttpContext.RequestAborted)
            : null;
        if (standing is null || user.FindFirstValue(ClaimTypes.NameIdentifier) != standing.AgentId.ToString())
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        // The cookie carries name, role and language so that a page needs no query; here they catch up with a change.
        var identity = (ClaimsIdentity)user.Identity!;
        context.ShouldRenew |= Set(identity, AgentClaims.NameClaim, standing.Name)
            | Set(identity, AgentClaims.RoleClaim, standing.Role.ToString())
            | Set(identity, AgentClaims.LanguageClaim, standing.Language);
    }

    private static bool Set(ClaimsIdentity identity, string type, string value)
    {
        var old = identity.FindFirst(type);
        if (old?.Value == value)
        {
            return false;
        }

        identity.TryRemoveClaim(old);
        identity.AddClaim(new Claim(type, value));
        return true;
    }
}
