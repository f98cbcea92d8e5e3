namespace Solodesk.Mail.OAuth;

/// <summary>Access that was granted.</summary>
/// <param name="AccessToken">What a mail server takes in place of a password.</param>
/// <param name="RefreshToken">What a new access token is got with; null when the provider gave none. Keep it encrypted.</param>
/// <param name="ExpiresAt">When the access token ends.</param>
/// <param name="Scope">What was granted, as the provider says it.</param>
public sealed record OAuthTokens(string AccessToken, string? RefreshToken, DateTimeOffset ExpiresAt, string Scope)
{
    /// <summary>A token is taken for expired so long before its end, for clocks that differ and logins that take time.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    /// <summary>True when the access token should be refreshed before it is used.</summary>
    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt - Margin;

    /// <summary>The end of access alone: tokens are never printed.</summary>
    public override string ToString() => $"until {ExpiresAt:O}";
}
