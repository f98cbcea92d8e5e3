using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Agents;

/// <summary>How agents are known: Identity with passkeys and one-time codes, a cookie, and everything closed that is not opened by name.</summary>
internal static class SignIn
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddIdentityCore<Agent>(o =>
            {
                o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                o.User.RequireUniqueEmail = true;
                o.Password.RequiredLength = 10;
                o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
                o.Lockout.MaxFailedAccessAttempts = 8;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
            })
            .AddEntityFrameworkStores<DeskDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<AgentClaims>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(o => o.ApplicationCookie!.Configure(c =>
        {
            c.LoginPath = "/signin";
            c.AccessDeniedPath = "/signin";
            c.ExpireTimeSpan = TimeSpan.FromDays(30);
            c.SlidingExpiration = true;
            c.Cookie.Name = "solodesk";
            c.Cookie.HttpOnly = true;
            c.Cookie.SameSite = SameSiteMode.Lax;
        }));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddCascadingAuthenticationState();
        return services;
    }

    /// <summary>The agent or the token behind a request.</summary>
    public static Actor ToActor(this ClaimsPrincipal user)
        => new(user.IsToken() ? ActorKind.Token : ActorKind.Agent,
            Guid.TryParse(user.FindFirstValue(TokenClaims.IdClaim) ?? user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null,
            user.FindFirstValue(AgentClaims.NameClaim) ?? "",
            Enum.TryParse<Role>(user.FindFirstValue(AgentClaims.RoleClaim), out var role) ? role : Role.None);
}
