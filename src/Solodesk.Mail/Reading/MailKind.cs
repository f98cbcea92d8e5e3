namespace Solodesk.Mail.Reading;

/// <summary>What wrote a mail.</summary>
public enum MailKind
{
    /// <summary>A person, as far as the headers tell.</summary>
    Person,

    /// <summary>An answering machine: out of office, receipt acknowledged (RFC 3834).</summary>
    AutoReply,

    /// <summary>A report that a mail could not be delivered, or not yet (RFC 3464 and its forerunners).</summary>
    Bounce,

    /// <summary>A mailing list (RFC 2919, RFC 2369).</summary>
    List,

    /// <summary>A machine with something to tell: newsletters, receipts, alerts, read receipts.</summary>
    Notification,
}
