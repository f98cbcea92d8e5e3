using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Solodesk.Channels.Email.OAuth;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.OAuth;
using Solodesk.Mail.Smtp;

namespace Solodesk.Channels.Email;

/// <summary>Turns a mailbox into what the mail library needs to reach its servers; the only place where its password is read.</summary>
[UseCase]
public sealed class MailAccess(IDataProtectionProvider protection, Settings settings, MailboxTokens tokens)
{
    private readonly IDataProtector _protector = protection.CreateProtector("mailbox");

    public string Protect(string password) => _protector.Protect(password);

    /// <summary>Encrypts the access that a provider granted.</summary>
    public string Seal(OAuthTokens granted) => tokens.Seal(granted);

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

    /// <summary>What its servers are signed in to with; null when the key that the password was encrypted with is gone.</summary>
    public MailCredentials? CredentialsOf(Mailbox mailbox)
        => mailbox.OAuth is not null ? tokens.CredentialsOf(mailbox)
            : Reveal(mailbox) is { } password ? MailCredentials.Password(mailbox.UserName, password) : null;

    public async ValueTask<ImapOptions> ImapAsync(Mailbox mailbox, MailCredentials credentials, CancellationToken ct)
    {
        var own = await settings.ReadAsync<MailSettings>(ct);
        return new ImapOptions
        {
            Host = mailbox.ImapHost,
            Port = mailbox.ImapPort,
            Security = Of(mailbox.ImapSecurity),
            Credentials = credentials,
            AllowPlaintext = own.PlaintextHosts.Contains(mailbox.ImapHost, StringComparer.OrdinalIgnoreCase),
            TrustedFingerprints = own.TrustedCertificates,
            MaxMessageSize = own.MaxMailBytes,
            Identification = [new("name", "Solodesk"), new("version", "1.0"), new("vendor", "Solodesk")],
        };
    }

    public async ValueTask<SmtpOptions> SmtpAsync(Mailbox mailbox, MailCredentials? credentials, CancellationToken ct)
    {
        var own = await settings.ReadAsync<MailSettings>(ct);
        return new SmtpOptions
        {
            Host = mailbox.SmtpHost,
            Port = mailbox.SmtpPort,
            Security = Of(mailbox.SmtpSecurity),
            // A relay on this machine may want no login at all.
            Credentials = credentials,
            AllowPlaintext = own.PlaintextHosts.Contains(mailbox.SmtpHost, StringComparer.OrdinalIgnoreCase),
            TrustedFingerprints = own.TrustedCertificates,
        };
    }

    /// <summary>The same for the server that sends, where a mailbox without a name or password signs in to nothing.</summary>
    public MailCredentials? SendingCredentialsOf(Mailbox mailbox)
        => mailbox.OAuth is null && (mailbox.UserName.Length == 0 || Reveal(mailbox) is null or "") ? null : CredentialsOf(mailbox);

    private static ConnectionSecurity Of(MailSecurity security) => security switch
    {
        MailSecurity.Tls => ConnectionSecurity.ImplicitTls,
        MailSecurity.StartTls => ConnectionSecurity.StartTlsRequired,
        MailSecurity.None => ConnectionSecurity.None,
    };
}
