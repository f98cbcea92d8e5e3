using System.Globalization;
using Microsoft.AspNetCore.Http;
using Solodesk.Data;

namespace Solodesk.Channels.Email;

/// <summary>Reads the form of a mailbox, in the set-up and in the settings alike.</summary>
internal static class MailboxForm
{
    /// <summary>How the mailbox is reached, as it was typed.</summary>
    public static TestMailbox.Request Connection(IFormCollection form, string? address = null) => new()
    {
        Address = address ?? form["address"].ToString(),
        UserName = form["user"].ToString(),
        Password = form["password"].ToString(),
        ImapHost = form["imap_host"].ToString(),
        ImapPort = Port(form["imap_port"].ToString()),
        ImapSecurity = Security(form["imap_security"].ToString()),
        SmtpHost = form["smtp_host"].ToString(),
        SmtpPort = Port(form["smtp_port"].ToString()),
        SmtpSecurity = Security(form["smtp_security"].ToString()),
    };

    /// <summary>Notes what the owner insists on: a certificate accepted by hand, a server spoken to without encryption.</summary>
    public static async Task InsistAsync(IFormCollection form, Settings settings, CancellationToken ct)
    {
        var (trust, plain) = (form["trust"].OfType<string>().ToList(), form["plaintext"].OfType<string>().ToList());
        if (trust.Count + plain.Count > 0)
        {
            var known = await settings.ReadAsync<MailSettings>(ct);
            await settings.SaveAsync(known with
            {
                TrustedCertificates = [.. known.TrustedCertificates.Union(trust, StringComparer.OrdinalIgnoreCase)],
                PlaintextHosts = [.. known.PlaintextHosts.Union(plain, StringComparer.OrdinalIgnoreCase)],
            }, ct);
        }
    }

    private static int Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : 0;

    private static MailSecurity Security(string text) => Enum.TryParse<MailSecurity>(text, out var security) && Enum.IsDefined(security) ? security : MailSecurity.Tls;
}
