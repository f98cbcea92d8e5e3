namespace Solodesk.Mail.Net;

/// <summary>A mail server, or the way to it, failed. <see cref="Reason"/> is meant to be turned into a sentence for a person.</summary>
public sealed class MailConnectionException : Exception
{
    /// <summary>For whoever supplies credentials and cannot: the same kind of failure, so that callers need to know one only.</summary>
    /// <param name="reason">What went wrong.</param>
    /// <param name="message">The same in a sentence, for logs.</param>
    /// <param name="inner">What lay below it.</param>
    public MailConnectionException(MailConnectionReason reason, string message, Exception? inner = null)
        : base(message, inner) => Reason = reason;

    /// <summary>What went wrong.</summary>
    public MailConnectionReason Reason { get; }

    /// <summary>The server's own words, decoded, without status codes; null when it said nothing.</summary>
    public string? ServerWords { get; init; }

    /// <summary>The host as it was asked for.</summary>
    public string Host { get; init; } = "";

    /// <summary>The port.</summary>
    public int Port { get; init; }

    /// <summary>What is wrong with the certificate, when that was it.</summary>
    public CertificateProblem? Certificate { get; init; }

    /// <summary>
    /// True when the connection broke after the whole message had been handed over and before the server's answer (RFC 1047):
    /// it may have been accepted, and sending it again may deliver it twice.
    /// </summary>
    public bool MayHaveBeenSent { get; init; }

    /// <summary>True when trying again later may help without a person doing anything.</summary>
    public bool IsTransient => Reason switch
    {
        MailConnectionReason.NameNotResolved => true,
        MailConnectionReason.PortBlocked => true,
        MailConnectionReason.PortRefused => true,
        MailConnectionReason.TimedOut => true,
        MailConnectionReason.ServerBusy => true,
        MailConnectionReason.Protocol => true,
        MailConnectionReason.ConnectionLost => true,
        MailConnectionReason.CommandRefused => true,
        MailConnectionReason.TlsFailed => false,
        MailConnectionReason.TlsRequired => false,
        MailConnectionReason.PlaintextRefused => false,
        MailConnectionReason.WrongCredentials => false,
        MailConnectionReason.AppPasswordNeeded => false,
        MailConnectionReason.OAuthExpired => false,
        MailConnectionReason.OAuthRequired => false,
        MailConnectionReason.OAuthClientRefused => false,
        MailConnectionReason.AuthenticationUnavailable => false,
        MailConnectionReason.ClientRefused => false,
        MailConnectionReason.MailboxMissing => false,
    };
}
