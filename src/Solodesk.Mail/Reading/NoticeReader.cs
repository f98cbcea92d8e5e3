using Solodesk.Mail.Mime;
using Solodesk.Mail.Mime.Headers;

namespace Solodesk.Mail.Reading;

/// <summary>Reads a message/disposition-notification part (RFC 8098).</summary>
internal static class NoticeReader
{
    public static DispositionNotice? Read(MimePart root, MimeContext context)
    {
        if (!root.Type.IsMultipart) return null;
        var part = StatusFields.Find(root, p => p.Type.Is("message", "disposition-notification"));
        if (part is null) return null;
        foreach (var group in StatusFields.Read(part, context))
        {
            if (group.Value("Disposition") is not { } disposition) continue;
            var recipient = StatusFields.Address(group.Value("Final-Recipient")) ?? StatusFields.Address(group.Value("Original-Recipient"));
            var original = MessageIds.Parse(group.Unfolded("Original-Message-ID"), 1, out _) is [var id, ..] ? id : null;
            return new(disposition, disposition.Contains("displayed", StringComparison.OrdinalIgnoreCase), recipient, original);
        }
        return null;
    }
}
