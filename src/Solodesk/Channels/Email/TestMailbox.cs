using Solodesk.Common;
using Solodesk.Customers;
using Solodesk.Mail.Imap;
using Solodesk.Mail.Net;
using Solodesk.Mail.Smtp;

namespace Solodesk.Channels.Email;

/// <summary>Signs in to both servers of a mailbox as it would be used, and says what is wrong in a way that a person can act on.</summary>
[UseCase]
public sealed class TestMailbox(MailAccess access)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A mailbox as it was typed. Empty hosts and a port of 0 are taken from the address' provider, an empty user name is the address.</summary>
    public sealed record Request
    {
        public required string Address { get; init; }
        public string UserName { get; init; } = "";
        public string Password { get; init; } = "";
        public string ImapHost { get; init; } = "";
        public int ImapPort { get; init; }
        public MailSecurity ImapSecurity { get; init; }
        public string SmtpHost { get; init; } = "";
        public int SmtpPort { get; init; }
        public MailSecurity SmtpSecurity { get; init; }

        /// <summary>The provider that is signed in with; null with a password.</summary>
        public string? OAuth { get; init; }

        /// <summary>The access that the provider granted.</summary>
        internal MailCredentials? Bearer { get; init; }

        /// <summary>A mailbox as it is kept, without its password.</summary>
        public static Request Of(Mailbox mailbox) => new()
        {
            Address = mailbox.Address,
            UserName = mailbox.UserName,
            ImapHost = mailbox.ImapHost,
            ImapPort = mailbox.ImapPort,
            ImapSecurity = mailbox.ImapSecurity,
            SmtpHost = mailbox.SmtpHost,
            SmtpPort = mailbox.SmtpPort,
            SmtpSecurity = mailbox.SmtpSecurity,
            OAuth = mailbox.OAuth,
        };

        /// <summary>A mailbox as it is used, with what it signs in with.</summary>
        internal static Request Of(Mailbox mailbox, MailAccess access) => Of(mailbox) with
        {
            Password = mailbox.OAuth is null ? access.Reveal(mailbox) ?? "" : "",
            Bearer = mailbox.OAuth is null ? null : access.CredentialsOf(mailbox),
        };

        /// <summary>The same with everything filled in that the address' provider tells.</summary>
        public Request Completed()
        {
            var provider = MailProvider.Guess(Address);
            if (OAuth is not null && provider.Key != OAuth)
            {
                // A domain of one's own, kept at the provider that was signed in with.
                provider = MailProvider.Hosting.First(p => p.Key == OAuth);
            }

            var ownSmtp = SmtpHost.Trim().Length > 0;
            return this with
            {
                Address = Address.Trim(),
                UserName = UserName.Trim().Length > 0 ? UserName.Trim() : Address.Trim(),
                ImapHost = ImapHost.Trim().Length > 0 ? ImapHost.Trim() : provider.ImapHost,
                ImapPort = ImapPort > 0 ? ImapPort : ImapSecurity == MailSecurity.Tls ? 993 : 143,
                SmtpHost = ownSmtp ? SmtpHost.Trim() : provider.SmtpHost,
                SmtpSecurity = ownSmtp || SmtpPort > 0 ? SmtpSecurity : provider.SmtpSecurity,
                SmtpPort = SmtpPort > 0 ? SmtpPort : !ownSmtp ? provider.SmtpPort : SmtpSecurity switch
                {
                    MailSecurity.Tls => 465,
                    MailSecurity.StartTls => 587,
                    MailSecurity.None => 25,
                },
            };
        }
    }

    /// <summary>One server.</summary>
    /// <param name="Host">Its name.</param>
    /// <param name="Port">Its port.</param>
    /// <param name="Reason">Null when it works; else a phrase key below <c>mail.problem.</c>, whose values are host and port.</param>
    /// <param name="Detail">The server's own words, when it said any.</param>
    public sealed record Check(string Host, int Port, string? Reason, string? Detail)
    {
        public bool Ok => Reason is null;

        /// <summary>The fingerprint of a certificate that was not accepted, to accept it by hand.</summary>
        public string? Fingerprint { get; init; }
    }

    /// <summary>What the test found.</summary>
    public sealed record Report(Check Imap, Check Smtp)
    {
        public bool Ok => Imap.Ok && Smtp.Ok;

        /// <summary>Where the password for mail programs is made, as a phrase key; null when that is not the trouble.</summary>
        public string? HintKey { get; init; }

        /// <summary>How far the inbox has come: mail above this arrives after connecting.</summary>
        internal ImapSelected? Inbox { get; init; }
    }

    public async Task<Result<Report>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        if (!FindCustomer.IsEmail(request.Address.Trim()))
        {
            return new Problem("mailbox.address_invalid") { Field = "address" };
        }

        var typed = request.Completed();
        var mailbox = new Mailbox
        {
            Address = typed.Address,
            UserName = typed.UserName,
            ImapHost = typed.ImapHost,
            ImapPort = typed.ImapPort,
            ImapSecurity = typed.ImapSecurity,
            SmtpHost = typed.SmtpHost,
            SmtpPort = typed.SmtpPort,
            SmtpSecurity = typed.SmtpSecurity,
        };
        ImapSelected? inbox = null;
        var imap = CheckAsync(typed.ImapHost, typed.ImapPort, async () => inbox = await OpenInboxAsync(mailbox, typed.Bearer ?? MailCredentials.Password(typed.UserName, typed.Password), ct));
        var smtp = CheckAsync(typed.SmtpHost, typed.SmtpPort, () => SignInAsync(mailbox, typed.Bearer ?? (typed.UserName.Length == 0 || typed.Password.Length == 0 ? null : MailCredentials.Password(typed.UserName, typed.Password)), ct));
        await Task.WhenAll(imap, smtp);
        var report = new Report(await imap, await smtp) { Inbox = inbox };
        var password = new[] { report.Imap.Reason, report.Smtp.Reason }.Any(r => r is nameof(MailConnectionReason.AppPasswordNeeded)
            or nameof(MailConnectionReason.WrongCredentials) or nameof(MailConnectionReason.OAuthRequired) or nameof(MailConnectionReason.ClientRefused));
        return report with { HintKey = password && typed.Bearer is null ? HintFor(typed) : null };
    }

    private static string? HintFor(Request typed)
        => MailProvider.Guess(typed.Address).HintKey ?? MailProvider.Hosting.FirstOrDefault(p => p.ImapHost == typed.ImapHost)?.HintKey;

    private async Task<ImapSelected> OpenInboxAsync(Mailbox mailbox, MailCredentials credentials, CancellationToken ct)
    {
        var options = await access.ImapAsync(mailbox, credentials, ct);
        await using var connection = await ImapConnection.ConnectAsync(options with { ConnectTimeout = Patience, CommandTimeout = Patience }, ct);
        await connection.AuthenticateAsync(ct);
        var inbox = await connection.SelectAsync("INBOX", readOnly: true, ct);
        await connection.LogoutAsync(ct);
        return inbox;
    }

    private async Task SignInAsync(Mailbox mailbox, MailCredentials? credentials, CancellationToken ct)
    {
        var options = await access.SmtpAsync(mailbox, credentials, ct);
        await using var connection = await SmtpConnection.ConnectAsync(options with { ConnectTimeout = Patience, CommandTimeout = Patience }, ct);
        await connection.NoopAsync(ct);
    }

    private static async Task<Check> CheckAsync(string host, int port, Func<Task> work)
    {
        try
        {
            await work();
            return new Check(host, port, null, null);
        }
        catch (MailConnectionException e)
        {
            return new Check(host, port, MailProblems.Reason(e), e.ServerWords) { Fingerprint = e.Certificate?.Sha256 };
        }
    }
}
