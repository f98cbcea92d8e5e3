using Solodesk.Mail.Net;

namespace Solodesk.Mail.Imap;

/// <content>Signing in (RFC 9051 §6.2.2, §6.2.3).</content>
public sealed partial class ImapConnection
{
    private async Task SignInAsync(MailCredentials credentials, CancellationToken ct)
    {
        var secret = await credentials.SecretAsync(ct);
        _capabilitiesKnown = false; // they change with the login; a server may send the new ones along
        string? detail = null;
        var response = credentials.IsBearer
            ? await BearerAsync(credentials.UserName, secret, why => detail = why, ct)
            : await PasswordAsync(credentials.UserName, secret, ct);
        TakeCode(response);
        if (!response.IsOk)
        {
            throw ImapRefusal.Login(_transport, response, _options.Host, credentials.IsBearer, detail);
        }
    }

    private async Task<ImapResponse> PasswordAsync(string user, string password, CancellationToken ct)
    {
        if (Capabilities.Has("AUTH=PLAIN"))
        {
            var initial = Sasl.Plain(user, password);
            var response = await SaslAsync("PLAIN", initial, _ => initial, ct);
            if (response.Name != "BAD")
            {
                return response;
            }

            // It advertised what it does not understand; LOGIN is older than PLAIN.
        }

        if (Capabilities.Has("LOGINDISABLED"))
        {
            throw _transport.Problem(
                IsEncrypted ? MailConnectionReason.AuthenticationUnavailable : MailConnectionReason.TlsRequired,
                "The server takes no password on this connection.");
        }

        return await _dialogue.RunAsync(new ImapCommand("LOGIN").String(user).String(password, secret: true), null, ct);
    }

    private async Task<ImapResponse> BearerAsync(string user, string token, Action<string?> refused, CancellationToken ct)
    {
        var (way, initial, dismissal) =
            Capabilities.Has("AUTH=XOAUTH2") ? ("XOAUTH2", Sasl.XOAuth2(user, token), "")
            : Capabilities.Has("AUTH=OAUTHBEARER") ? ("OAUTHBEARER", Sasl.OAuthBearer(user, token, _options.Host, _options.Port), "AQ==")
            : throw _transport.Problem(
                IsEncrypted ? MailConnectionReason.AuthenticationUnavailable : MailConnectionReason.TlsRequired,
                "The server offers no sign-in with OAuth.");

        return await SaslAsync(way, initial, challenge =>
        {
            if (challenge.Length == 0)
            {
                return initial;
            }

            refused(Sasl.BearerRefusal(challenge));
            return dismissal;
        }, ct);
    }

    /// <summary>With SASL-IR (RFC 4959) the first response goes with the command, else when the server asks for it.</summary>
    private Task<ImapResponse> SaslAsync(string way, string initial, Func<string, string> answer, CancellationToken ct)
    {
        var direct = Capabilities.Has("SASL-IR");
        return _dialogue.ConverseAsync(
            direct ? $"AUTHENTICATE {way} {initial}" : $"AUTHENTICATE {way}",
            direct ? $"AUTHENTICATE {way} ***" : $"AUTHENTICATE {way}",
            answer, null, ct);
    }
}
