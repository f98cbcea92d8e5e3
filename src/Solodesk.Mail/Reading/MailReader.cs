using Solodesk.Mail.Mime;

namespace Solodesk.Mail.Reading;

/// <summary>The one call that turns a raw message into the view a support desk wants.</summary>
public static class MailReader
{
    /// <summary>
    /// Reads a whole message. It never throws for what the bytes hold: whatever was mended, guessed or cut is listed in
    /// <see cref="ParsedMail.Warnings"/>. Attachments refer to <paramref name="raw"/>, which must not change while they are in use.
    /// </summary>
    public static ParsedMail Read(ReadOnlyMemory<byte> raw, MailReaderOptions? options = null) => Read(raw, options ?? MailReaderOptions.Default, source: null, cut: false);

    /// <summary>
    /// Reads a message from a stream. Up to <see cref="MailReaderOptions.SpoolAboveBytes"/> it is held in memory; a larger one is
    /// spooled to a temporary file and read through a memory map, so that the heap holds its text and headers but not its files.
    /// Dispose the mail to delete the spool.
    /// </summary>
    /// <exception cref="IOException">The stream or the temporary file failed.</exception>
    public static async Task<ParsedMail> ReadAsync(Stream stream, MailReaderOptions? options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= MailReaderOptions.Default;
        var message = await SpooledMessage.FromAsync(stream, options, ct).ConfigureAwait(false);
        return Read(message.Bytes, options, message.IsFile ? message : null, message.Cut);
    }

    private static ParsedMail Read(ReadOnlyMemory<byte> raw, MailReaderOptions options, IDisposable? source, bool cut)
    {
        var context = new MimeContext(options) { CopyHeaders = source is not null };
        if (cut) context.Warn("message-cut", $"The message is larger than {options.MaxMessageBytes} bytes; the rest was left out.");
        var root = new MimeParser(context).Parse(LineEnds.Normalise(raw, context));
        var bodies = new BodyCollector(context);
        bodies.Collect(root);
        var headers = new MessageHeaders(root.Headers, context);
        var bounce = BounceReader.Read(root, headers, bodies.Text, context);
        var notice = NoticeReader.Read(root, context);
        var judgement = new MailClassifier(headers, bounce, notice).Judge();
        return new ParsedMail
        {
            Source = source,
            FromAll = headers.From,
            Sender = headers.Sender,
            ReplyTo = headers.ReplyTo,
            To = headers.To,
            Cc = headers.Cc,
            Bcc = headers.Bcc,
            OriginalSender = OriginalSenders.Find(root, headers, bodies.Text),
            Subject = headers.Subject,
            Date = headers.Date,
            MessageId = headers.MessageId,
            InReplyTo = headers.InReplyTo,
            References = headers.References,
            Headers = root.Headers.Fields,
            Text = bodies.Text,
            TextIsFromHtml = bodies.TextIsFromHtml,
            Html = bodies.Html,
            Attachments = bodies.Attachments,
            Kind = judgement.Kind,
            Evidence = judgement.Evidence,
            SpamEvidence = SpamMarks.Find(headers),
            AutoReplyRefusal = judgement.Refusal,
            Bounce = bounce,
            DispositionNotice = notice,
            Calendar = bodies.Calendar,
            Signed = bodies.Signed,
            Encrypted = bodies.Encrypted,
            Partial = PartialMail.Of(root),
            Warnings = context.Warnings,
        };
    }
}
