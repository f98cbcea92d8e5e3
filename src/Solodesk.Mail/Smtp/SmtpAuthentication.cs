using Solodesk.Mail.Net;

namespace Solodesk.Mail.Smtp;

/// <summary>Signs in (RFC 4954) with the safest way that the server offers and the credentials fit.</summary>
internal static class SmtpAuthentication
{
    public static async Task RunAsync(SmtpDialogue dialogue, SmtpCapabilities offered, SmtpOptions options, MailCredentials credentials, CancellationToken ct)
    {
        var secret = await credentials.SecretAsync(ct);
        var ways = offered.Authentication;
        var reply = credentials.IsBearer
            ? ways.Contains("XOAUTH2") ? await BearerAsync(dialogue, "XOAUTH2", Sasl.XOAuth2(credentials.UserName, secret), "", ct)
            : ways.Contains("OAUTHBEARER") ? await BearerAsync(dialogue, "OAUTHBEARER", Sasl.OAuthBearer(credentials.UserName, secret, options.Host, options.Port), "AQ==", ct)
            : throw Unavailable(dialogue, offered)
            : ways.Contains("PLAIN") ? await dialogue.CommandAsync("AUTH PLAIN " + Sasl.Plain(credentials.UserName, secret), ct, "AUTH PLAIN ***")
            : ways.Contains("LOGIN") ? await LoginAsync(dialogue, credentials.UserName, secret, ct)
            : throw Unavailable(dialogue, offered);

        if (reply.Code != 235)
        {
            throw dialogue.Refusal(reply, Reason(reply, options.Host, credentials.IsBearer));
        }
    }

    /// <summary>A reply that says “sign in first” or “not without TLS” in another stage of the dialogue.</summary>
    public static MailConnectionReason? ReasonOutsideAuth(SmtpReply reply) => reply.Code switch
    {
        530 when reply.Text.Contains("STARTTLS", StringComparison.OrdinalIgnoreCase) => MailConnectionReason.TlsRequired,
        530 or 535 => MailConnectionReason.WrongCredentials,
        538 => MailConnectionReason.TlsRequired,
        _ => null,
    };

    private static MailConnectionReason Reason(SmtpReply reply, string host, bool bearer) => reply.Code switch
    {
        538 => MailConnectionReason.TlsRequired,
        530 when reply.Text.Contains("TLS", StringComparison.OrdinalIgnoreCase) => MailConnectionReason.TlsRequired,
        454 or 421 or 451 or 450 => MailConnectionReason.ServerBusy,
        502 or 503 or 504 => MailConnectionReason.AuthenticationUnavailable,
        _ => LoginRefusal.ReasonFor(reply.ToString(), host, bearer),
    };

    private static async Task<SmtpReply> LoginAsync(SmtpDialogue dialogue, string user, string password, CancellationToken ct)
    {
        var reply = await dialogue.CommandAsync("AUTH LOGIN", ct);
        if (reply.Code == 334)
        {
            reply = await dialogue.CommandAsync(Sasl.Text(user), ct);
        }

        return reply.Code == 334 ? await dialogue.CommandAsync(Sasl.Text(password), ct, "***") : reply;
    }

    private static async Task<SmtpReply> BearerAsync(SmtpDialogue dialogue, string way, string response, string dismissal, CancellationToken ct)
    {
        var reply = await dialogue.CommandAsync($"AUTH {way} {response}", ct, $"AUTH {way} ***");
        if (reply.Code != 334)
        {
            return reply;
        }

        // A refused token comes as a challenge with JSON in it; the refusal proper follows our empty answer.
        var why = Sasl.BearerRefusal(reply.Text);
        var last = await dialogue.CommandAsync(dismissal, ct);
        return last.Code == 235 ? last : last with { Lines = why is null ? last.Lines : [.. last.Lines, why] };
    }

    private static MailConnectionException Unavailable(SmtpDialogue dialogue, SmtpCapabilities offered) =>
        dialogue.Transport.Failure(
            offered.Has("STARTTLS") && !dialogue.Transport.IsEncrypted ? MailConnectionReason.TlsRequired : MailConnectionReason.AuthenticationUnavailable,
            $"The server offers no fitting way to sign in ({string.Join(' ', offered.Authentication)}).");
}
