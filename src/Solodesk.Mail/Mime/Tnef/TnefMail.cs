using System.Buffers;
using System.Security.Cryptography;
using Solodesk.Mail.Writing;

namespace Solodesk.Mail.Mime.Tnef;

/// <summary>Writes a message that was embedded in a winmail.dat as a mail (RFC 5322), files and all.</summary>
internal static class TnefMail
{
    /// <summary>Outlook names colleagues by their place in the directory; a mail needs an address, and this one can belong to nobody (RFC 2606).</summary>
    private const string Nobody = "unknown@sender.invalid";

    private static readonly SearchValues<char> NotInAddress = SearchValues.Create(" <>\t\r\n");

    /// <summary>The mail, the same for the same source; null when what it holds cannot be written.</summary>
    public static byte[]? Write(TnefContent content, ReadOnlySpan<byte> source)
    {
        using var target = new MemoryStream();
        // Source and target are memory, so nothing is waited for: the writing is over when it is given back.
        var writing = MailWriter.WriteAsync(Draft(content), target, new MailWriterOptions { BoundarySeed = Convert.ToHexString(SHA256.HashData(source)) }, CancellationToken.None);
        return writing.IsCompletedSuccessfully ? target.ToArray()
            : writing.Exception?.InnerException is ArgumentException ? null
            : throw new InvalidOperationException("An embedded message could not be written", writing.Exception);
    }

    private static MailDraft Draft(TnefContent content)
    {
        var address = content.From?.Address is { } own && own.Contains('@') && System.Text.Ascii.IsValid(own) && own.AsSpan().IndexOfAny(NotInAddress) < 0 ? own : Nobody;
        return new MailDraft
        {
            From = new(content.From?.Name, address),
            Headers = string.IsNullOrWhiteSpace(content.To) ? [] : [new("X-Original-To", content.To)],
            Subject = content.Subject ?? "",
            Date = content.Date ?? DateTimeOffset.UnixEpoch,
            // The same file makes the same bytes.
            MessageId = content.MessageId is { } id && id.Contains('@') && System.Text.Ascii.IsValid(id) && id.Trim('<', '>').AsSpan().IndexOfAny(NotInAddress) < 0 ? id : "<embedded@sender.invalid>",
            Text = content.Text ?? (content.Html is null ? "" : null),
            Html = content.Html,
            Attachments = [.. content.Files.Select(File)],
        };
    }

    private static MailDraftAttachment File(TnefFile file) => new()
    {
        Name = file.Name ?? "attachment",
        MediaType = file.MediaType ?? "application/octet-stream",
        ContentId = file.ContentId,
        Content = _ => ValueTask.FromResult<Stream>(new MemoryStream(file.Content.ToArray(), writable: false)),
    };
}
