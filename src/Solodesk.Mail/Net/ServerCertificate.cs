using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Solodesk.Mail.Net;

/// <summary>Checks a server's certificate and remembers what was wrong with it.</summary>
internal sealed class ServerCertificate(MailServerOptions options)
{
    public CertificateProblem? Problem { get; private set; }

    public bool Accept(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (shown is not X509Certificate2 certificate)
        {
            Problem = new(CertificateFault.Missing, "", "", default, default, "", "The server showed no certificate.");
            return false;
        }

        var fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        if (options.TrustedFingerprints.Any(trusted =>
            string.Equals(trusted.Replace(":", "", StringComparison.Ordinal).Trim(), fingerprint, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        var statuses = chain?.ChainStatus ?? [];
        if (errors == SslPolicyErrors.RemoteCertificateChainErrors && options.TrustedCertificates.Count > 0)
        {
            using var own = new X509Chain();
            own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            own.ChainPolicy.CustomTrustStore.AddRange(options.TrustedCertificates.ToArray());
            if (chain is not null)
            {
                own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
            }

            own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            own.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // for TLS servers
            if (own.Build(certificate))
            {
                return true;
            }

            statuses = own.ChainStatus;
        }

        var details = string.Join("; ", statuses.Select(status => status.StatusInformation.Trim()).Prepend(errors.ToString()));
        Problem = new(Fault(certificate, errors, statuses), certificate.Subject, certificate.Issuer,
            certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime(), fingerprint, details);
        return false;
    }

    private CertificateFault Fault(X509Certificate2 certificate, SslPolicyErrors errors, X509ChainStatus[] statuses)
    {
        var now = options.Clock.GetUtcNow();
        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? CertificateFault.WrongHost
            : now > certificate.NotAfter.ToUniversalTime() ? CertificateFault.Expired
            : now < certificate.NotBefore.ToUniversalTime() ? CertificateFault.NotYetValid
            : !statuses.Any(status => status.Status is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain) ? CertificateFault.Other
            : certificate.Subject == certificate.Issuer ? CertificateFault.SelfSigned
            : CertificateFault.UntrustedIssuer;
    }
}
