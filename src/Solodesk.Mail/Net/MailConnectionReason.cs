namespace Solodesk.Mail.Net;

/// <summary>Why a mail server could not be used, by what a person can do about it.</summary>
public enum MailConnectionReason
{
    /// <summary>The host name has no address: misspelled, or no network.</summary>
    NameNotResolved,

    /// <summary>Nothing answers at this address and port: a firewall, or a provider that closes port 25.</summary>
    PortBlocked,

    /// <summary>The machine is there and nothing listens on this port: a wrong port, or the server is down.</summary>
    PortRefused,

    /// <summary>The server accepted the connection and then took too long.</summary>
    TimedOut,

    /// <summary>TLS could not be agreed on or the certificate is not good; see <see cref="MailConnectionException.Certificate"/>.</summary>
    TlsFailed,

    /// <summary>STARTTLS was demanded, by us or by the server, and is not to be had.</summary>
    TlsRequired,

    /// <summary>The connection would not be encrypted and goes to another machine; the owner has not insisted.</summary>
    PlaintextRefused,

    /// <summary>The user name or the password is wrong.</summary>
    WrongCredentials,

    /// <summary>The provider wants a password made for programs: 授权码 at QQ, 163 and 126, an app password at Gmail, iCloud and Yahoo.</summary>
    AppPasswordNeeded,

    /// <summary>The OAuth access was revoked or ran out and cannot be refreshed; a person must sign in again.</summary>
    OAuthExpired,

    /// <summary>The provider no longer takes passwords here; sign in with OAuth.</summary>
    OAuthRequired,

    /// <summary>The OAuth application itself was refused: wrong client id, or its secret is wrong or has expired.</summary>
    OAuthClientRefused,

    /// <summary>The server offers no way of signing in that fits the credentials.</summary>
    AuthenticationUnavailable,

    /// <summary>IMAP or SMTP is switched off for this mailbox, or the server does not want this program (“Unsafe Login”).</summary>
    ClientRefused,

    /// <summary>The server asks to come back later: overloaded, too many connections, or a limit was reached.</summary>
    ServerBusy,

    /// <summary>The mailbox (folder) does not exist or may not be opened.</summary>
    MailboxMissing,

    /// <summary>The server refused a command for a reason of its own; its words say which.</summary>
    CommandRefused,

    /// <summary>The server said something that is not the protocol.</summary>
    Protocol,

    /// <summary>The connection broke, or the server closed it.</summary>
    ConnectionLost,
}
