using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Smtp;

namespace Solodesk.Channels.Email;

/// <summary>Turns a mailbox into what the mail library needs to reach its servers; the only place where its password is read.</summary>
[UseCase]
public sealed class MailAccess(IDataProtectionProvider protection, Settings settings)
{
    private readonly IDataProtector _protector = protection.CreateProtector("mailbox");

    public string Protect(string password) => _protector.Protect(password);

    /// <summary>The password, or null when the key that it was encrypted with is gone (a database moved without its keys).</summary>
    public string? Reveal(Mailbox mailbox)
    {
        try
        {
            return mailbox.Secret.Length == 0 ? "" : _protector.Unprotect(mailbox.Secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public async ValueTask<ImapOptions> ImapAsync(Mailbox mailbox, string password, CancellationToken ct)
    {
        var own = await settings.ReadAsync<MailSettings>(ct);
        return new ImapOptions
        {
            Host = mailbox.ImapHost,
            Port = mailbox.ImapPort,
            Security = Of(mailbox.ImapSecurity),
            Credentials = MailCredentials.Password(mailbox.UserName, password),
            AllowPlaintext = own.PlaintextHosts.Contains(mailbox.ImapHost, StringComparer.OrdinalIgnoreCase),
            TrustedFingerprints = own.TrustedCertificates,
            MaxMessageSize = own.MaxMailBytes,
            Identification = [new("name", "Solodesk"), new("version", "1.0"), new("vendor", "Solodesk")],
        };
    }

    public async ValueTask<SmtpOptions> SmtpAsync(Mailbox mailbox, string password, CancellationToken ct)
    {
        var own = await settings.ReadAsync<MailSettings>(ct);
        return new SmtpOptions
        {
            Host = mailbox.SmtpHost,
            Port = mailbox.SmtpPort,
            Security = Of(mailbox.SmtpSecurity),
            // A relay on this machine may want no login at all.
            Credentials = mailbox.UserName.Length == 0 || password.Length == 0 ? null : MailCredentials.Password(mailbox.UserName, password),
            AllowPlaintext = own.PlaintextHosts.Contains(mailbox.SmtpHost, StringComparer.OrdinalIgnoreCase),
            TrustedFingerprints = own.TrustedCertificates,
        };
    }

    private static ConnectionSecurity Of(MailSecurity security) => security switch
    {
        MailSecurity.Tls => ConnectionSecurity.ImplicitTls,
        MailSecurity.StartTls => ConnectionSecurity.StartTlsRequired,
        MailSecurity.None => ConnectionSecurity.None,
    };
}
