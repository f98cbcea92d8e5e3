using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Mail.OAuth;

namespace Solodesk.Channels.Email.OAuth;

/// <summary>Knows how this desk is registered with Google and Microsoft, keeps the secrets sealed, and tells how long they hold.</summary>
[UseCase]
public sealed class OAuthApplications(IDataProtectionProvider protection, Settings settings, IConfiguration configuration, IHttpClientFactory http, TimeProvider clock)
{
    public const string Gmail = "gmail";
    public const string Microsoft = "microsoft";

    private readonly IDataProtector _protector = protection.CreateProtector("oauth-application");

    public static IReadOnlyList<string> Providers { get; } = [Gmail, Microsoft];

    /// <summary>What was typed to register the desk; an empty secret keeps the one that is known.</summary>
    public sealed record Request(string Provider, string ClientId, string Secret, string Tenant, DateTimeOffset? SecretExpiresAt);

    public async Task<OAuthRegistration?> FindAsync(string provider, CancellationToken ct)
        => (await settings.ReadAsync<OAuthSettings>(ct)).Registrations.GetValueOrDefault(provider);

    public async Task<Result<OAuthRegistration>> SaveAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        if (!Providers.Contains(request.Provider))
        {
            return Problem.NotFound("oauth_provider");
        }

        var (id, secret, tenant) = (request.ClientId.Trim(), request.Secret.Trim(), request.Tenant.Trim());
        if (id.Length == 0)
        {
            return new Problem("oauth.client_missing") { Field = $"{request.Provider}_client" };
        }

        if (tenant.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.')))
        {
            return new Problem("oauth.tenant_invalid") { Field = $"{request.Provider}_tenant" };
        }

        var known = await settings.ReadAsync<OAuthSettings>(ct);
        var before = known.Registrations.GetValueOrDefault(request.Provider);
        var kept = before?.ClientId == id ? before.Secret : "";
        var registration = new OAuthRegistration(id, secret.Length > 0 ? _protector.Protect(secret) : kept, tenant, request.SecretExpiresAt);
        await settings.SaveAsync(known with { Registrations = new Dictionary<string, OAuthRegistration>(known.Registrations) { [request.Provider] = registration } }, ct);
        return registration;
    }

    /// <summary>Speaks to a provider in this desk's name; null when it is not registered there.</summary>
    /// <param name="provider">Which one.</param>
    /// <param name="redirect">Where people come back to; a refresh needs none.</param>
    /// <param name="ct">Ends the reading of the settings.</param>
    public async Task<OAuthClient?> ClientAsync(string provider, Uri? redirect, CancellationToken ct)
        => await FindAsync(provider, ct) is { } registration
            ? new OAuthClient(http.CreateClient("oauth"), ProviderOf(provider, registration), Application(registration, redirect), clock)
            : null;

    /// <summary>Secrets that have ended or end within a month.</summary>
    public async Task<IReadOnlyList<(string Provider, DateTimeOffset EndsAt, bool Ended)>> EndingAsync(CancellationToken ct)
        => [.. (await settings.ReadAsync<OAuthSettings>(ct)).Registrations
            .Select(r => (r.Key, r.Value.SecretExpiresAt, State: Application(r.Value, null).SecretState(clock.GetUtcNow())))
            .Where(r => r.State is OAuthSecretState.ExpiresSoon or OAuthSecretState.Expired)
            .Select(r => (r.Key, r.SecretExpiresAt!.Value, r.State == OAuthSecretState.Expired))];

    private OAuthApplication Application(OAuthRegistration registration, Uri? redirect)
        => new(registration.ClientId, registration.Secret.Length == 0 ? null : Reveal(registration.Secret), redirect ?? new Uri("http://localhost/"), registration.SecretExpiresAt);

    /// <summary>A database that was moved without its keys: the provider will refuse the empty secret and say so.</summary>
    private string Reveal(string secret)
    {
        try
        {
            return _protector.Unprotect(secret);
        }
        catch (CryptographicException)
        {
            return "";
        }
    }

    /// <summary>The provider's own addresses, or those that the configuration sets: a national cloud, a proxy, a test.</summary>
    private OAuthProvider ProviderOf(string key, OAuthRegistration registration)
    {
        var provider = key == Gmail ? OAuthProvider.Gmail : OAuthProvider.Microsoft365(registration.Tenant.Length > 0 ? registration.Tenant : "common");
        var own = configuration.GetSection($"Mail:OAuth:{key}");
        return provider with
        {
            AuthorizationEndpoint = own["Authorization"] is { Length: > 0 } authorization ? new Uri(authorization) : provider.AuthorizationEndpoint,
            TokenEndpoint = own["Token"] is { Length: > 0 } token ? new Uri(token) : provider.TokenEndpoint,
        };
    }
}
