namespace Solodesk.Mail.Net;

/// <summary>What is wrong with a server's certificate.</summary>
public enum CertificateFault
{
    /// <summary>The server showed none.</summary>
    Missing,

    /// <summary>It is for another host name.</summary>
    WrongHost,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not begun; the clock of one of the machines may be wrong.</summary>
    NotYetValid,

    /// <summary>It vouches for itself.</summary>
    SelfSigned,

    /// <summary>It was issued by an authority that this machine does not trust, or the server does not send the certificates in between.</summary>
    UntrustedIssuer,

    /// <summary>Something else; <see cref="CertificateProblem.Details"/> says what.</summary>
    Other,
}

/// <summary>A certificate that was not accepted, with what a person needs to judge it.</summary>
/// <param name="Fault">The first thing that is wrong.</param>
/// <param name="Subject">Whom it names.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="NotBefore">When it begins.</param>
/// <param name="NotAfter">When it ends.</param>
/// <param name="Sha256">Its SHA-256 fingerprint in hexadecimal, as <see cref="MailServerOptions.TrustedFingerprints"/> takes it.</param>
/// <param name="Details">What the system's check said.</param>
public sealed record CertificateProblem(
    CertificateFault Fault, string Subject, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Sha256, string Details);
