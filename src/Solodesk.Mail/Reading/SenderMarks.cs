namespace Solodesk.Mail.Reading;

/// <summary>Addresses that no person reads.</summary>
internal static class SenderMarks
{
    private static readonly string[] Daemons = ["mailer-daemon", "mailerdaemon", "mailer_daemon", "mail-daemon", "maildaemon", "postmaster", "mdaemon", "mailer", "mail-delivery-subsystem", "bounce", "bounces"];

    private static readonly string[] NoReply =
        ["no-reply", "noreply", "no_reply", "no.reply", "donotreply", "do-not-reply", "do_not_reply", "do.not.reply", "noresponse", "no-response", "notreply", "not-reply", "nobody", "neverreply", "dont-reply", "dontreply", "unattended"];

    private static readonly string[] Machines = ["root", "cron", "www-data", "daemon", "listserv", "majordomo", "auto-reply", "autoreply", "automailer", "system", "notification", "notifications", "notify", "alerts", "bot"];

    public static string Local(string address) => (address.LastIndexOf('@') is var at and > 0 ? address[..at] : address).ToLowerInvariant();

    public static bool IsDaemon(string? address)
    {
        if (address is null) return false;
        var local = Local(address);
        return Array.IndexOf(Daemons, local) >= 0 || local.StartsWith("mailer-daemon", StringComparison.Ordinal) || local.StartsWith("bounce+", StringComparison.Ordinal) || local.StartsWith("postmaster", StringComparison.Ordinal);
    }

    public static bool IsNoReply(string? address)
    {
        if (address is null) return false;
        var local = Local(address);
        foreach (var mark in NoReply) if (local.Contains(mark, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>RFC 3834 §2: no answers to "-request", "owner-" and their like.</summary>
    public static bool IsMachine(string? address)
    {
        if (address is null) return false;
        var local = Local(address);
        return Array.IndexOf(Machines, local) >= 0 || local.StartsWith("owner-", StringComparison.Ordinal) || local.EndsWith("-owner", StringComparison.Ordinal) || local.EndsWith("-request", StringComparison.Ordinal)
            || local.EndsWith("-bounces", StringComparison.Ordinal) || local.EndsWith("-relay", StringComparison.Ordinal) || local.Contains("-bounces+", StringComparison.Ordinal);
    }
}
