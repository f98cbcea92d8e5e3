using Solodesk.Mail.Net;

namespace Solodesk.Mail.Imap;

/// <summary>Turns NO, BAD and BYE into reasons (response codes: RFC 9051 §7.1).</summary>
internal static class ImapRefusal
{
    public static MailConnectionException Bye(MailTransport transport, ImapResponse response)
    {
        var busy = response.Code is "UNAVAILABLE" or "LIMIT" or "INUSE" or "ALERT"
            || response.Words.Contains("too many", StringComparison.OrdinalIgnoreCase)
            || response.Words.Contains("busy", StringComparison.OrdinalIgnoreCase)
            || response.Words.Contains("try again", StringComparison.OrdinalIgnoreCase);
        return transport.Failure(busy ? MailConnectionReason.ServerBusy : MailConnectionReason.ConnectionLost,
            $"The server took leave: {response.Words}", words: response.Words);
    }

    public static MailConnectionException Login(MailTransport transport, ImapResponse response, string host, bool bearer, string? detail)
    {
        var words = detail is null ? response.Words : $"{response.Words} ({detail})";
        return transport.Problem(LoginReason(response, host, bearer), $"The login was refused: {words}", words: words);
    }

    public static MailConnectionReason LoginReason(ImapResponse response, string host, bool bearer) => response.Code switch
    {
        "UNAVAILABLE" or "LIMIT" or "INUSE" or "SERVERBUG" => MailConnectionReason.ServerBusy,
        "PRIVACYREQUIRED" => MailConnectionReason.TlsRequired,
        "WEBALERT" => LoginRefusal.ReasonFor($"{response.CodeText} {response.Words}", host, bearer), // Gmail's link to what it wants
        _ => LoginRefusal.ReasonFor(response.Words, host, bearer),
    };

    /// <summary>A mailbox that cannot be opened or written to.</summary>
    public static MailConnectionException Mailbox(MailTransport transport, ImapResponse response, string mailbox)
    {
        var reason = response.Name == "BAD" ? MailConnectionReason.Protocol
            : response.Words.Contains("unsafe login", StringComparison.OrdinalIgnoreCase) ? MailConnectionReason.ClientRefused
            : response.Code switch
            {
                "UNAVAILABLE" or "LIMIT" or "INUSE" or "SERVERBUG" or "OVERQUOTA" => MailConnectionReason.ServerBusy,
                _ => MailConnectionReason.MailboxMissing,
            };
        return transport.Problem(reason, $"{mailbox}: {response.Words}", words: response.Words);
    }

    public static MailConnectionException Command(MailTransport transport, ImapResponse response)
    {
        var reason = response.Code switch
        {
            "UNAVAILABLE" or "LIMIT" or "INUSE" or "SERVERBUG" => MailConnectionReason.ServerBusy,
            "NONEXISTENT" or "TRYCREATE" => MailConnectionReason.MailboxMissing,
            _ when response.Name == "BAD" => MailConnectionReason.Protocol,
            _ => MailConnectionReason.CommandRefused,
        };
        return transport.Problem(reason, $"The server said {response.Name}: {response.Words}", words: response.Words);
    }
}
