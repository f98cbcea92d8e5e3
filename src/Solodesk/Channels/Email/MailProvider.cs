using System.Collections.Frozen;

namespace Solodesk.Channels.Email;

/// <summary>Where a mail provider keeps its servers, so that an address and a password are all that a person must type.</summary>
/// <param name="Key">The provider, as phrase key below <c>mail.provider.</c>; <c>other</c> when it was only guessed from the domain.</param>
/// <param name="ImapHost">IMAP over TLS on port 993: every provider listed has it.</param>
/// <param name="SmtpHost">Host for handing over mail.</param>
/// <param name="SmtpPort">465 with TLS from the start, 587 with STARTTLS.</param>
/// <param name="SmtpSecurity">How that port is secured.</param>
public sealed record MailProvider(string Key, string ImapHost, string SmtpHost, int SmtpPort = 465, MailSecurity SmtpSecurity = MailSecurity.Tls)
{
    private static readonly FrozenDictionary<string, MailProvider> ByDomain = Table().ToFrozenDictionary(p => p.Domain, p => p.Provider, StringComparer.OrdinalIgnoreCase);

    /// <summary>Providers that host other people's domains: a person chooses them by name.</summary>
    public static IReadOnlyList<MailProvider> Hosting { get; } =
    [
        new("exmail", "imap.exmail.qq.com", "smtp.exmail.qq.com"),
        new("aliyun", "imap.qiye.aliyun.com", "smtp.qiye.aliyun.com"),
        new("netease-work", "imap.qiye.163.com", "smtp.qiye.163.com", 994),
        new("gmail", "imap.gmail.com", "smtp.gmail.com"),
        new("microsoft", "outlook.office365.com", "smtp.office365.com", 587, MailSecurity.StartTls),
        new("zoho", "imappro.zoho.com", "smtppro.zoho.com"),
        new("fastmail", "imap.fastmail.com", "smtp.fastmail.com"),
        new("yandex", "imap.yandex.com", "smtp.yandex.com"),
    ];

    public int ImapPort => 993;

    /// <summary>Whether the servers are known and not only guessed.</summary>
    public bool IsKnown => Key != "other";

    /// <summary>The phrase key that says where the password for mail programs is made; null where the ordinary one will do.</summary>
    public string? HintKey => Key switch
    {
        "qq" or "exmail" => "mail.hint.qq",
        "netease" or "netease-work" => "mail.hint.netease",
        "gmail" => "mail.hint.gmail",
        "microsoft" => "mail.hint.microsoft",
        "icloud" => "mail.hint.icloud",
        "yahoo" or "aol" or "zoho" or "fastmail" or "yandex" or "mailru" or "sina" => "mail.hint.app",
        _ => null,
    };

    /// <summary>The servers of an address' provider; for a domain of one's own, the usual names in that domain.</summary>
    public static MailProvider Guess(string address)
    {
        var domain = address[(address.LastIndexOf('@') + 1)..].Trim().ToLowerInvariant();
        return ByDomain.TryGetValue(domain, out var known) ? known : new MailProvider("other", $"imap.{domain}", $"smtp.{domain}");
    }

    /// <summary>Whether a domain belongs to a provider that gives addresses to everybody, so that sharing it means nothing.</summary>
    public static bool IsShared(string domain) => ByDomain.ContainsKey(domain);

    private static IEnumerable<(string Domain, MailProvider Provider)> Table()
    {
        static IEnumerable<(string, MailProvider)> Of(string domains, MailProvider provider)
            => domains.Split(' ').Select(domain => (domain, provider));

        return
        [
            .. Of("qq.com vip.qq.com foxmail.com", new("qq", "imap.qq.com", "smtp.qq.com")),
            .. Of("163.com", new("netease", "imap.163.com", "smtp.163.com")),
            .. Of("126.com", new("netease", "imap.126.com", "smtp.126.com")),
            .. Of("yeah.net", new("netease", "imap.yeah.net", "smtp.yeah.net")),
            .. Of("vip.163.com", new("netease", "imap.vip.163.com", "smtp.vip.163.com")),
            .. Of("vip.126.com", new("netease", "imap.vip.126.com", "smtp.vip.126.com")),
            .. Of("188.com", new("netease", "imap.188.com", "smtp.188.com")),
            .. Of("aliyun.com", new("aliyun", "imap.aliyun.com", "smtp.aliyun.com")),
            .. Of("sina.com", new("sina", "imap.sina.com", "smtp.sina.com")),
            .. Of("sina.cn", new("sina", "imap.sina.cn", "smtp.sina.cn")),
            .. Of("sohu.com", new("other-known", "imap.sohu.com", "smtp.sohu.com")),
            .. Of("139.com", new("other-known", "imap.139.com", "smtp.139.com")),
            .. Of("189.cn", new("other-known", "imap.189.cn", "smtp.189.cn")),
            .. Of("gmail.com googlemail.com", new("gmail", "imap.gmail.com", "smtp.gmail.com")),
            .. Of("outlook.com hotmail.com live.com msn.com live.cn outlook.de outlook.fr outlook.jp",
                new("microsoft", "outlook.office365.com", "smtp-mail.outlook.com", 587, MailSecurity.StartTls)),
            .. Of("icloud.com me.com mac.com", new("icloud", "imap.mail.me.com", "smtp.mail.me.com", 587, MailSecurity.StartTls)),
            .. Of("yahoo.com ymail.com yahoo.co.uk yahoo.de yahoo.fr yahoo.co.in yahoo.com.hk yahoo.com.tw", new("yahoo", "imap.mail.yahoo.com", "smtp.mail.yahoo.com")),
            .. Of("aol.com", new("aol", "imap.aol.com", "smtp.aol.com")),
            .. Of("zoho.com zohomail.com", new("zoho", "imap.zoho.com", "smtp.zoho.com")),
            .. Of("zoho.eu zohomail.eu", new("zoho", "imap.zoho.eu", "smtp.zoho.eu")),
            .. Of("zoho.com.cn", new("zoho", "imap.zoho.com.cn", "smtp.zoho.com.cn")),
            .. Of("fastmail.com fastmail.fm", new("fastmail", "imap.fastmail.com", "smtp.fastmail.com")),
            .. Of("yandex.com", new("yandex", "imap.yandex.com", "smtp.yandex.com")),
            .. Of("yandex.ru ya.ru", new("yandex", "imap.yandex.ru", "smtp.yandex.ru")),
            .. Of("mail.ru bk.ru inbox.ru list.ru", new("mailru", "imap.mail.ru", "smtp.mail.ru")),
            .. Of("gmx.net gmx.de gmx.at gmx.ch", new("gmx", "imap.gmx.net", "mail.gmx.net")),
            .. Of("gmx.com", new("gmx", "imap.gmx.com", "mail.gmx.com")),
            .. Of("web.de", new("gmx", "imap.web.de", "smtp.web.de", 587, MailSecurity.StartTls)),
            .. Of("mailbox.org", new("other-known", "imap.mailbox.org", "smtp.mailbox.org")),
            .. Of("posteo.de posteo.net", new("other-known", "posteo.de", "posteo.de")),
        ];
    }
}
