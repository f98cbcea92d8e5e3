using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Solodesk.Agents;

namespace Solodesk.Api;

/// <summary>Who may call the API: a bearer token within its scopes, or an agent who is signed in (with the antiforgery header on writes).</summary>
public static class ApiAccess
{
    /// <summary>The policy, and the scheme behind it.</summary>
    public const string Policy = "api";

    internal static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<KnownTokens>();
        services.AddSingleton<Idempotency>();
        services.AddApiJson();
        services.AddApiDescription();
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, TokenSignIn>(TokenSignIn.Scheme, null)
            .AddPolicyScheme(Policy, null, o =>
            {
                o.ForwardDefaultSelector = context => TokenSignIn.Carries(context.Request) ? TokenSignIn.Scheme
                    : context.RequestServices.GetRequiredService<IOptions<AuthenticationOptions>>().Value is var all ? all.DefaultAuthenticateScheme ?? all.DefaultScheme : null;
                // A program is told what is wrong in words; it is never sent to the sign-in page.
                o.ForwardChallenge = TokenSignIn.Scheme;
                o.ForwardForbid = TokenSignIn.Scheme;
            });
        services.AddAuthorizationBuilder().AddPolicy(Policy, p => p.AddAuthenticationSchemes(Policy).RequireAuthenticatedUser());
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        return services;
    }

    /// <summary>Lets in tokens that have the scope, and agents whose role has what it stands for.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope) where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(new ScopeMetadata(scope));
        return builder.RequireAuthorization(new AuthorizationPolicyBuilder(Policy).RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(scope)).Build());
    }

    internal sealed record ScopeMetadata(string Scope);

    private sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;

    private sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
        {
            if (context.User.Identity?.IsAuthenticated == true && context.User.May(requirement.Scope))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
