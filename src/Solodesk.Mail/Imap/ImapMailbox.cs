namespace Solodesk.Mail.Imap;

/// <summary>What a mailbox is for (RFC 6154).</summary>
public enum ImapMailboxUse
{
    /// <summary>Nothing in particular.</summary>
    None,

    /// <summary>Where new mail arrives.</summary>
    Inbox,

    /// <summary>Mail that was sent.</summary>
    Sent,

    /// <summary>Mail that is being written.</summary>
    Drafts,

    /// <summary>Spam.</summary>
    Junk,

    /// <summary>Mail that was deleted.</summary>
    Trash,

    /// <summary>Mail that was put away.</summary>
    Archive,

    /// <summary>A view of all mail.</summary>
    All,

    /// <summary>A view of marked mail.</summary>
    Flagged,
}

/// <summary>A mailbox (folder) as LIST shows it.</summary>
/// <param name="Name">Its full name, decoded.</param>
/// <param name="Separator">What stands between levels; null in a flat hierarchy.</param>
/// <param name="Attributes">Its attributes, such as <c>\HasChildren</c>.</param>
/// <param name="Use">What it is for.</param>
/// <param name="UseIsGuessed">True when the server did not say and we went by the name.</param>
public sealed record ImapMailbox(string Name, char? Separator, IReadOnlyList<string> Attributes, ImapMailboxUse Use, bool UseIsGuessed)
{
    /// <summary>False for a mere level of the hierarchy.</summary>
    public bool CanSelect => !Attributes.Any(a => a.Equals("\\Noselect", StringComparison.OrdinalIgnoreCase) || a.Equals("\\NonExistent", StringComparison.OrdinalIgnoreCase));

    internal static ImapMailbox From(string name, char? separator, IReadOnlyList<string> attributes)
    {
        foreach (var attribute in attributes)
        {
            ImapMailboxUse? said = attribute.ToUpperInvariant() switch
            {
                "\\SENT" => ImapMailboxUse.Sent,
                "\\DRAFTS" => ImapMailboxUse.Drafts,
                "\\JUNK" or "\\SPAM" => ImapMailboxUse.Junk,
                "\\TRASH" => ImapMailboxUse.Trash,
                "\\ARCHIVE" => ImapMailboxUse.Archive,
                "\\ALL" or "\\ALLMAIL" => ImapMailboxUse.All,
                "\\FLAGGED" or "\\STARRED" => ImapMailboxUse.Flagged,
                _ => null,
            };
            if (said is { } use)
            {
                return new(name, separator, attributes, use, UseIsGuessed: false);
            }
        }

        if (name.Equals("INBOX", StringComparison.OrdinalIgnoreCase))
        {
            return new(name, separator, attributes, ImapMailboxUse.Inbox, UseIsGuessed: false);
        }

        var leaf = separator is { } s ? name[(name.LastIndexOf(s) + 1)..] : name;
        var guess = Guess(leaf);
        return new(name, separator, attributes, guess, guess != ImapMailboxUse.None);
    }

    /// <summary>The names that servers without SPECIAL-USE give: QQ and 163 among them.</summary>
    private static ImapMailboxUse Guess(string leaf) => leaf.ToUpperInvariant() switch
    {
        "SENT" or "SENT MESSAGES" or "SENT ITEMS" or "SENT MAIL" or "SENT-MAIL" or "OUTBOX SENT" or "GESENDET" or "GESENDETE ELEMENTE" or "GESENDETE OBJEKTE" or "ENVOYÉS" or "ÉLÉMENTS ENVOYÉS" or "ENVIADOS" or "POSTA INVIATA" or "ITENS ENVIADOS" or "VERZONDEN" or "ОТПРАВЛЕННЫЕ" or "送信済み" or "보낸편지함" or "已发邮件" or "已发送" or "已发送邮件" or "已傳送" or "寄件備份" => ImapMailboxUse.Sent,
        "DRAFTS" or "DRAFT" or "草稿箱" or "草稿" => ImapMailboxUse.Drafts,
        "JUNK" or "SPAM" or "JUNK E-MAIL" or "JUNK EMAIL" or "BULK MAIL" or "垃圾邮件" or "垃圾郵件" or "垃圾箱" => ImapMailboxUse.Junk,
        "TRASH" or "DELETED MESSAGES" or "DELETED ITEMS" or "DELETED" or "已删除" or "已删除邮件" or "垃圾桶" => ImapMailboxUse.Trash,
        "ARCHIVE" or "ARCHIVES" or "归档" or "已归档" => ImapMailboxUse.Archive,
        _ => ImapMailboxUse.None,
    };
}
