namespace Solodesk.Mail.Net;

/// <summary>Makes out from a server's words why a login was refused. The words are those that the providers answer with today.</summary>
internal static class LoginRefusal
{
    private static readonly string[] AppPasswordWords =
    [
        "application-specific password", "app password", "app-specific password", "application specific password", "authorization code",
        "authorized code", "授权码", "專用密碼", "专用密码", "client password", "客户端专用",
    ];

    private static readonly string[] OAuthWords =
    [
        "basic authentication is disabled", "basicauthblocked", "smtpclientauthentication is disabled", "5.7.139", "oauth is required",
        "use oauth", "please log in via your web browser",
    ];

    private static readonly string[] SwitchedOffWords =
    [
        "unsafe login", "service is not open", "not enabled for imap", "imap access is disabled", "imap is disabled", "imap disabled", "has not been enabled",
        "服务未开启", "未开启", "service not open", "protocol is disabled",
    ];

    private static readonly string[] BusyWords =
    [
        "too many", "try again later", "temporar", "unavailable", "rate limit", "frequency", "connection limit", "频率", "system busy", "server busy",
    ];

    /// <summary>Providers that take no ordinary password in a mail program: whatever was tried, an app password is what is missing.</summary>
    private static readonly string[] AppPasswordHosts =
    [
        "qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "188.com", "gmail.com", "googlemail.com", "mail.me.com", "yahoo.com", "sina.com", "sina.cn",
    ];

    public static MailConnectionReason ReasonFor(string words, string host, bool bearer)
    {
        if (Any(words, SwitchedOffWords) && !Any(words, ["password is incorrect"]))
        {
            return MailConnectionReason.ClientRefused;
        }

        if (bearer)
        {
            return Any(words, BusyWords) ? MailConnectionReason.ServerBusy : MailConnectionReason.OAuthExpired;
        }

        if (Any(words, AppPasswordWords))
        {
            return MailConnectionReason.AppPasswordNeeded;
        }

        if (Any(words, OAuthWords))
        {
            return MailConnectionReason.OAuthRequired;
        }

        var appPasswordOnly = AppPasswordHosts.Any(known =>
            host.Equals(known, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + known, StringComparison.OrdinalIgnoreCase));
        return appPasswordOnly ? MailConnectionReason.AppPasswordNeeded
            : Any(words, BusyWords) ? MailConnectionReason.ServerBusy
            : MailConnectionReason.WrongCredentials;
    }

    private static bool Any(string words, string[] marks) => marks.Any(mark => words.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
