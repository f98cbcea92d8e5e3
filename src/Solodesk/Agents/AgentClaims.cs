using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Solodesk.Agents;

/// <summary>What the cookie carries beside the id, so that a page needs no query to know who looks.</summary>
internal sealed class AgentClaims(UserManager<Agent> agents, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<Agent>(agents, options)
{
    public const string NameClaim = "desk:name";
    public const string RoleClaim = "desk:role";
    public const string LanguageClaim = "desk:language";
    public const string SessionClaim = "desk:session";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Agent user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(NameClaim, user.Name));
        identity.AddClaim(new Claim(RoleClaim, user.Role.ToString()));
        identity.AddClaim(new Claim(LanguageClaim, user.Language));
        return identity;
    }
}
