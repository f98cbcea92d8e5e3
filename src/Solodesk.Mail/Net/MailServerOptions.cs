using System.Security.Cryptography.X509Certificates;

namespace Solodesk.Mail.Net;

/// <summary>Where a mail server is and how to speak with it; shared by SMTP and IMAP.</summary>
public abstract record MailServerOptions
{
    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>When the connection turns to TLS.</summary>
    public ConnectionSecurity Security { get; init; } = ConnectionSecurity.ImplicitTls;

    /// <summary>The owner insists on plaintext to another machine. Never set it for somebody.</summary>
    public bool AllowPlaintext { get; init; }

    /// <summary>Authorities or certificates trusted besides those of the system, for a server with a certificate of its own making. Host name and time are still checked.</summary>
    public IReadOnlyList<X509Certificate2> TrustedCertificates { get; init; } = [];

    /// <summary>SHA-256 fingerprints (hexadecimal, colons allowed) of server certificates that the owner accepted by hand, whatever else is wrong with them.</summary>
    public IReadOnlyList<string> TrustedFingerprints { get; init; } = [];

    /// <summary>Who signs in; null to stay unauthenticated.</summary>
    public MailCredentials? Credentials { get; init; }

    /// <summary>How long finding the host, connecting and agreeing on TLS may take, each.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the server may keep silent when it is its turn to speak.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Measures every timeout.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets each protocol line, “C: ” or “S: ” in front, with secrets and message bodies left out. Called on the thread that speaks; must not throw.</summary>
    public Action<string>? Trace { get; init; }
}
