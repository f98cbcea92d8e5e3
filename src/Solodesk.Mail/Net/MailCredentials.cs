namespace Solodesk.Mail.Net;

/// <summary>A user name and a secret: a password, or an OAuth access token got anew for each connection.</summary>
public sealed class MailCredentials
{
    private readonly Func<CancellationToken, ValueTask<string>> _secret;

    private MailCredentials(string userName, bool isBearer, Func<CancellationToken, ValueTask<string>> secret)
    {
        UserName = userName;
        IsBearer = isBearer;
        _secret = secret;
    }

    /// <summary>The user name, most often the address.</summary>
    public string UserName { get; }

    /// <summary>True when the secret is an OAuth access token.</summary>
    public bool IsBearer { get; }

    /// <summary>Signs in with a password.</summary>
    public static MailCredentials Password(string userName, string password) => new(userName, isBearer: false, _ => new(password));

    /// <summary>Signs in with an OAuth 2 access token that is at hand.</summary>
    public static MailCredentials Bearer(string userName, string accessToken) => new(userName, isBearer: true, _ => new(accessToken));

    /// <summary>Signs in with an OAuth 2 access token, asked for on each connection.</summary>
    public static MailCredentials Bearer(string userName, Func<CancellationToken, ValueTask<string>> accessToken) => new(userName, isBearer: true, accessToken);

    /// <summary>The user name alone: secrets are never printed.</summary>
    public override string ToString() => UserName;

    internal ValueTask<string> SecretAsync(CancellationToken ct) => _secret(ct);
}
