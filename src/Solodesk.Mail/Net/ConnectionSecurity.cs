namespace Solodesk.Mail.Net;

/// <summary>When a connection turns to TLS.</summary>
public enum ConnectionSecurity
{
    /// <summary>From the first byte (RFC 8314 §3): ports 465 and 993.</summary>
    ImplicitTls,

    /// <summary>By STARTTLS; a server that does not offer it is refused.</summary>
    StartTlsRequired,

    /// <summary>By STARTTLS where it is offered. Where it is not, the rule for <see cref="None"/> holds.</summary>
    StartTlsAuto,

    /// <summary>Never: only to this machine itself, unless <see cref="MailServerOptions.AllowPlaintext"/> is set.</summary>
    None,
}
