namespace Solodesk.Mail.OAuth;

/// <summary>Who gives out access to a mailbox (RFC 6749).</summary>
/// <param name="Name">A name for people.</param>
/// <param name="AuthorizationEndpoint">Where the owner of the mailbox agrees.</param>
/// <param name="TokenEndpoint">Where codes and refresh tokens are exchanged.</param>
/// <param name="Scopes">What is asked for.</param>
/// <param name="Parameters">What else the provider wants to be asked.</param>
public sealed record OAuthProvider(
    string Name, Uri AuthorizationEndpoint, Uri TokenEndpoint, IReadOnlyList<string> Scopes, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>Gmail and Google Workspace. Without <c>prompt=consent</c> Google gives a refresh token the first time only.</summary>
    public static OAuthProvider Gmail { get; } = new(
        "Gmail",
        new("https://accounts.google.com/o/oauth2/v2/auth"),
        new("https://oauth2.googleapis.com/token"),
        ["https://mail.google.com/"],
        [new("access_type", "offline"), new("prompt", "consent")]);

    /// <summary>Microsoft 365 and Outlook.com.</summary>
    /// <param name="tenant">The directory: a domain or id; “common” takes accounts of every kind.</param>
    public static OAuthProvider Microsoft365(string tenant = "common") => new(
        "Microsoft 365",
        new($"https://login.microsoftonline.com/{Uri.EscapeDataString(tenant)}/oauth2/v2.0/authorize"),
        new($"https://login.microsoftonline.com/{Uri.EscapeDataString(tenant)}/oauth2/v2.0/token"),
        ["https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send", "offline_access"],
        []);
}
