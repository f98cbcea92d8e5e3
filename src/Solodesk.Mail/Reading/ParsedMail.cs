using Solodesk.Mail.Mime.Headers;

namespace Solodesk.Mail.Reading;

/// <summary>
/// One mail as a support desk wants to see it. Attachments are read lazily from the message's bytes; dispose it when they are
/// no longer needed (only a spooled message holds a file, but the caller need not know).
/// </summary>
public sealed class ParsedMail : IDisposable
{
    internal IDisposable? Source { get; init; }

    /// <summary>The first author (RFC 5322 §3.6.2); null when From is missing or empty.</summary>
    public MailboxAddress? From => FromAll.Count > 0 ? FromAll[0] : null;

    /// <summary>All authors.</summary>
    public required IReadOnlyList<MailboxAddress> FromAll { get; init; }

    /// <summary>Who sent it for the author, if the header is there.</summary>
    public MailboxAddress? Sender { get; init; }

    /// <summary>Where answers are wanted; empty when it is not said.</summary>
    public required IReadOnlyList<MailboxAddress> ReplyTo { get; init; }

    /// <summary>The recipients.</summary>
    public required IReadOnlyList<MailboxAddress> To { get; init; }

    /// <summary>Recipients of a copy.</summary>
    public required IReadOnlyList<MailboxAddress> Cc { get; init; }

    /// <summary>Recipients of a blind copy, where a server left the header in.</summary>
    public required IReadOnlyList<MailboxAddress> Bcc { get; init; }

    /// <summary>The person behind a list that rewrote From, or the author of a forwarded mail; null when From is the author.</summary>
    public MailboxAddress? OriginalSender { get; init; }

    /// <summary>The decoded subject; empty when there is none.</summary>
    public required string Subject { get; init; }

    /// <summary>The date with the sender's own offset; null when it cannot be read.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Message-ID without brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>In-Reply-To ids without brackets.</summary>
    public required IReadOnlyList<string> InReplyTo { get; init; }

    /// <summary>References ids without brackets, oldest first.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>All header fields in order.</summary>
    public required IReadOnlyList<MailHeader> Headers { get; init; }

    /// <summary>The best plain text, "\n" line ends; made from the HTML where no plain text is there; never null.</summary>
    public required string Text { get; init; }

    /// <summary>True when <see cref="Text"/> was made from the HTML body.</summary>
    public bool TextIsFromHtml { get; init; }

    /// <summary>The HTML body as the sender wrote it (not sanitised: see <see cref="Solodesk.Mail.Html.HtmlSanitizer"/>); null when there is none.</summary>
    public string? Html { get; init; }

    /// <summary>Files, pictures of the body, enclosed messages and reports, in order.</summary>
    public required IReadOnlyList<MailAttachment> Attachments { get; init; }

    /// <summary>What wrote the mail.</summary>
    public MailKind Kind { get; init; }

    /// <summary>What proves <see cref="Kind"/>; empty for a person.</summary>
    public required IReadOnlyList<MailEvidence> Evidence { get; init; }

    /// <summary>True when a server on the way marked it as spam.</summary>
    public bool SpamMarked => SpamEvidence is not null;

    /// <summary>The header that marks it as spam.</summary>
    public MailEvidence? SpamEvidence { get; init; }

    /// <summary>True when an automatic answer may be sent (RFC 3834 §2): never to lists, machines, bounces or senders without a return path.</summary>
    public bool WouldAutoReply => AutoReplyRefusal is null;

    /// <summary>Why no automatic answer may be sent; null when one may.</summary>
    public MailEvidence? AutoReplyRefusal { get; init; }

    /// <summary>The delivery report, when the mail is a bounce.</summary>
    public BounceReport? Bounce { get; init; }

    /// <summary>The read receipt, when the mail is one.</summary>
    public DispositionNotice? DispositionNotice { get; init; }

    /// <summary>The iCalendar text of an invitation (RFC 5545), if one stands among the bodies or attachments.</summary>
    public string? Calendar { get; init; }

    /// <summary>The bytes of the whole multipart/signed or signed part exactly as they came (RFC 1847), for whoever checks signatures.</summary>
    public ReadOnlyMemory<byte>? Signed { get; init; }

    /// <summary>True when the content is encrypted (PGP/MIME, S/MIME) and only the envelope could be read.</summary>
    public bool Encrypted { get; init; }

    /// <summary>Set when this is one piece of a mail that was sent in several; see <see cref="PartialMail.Join"/>.</summary>
    public PartialMail? Partial { get; init; }

    /// <summary>What was mended, guessed, refused or cut.</summary>
    public required IReadOnlyList<MailWarning> Warnings { get; init; }

    /// <summary>The first header of a name, decoded; null when it is missing.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers) if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return header.Value;
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => Source?.Dispose();
}
