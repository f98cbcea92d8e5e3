namespace Solodesk.Mail.Writing;

/// <summary>A file that goes with a mail, or an image shown inside its HTML.</summary>
public sealed class MailDraftAttachment
{
    /// <summary>The file name that people see, in any script; control characters are replaced by spaces.</summary>
    public required string Name { get; init; }

    /// <summary>The media type (<c>application/pdf</c>), with a <c>charset</c> parameter if wanted; one that cannot be read becomes <c>application/octet-stream</c>.</summary>
    public string MediaType { get; init; } = "application/octet-stream";

    /// <summary>Opens the content from its start. It may be called more than once; each stream is disposed after use.</summary>
    public required Func<CancellationToken, ValueTask<Stream>> Content { get; init; }

    /// <summary>The id that HTML names as <c>cid:…</c> (RFC 2392), with or without angle brackets; null for a plain attachment.</summary>
    public string? ContentId { get; init; }

    /// <summary>True when the HTML shows it: it then travels beside the HTML in <c>multipart/related</c>.</summary>
    public bool Inline { get; init; }

    /// <summary>An attachment whose bytes are in memory.</summary>
    public static MailDraftAttachment FromBytes(string name, string mediaType, byte[] content) => new()
    {
        Name = name,
        MediaType = mediaType,
        Content = _ => ValueTask.FromResult<Stream>(new MemoryStream(content, writable: false)),
    };

    /// <summary>An image that the HTML shows as <c>cid:</c><paramref name="contentId"/>.</summary>
    public static MailDraftAttachment InlineFromBytes(string name, string mediaType, byte[] content, string contentId) => new()
    {
        Name = name,
        MediaType = mediaType,
        Content = _ => ValueTask.FromResult<Stream>(new MemoryStream(content, writable: false)),
        ContentId = contentId,
        Inline = true,
    };
}
