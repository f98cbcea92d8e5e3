namespace Solodesk.Mail.Writing;

/// <summary>
/// A mail before it is written: plain text as a person would give it. <see cref="MailWriter"/> turns it into a message
/// (RFC 5322, MIME) and sees to encoding, folding and safety.
/// </summary>
public sealed class MailDraft
{
    /// <summary>Who the mail is from.</summary>
    public required MailboxAddress From { get; init; }

    /// <summary>The mailbox that really sends, when it is another than <see cref="From"/> (RFC 5322 §3.6.2).</summary>
    public MailboxAddress? Sender { get; init; }

    /// <summary>Where answers should go, when not to <see cref="From"/>.</summary>
    public IReadOnlyList<MailboxAddress> ReplyTo { get; init; } = [];

    /// <summary>The people written to.</summary>
    public IReadOnlyList<MailboxAddress> To { get; init; } = [];

    /// <summary>The people who get a copy that all see.</summary>
    public IReadOnlyList<MailboxAddress> Cc { get; init; } = [];

    /// <summary>The people who get a copy that nobody sees: recipients of the envelope, never written into the message.</summary>
    public IReadOnlyList<MailboxAddress> Bcc { get; init; } = [];

    /// <summary>The subject; line breaks and control characters become spaces.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The plain-text body, any line breaks; null when there is only HTML.</summary>
    public string? Text { get; init; }

    /// <summary>The HTML body; null when there is only text.</summary>
    public string? Html { get; init; }

    /// <summary>Files and inline images.</summary>
    public IReadOnlyList<MailDraftAttachment> Attachments { get; init; } = [];

    /// <summary>The date to write; null takes the writer's clock.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The message id, with or without angle brackets; null makes a fresh one in the sender's domain.</summary>
    public string? MessageId { get; init; }

    /// <summary>The id of the message that this one answers, with or without angle brackets.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The ids of the thread, oldest first (see <see cref="ThreadReferences.ForReply"/>); trimmed when too long.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Whether a program sends it; see <see cref="AutomaticMail"/>.</summary>
    public AutomaticMail Automatic { get; init; }

    /// <summary>How to leave the list, for mail that goes to many.</summary>
    public ListUnsubscribe? ListUnsubscribe { get; init; }

    /// <summary>Further headers, written in order. Those that the writer itself writes are refused.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Every address of the envelope: To, Cc and Bcc, each once.</summary>
    public IReadOnlyList<string> EnvelopeRecipients() =>
        [.. To.Concat(Cc).Concat(Bcc).Select(mailbox => mailbox.Address).Distinct(StringComparer.OrdinalIgnoreCase)];
}
