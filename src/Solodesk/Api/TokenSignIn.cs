using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Solodesk.Agents;
using Solodesk.Common;

namespace Solodesk.Api;

/// <summary>Reads <c>Authorization: Bearer sdk_…</c> (RFC 6750 §2.1).</summary>
internal sealed class TokenSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, KnownTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public new const string Scheme = "token";
    private const string Bearer = "Bearer ";

    public static bool Carries(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Carries(Request))
        {
            return AuthenticateResult.NoResult();
        }

        var secret = Request.Headers.Authorization.ToString()[Bearer.Length..].Trim();
        return await tokens.FindAsync(secret, Context.RequestAborted) is { } token
            ? AuthenticateResult.Success(new AuthenticationTicket(TokenClaims.Principal(token, Scheme), Scheme))
            : AuthenticateResult.Fail("Unknown or revoked token");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Carries(Request) ? "Bearer error=\"invalid_token\"" : "Bearer";
        return new ProblemAnswer(new Problem(Carries(Request) ? "token.invalid" : "unauthorized"), StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scope = Context.GetEndpoint()?.Metadata.GetMetadata<ApiAccess.ScopeMetadata>()?.Scope;
        return new ProblemAnswer(scope is not null && Context.User.IsToken() ? new Problem("token.scope_missing", scope) : Problem.Forbidden).ExecuteAsync(Context);
    }
}
