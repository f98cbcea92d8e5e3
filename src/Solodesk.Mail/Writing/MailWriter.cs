namespace Solodesk.Mail.Writing;

/// <summary>Writes a <see cref="MailDraft"/> as a message that servers accept and mail programs thread and show right.</summary>
public static class MailWriter
{
    /// <summary>True when an address of the draft has a local part that is not ASCII, so that only a server with SMTPUTF8 (RFC 6531) can carry it.</summary>
    public static bool NeedsSmtpUtf8(MailDraft draft)
    {
        IEnumerable<MailboxAddress> all = [draft.From, .. draft.ReplyTo, .. draft.To, .. draft.Cc, .. draft.Bcc];
        return all.Any(mailbox => AddressText.NeedsUtf8(mailbox.Address)) || (draft.Sender is { } sender && AddressText.NeedsUtf8(sender.Address));
    }

    /// <summary>
    /// Writes the whole message, headers and body, with CRLF line ends and lines of at most 998 octets (RFC 5322 §2.1.1), ASCII only unless
    /// the options allow more. <see cref="MailDraft.Bcc"/> is not written.
    /// </summary>
    /// <param name="draft">What to say.</param>
    /// <param name="output">Where to; it is flushed and left open.</param>
    /// <param name="options">What the way to the recipient allows.</param>
    /// <param name="ct">Stops between pieces; what was written is then no whole message.</param>
    /// <returns>The message id and date that stand in the headers.</returns>
    /// <exception cref="ArgumentException">An address, a message id or a header name cannot be written; the message names it. Nothing was written yet.</exception>
    public static async Task<WrittenMail> WriteAsync(MailDraft draft, Stream output, MailWriterOptions options, CancellationToken ct)
    {
        var headers = new HeaderSection(options.Utf8Headers);
        var written = DraftHeaders.Write(headers, draft, options.Clock);
        var body = DraftBody.Of(draft, options);
        await output.WriteAsync(headers.ToBytes(), ct);
        await body.WriteAsync(output, ct);
        await output.FlushAsync(ct);
        return written;
    }
}
