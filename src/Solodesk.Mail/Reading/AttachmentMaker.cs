using Solodesk.Mail.Mime;
using Solodesk.Mail.Mime.Tnef;
using Solodesk.Mail.Mime.Transfer;

namespace Solodesk.Mail.Reading;

/// <summary>Makes attachments of parts, with the name a person would look for.</summary>
internal sealed class AttachmentMaker(MimeContext context)
{
    public MailAttachment File(MimePart part, bool related)
    {
        if (part.Type.Is("message", "external-body")) context.Warn("external-body", "A file of this mail lies elsewhere (message/external-body) and was not fetched.");
        return new MailAttachment(part.Body, part.Encoding)
        {
            Name = part.FileName ?? Located(part.Headers.Value("Content-Location")) ?? DefaultName(part.Type),
            MediaType = part.Type.MediaType,
            Charset = part.Type.Charset,
            ContentId = part.ContentId,
            ContentLocation = part.Headers.Value("Content-Location"),
            Inline = part.Disposition == "inline" || (related && part.Disposition is null && part.ContentId is not null),
        };
    }

    /// <summary>An enclosed message is named after its subject.</summary>
    public MailAttachment Enclosed(MimePart part)
    {
        if (part.Type.Is("message", "partial")) context.Warn("partial-message", "This is one piece of a mail that was sent in several (message/partial); it was kept as it stands.");
        var subject = part.Message?.Headers.Value("Subject");
        return new MailAttachment(part.Body, part.Encoding)
        {
            Name = part.FileName ?? (string.IsNullOrWhiteSpace(subject) ? "message" : subject.Replace('/', '_').Replace('\\', '_').Trim()) + ".eml",
            MediaType = part.Type.MediaType,
            ContentId = part.ContentId,
            Inline = false,
        };
    }

    public static MailAttachment FromTnef(TnefFile file) => new(file.Content, TransferEncoding.Identity)
    {
        Name = file.Name,
        MediaType = file.MediaType ?? "application/octet-stream",
        ContentId = file.ContentId,
        Inline = false,
    };

    /// <summary>The file name at the end of a Content-Location, where that ends in one.</summary>
    private static string? Located(string? location)
    {
        if (location is null) return null;
        var path = location.Split('?', '#')[0];
        var name = path[(path.LastIndexOfAny(['/', '\\', ':']) + 1)..].Trim();
        var dot = name.LastIndexOf('.');
        return dot > 0 && name.Length - dot is > 1 and <= 6 && name.Length <= 200 ? name : null;
    }

    private static string? DefaultName(ContentType type) => type.MediaType switch
    {
        "application/pkcs7-signature" or "application/x-pkcs7-signature" => "smime.p7s",
        "application/pkcs7-mime" or "application/x-pkcs7-mime" => "smime.p7m",
        "application/pgp-signature" => "signature.asc",
        "text/calendar" => "invite.ics",
        _ => null,
    };
}
