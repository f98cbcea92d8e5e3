namespace Solodesk.Mail.OAuth;

/// <summary>How long the secret of an application still holds.</summary>
public enum OAuthSecretState
{
    /// <summary>It does not expire, or nobody told when.</summary>
    Unlimited,

    /// <summary>It holds for more than a month.</summary>
    Valid,

    /// <summary>It expires within 30 days: make a new one at the provider now.</summary>
    ExpiresSoon,

    /// <summary>It has expired: no access can be refreshed until there is a new one.</summary>
    Expired,
}

/// <summary>This installation as it is registered with a provider.</summary>
/// <param name="ClientId">Its id.</param>
/// <param name="ClientSecret">Its secret; null for a public client, which PKCE alone protects.</param>
/// <param name="RedirectUri">Where the provider sends the owner back to, exactly as it is registered.</param>
/// <param name="SecretExpiresAt">When the secret ends; Microsoft's end after at most two years. Null when it does not.</param>
public sealed record OAuthApplication(string ClientId, string? ClientSecret, Uri RedirectUri, DateTimeOffset? SecretExpiresAt = null)
{
    private static readonly TimeSpan Warning = TimeSpan.FromDays(30);

    /// <summary>How the secret stands at a time.</summary>
    public OAuthSecretState SecretState(DateTimeOffset now) =>
        ClientSecret is null || SecretExpiresAt is not { } end ? OAuthSecretState.Unlimited
        : now >= end ? OAuthSecretState.Expired
        : end - now <= Warning ? OAuthSecretState.ExpiresSoon
        : OAuthSecretState.Valid;

    /// <summary>The id alone: secrets are never printed.</summary>
    public override string ToString() => ClientId;
}
