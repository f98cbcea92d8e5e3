namespace Solodesk.Mail.OAuth;

/// <summary>A sign-in that was begun: send the person to <see cref="Url"/> and keep the rest, tied to their session, until they are back.</summary>
/// <param name="Url">Where the person agrees.</param>
/// <param name="State">Comes back with them; proves that they left from here (RFC 6749 §10.12).</param>
/// <param name="CodeVerifier">Proves that the one who began it also ends it (PKCE, RFC 7636). A secret.</param>
public sealed record OAuthSignIn(Uri Url, string State, string CodeVerifier)
{
    /// <summary>The state alone: the verifier is never printed.</summary>
    public override string ToString() => State;
}
