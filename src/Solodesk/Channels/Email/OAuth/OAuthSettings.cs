namespace Solodesk.Channels.Email.OAuth;

/// <summary>This installation as it is registered with the providers whose mailboxes are signed in to there.</summary>
public sealed record OAuthSettings
{
    /// <summary>By provider: <c>gmail</c>, <c>microsoft</c>.</summary>
    public IReadOnlyDictionary<string, OAuthRegistration> Registrations { get; init; } = new Dictionary<string, OAuthRegistration>();
}

/// <summary>One registration.</summary>
/// <param name="ClientId">The id that the provider gave.</param>
/// <param name="Secret">Its secret, encrypted by data protection; empty for a public client.</param>
/// <param name="Tenant">Microsoft's directory; empty takes accounts of every kind.</param>
/// <param name="SecretExpiresAt">When the secret ends, as the owner noted it.</param>
public sealed record OAuthRegistration(string ClientId, string Secret, string Tenant = "", DateTimeOffset? SecretExpiresAt = null);
