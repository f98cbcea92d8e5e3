using System.Security.Claims;

namespace Solodesk.Agents;

/// <summary>A token as the principal of a request.</summary>
internal static class TokenClaims
{
    public const string IdClaim = "desk:token";
    public const string ScopeClaim = "desk:scope";

    public static ClaimsPrincipal Principal(ApiToken token, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, AgentClaims.NameClaim, AgentClaims.RoleClaim);
        identity.AddClaim(new Claim(IdClaim, token.Id.ToString()));
        identity.AddClaim(new Claim(AgentClaims.NameClaim, token.Name));
        identity.AddClaim(new Claim(AgentClaims.RoleClaim, Scopes.RoleOf(token.Scopes).ToString()));
        identity.AddClaims(token.Scopes.Select(s => new Claim(ScopeClaim, s)));
        return new ClaimsPrincipal(identity);
    }

    public static bool IsToken(this ClaimsPrincipal user) => user.HasClaim(c => c.Type == IdClaim);

    public static IEnumerable<string> TokenScopes(this ClaimsPrincipal user) => user.FindAll(ScopeClaim).Select(c => c.Value);

    /// <summary>Whether the caller may do what the scope names: a token by its scopes, a person by their role.</summary>
    public static bool May(this ClaimsPrincipal user, string scope)
        => user.IsToken() ? Scopes.Cover(user.TokenScopes(), scope) : Scopes.Cover(user.ToActor().Role, scope);
}
