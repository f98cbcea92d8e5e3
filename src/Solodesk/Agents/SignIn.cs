using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Agents;

/// <summary>How agents are known: Identity with passkeys and one-time codes, a cookie, and everything closed that is not opened by name.</summary>
internal static class SignIn
{
    /// <summary>The policy of pages and endpoints that change settings.</summary>
    public const string OwnerPolicy = "owner";

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
            .AddUserStore<AgentStore>()
            .AddSignInManager<DeskSignIn>()
            .AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<AgentClaims>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(o => o.ApplicationCookie!.Configure(c =>
        {
            c.LoginPath = "/signin";
            c.AccessDeniedPath = "/denied";
            c.ReturnUrlParameter = "to";
            c.Events.OnValidatePrincipal = SessionGuard.CheckAsync;
            c.Events.OnRedirectToLogin = RefuseAsync;
            c.ExpireTimeSpan = TimeSpan.FromDays(30);
            c.SlidingExpiration = true;
            c.Cookie.Name = "solodesk";
            c.Cookie.HttpOnly = true;
            c.Cookie.SameSite = SameSiteMode.Lax;
        }));
        services.AddSingleton<Sessions>();
        services.AddScoped<Passkeys>();
        services.AddScoped<RecentSignIn>();
        services.AddSingleton<AgentInvite>();
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            // The passkey stands for name and password: it must be found without a name, and must ask for finger, face or PIN.
            o.ResidentKeyRequirement = "required";
            o.UserVerificationRequirement = "required";
        });
        services.AddRateLimiter(o => SignInLimits.Configure(o));
        services.AddAuthorizationBuilder()
            .AddPolicy(OwnerPolicy, p => p.RequireClaim(AgentClaims.RoleClaim, nameof(Role.Owner)))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddCascadingAuthenticationState();
        return services;
    }

    // Pages lead to the sign-in; a fragment or a program gets a plain 401, because a sign-in page swapped into a list helps nobody.
    private static Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Headers.ContainsKey("HX-Request") || context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/live"))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers["HX-Redirect"] = "/signin";
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    /// <summary>The agent or the token behind a request.</summary>
    public static Actor ToActor(this ClaimsPrincipal user)
        => new(user.IsToken() ? ActorKind.Token : ActorKind.Agent,
            Guid.TryParse(user.FindFirstValue(TokenClaims.IdClaim) ?? user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null,
            user.FindFirstValue(AgentClaims.NameClaim) ?? "",
            Enum.TryParse<Role>(user.FindFirstValue(AgentClaims.RoleClaim), out var role) ? role : Role.None);
}
