using Solodesk.Mail.Mime.Headers;
using Solodesk.Mail.Mime.Transfer;

namespace Solodesk.Mail.Mime;

/// <summary>One entity of the tree (RFC 2045 §2.4): its headers, the byte range of its body, its children. Nothing is decoded yet.</summary>
internal sealed class MimePart
{
    public required HeaderBlock Headers { get; init; }
    public required ContentType Type { get; set; }
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The whole entity as it came, headers included: what a signature covers.</summary>
    public required ReadOnlyMemory<byte> Whole { get; init; }

    public required TransferEncoding Encoding { get; set; }

    /// <summary>"attachment", "inline", another word, or null.</summary>
    public string? Disposition { get; init; }

    public string? FileName { get; init; }

    /// <summary>Content-ID without its brackets (RFC 2392).</summary>
    public string? ContentId { get; init; }

    public List<MimePart> Children { get; } = [];

    /// <summary>The enclosed message of a message/rfc822 part.</summary>
    public MimePart? Message { get; set; }

    /// <summary>The entity inside an opaque S/MIME signature.</summary>
    public MimePart? Opaque { get; set; }

    /// <summary>The boundary of a multipart was missing and no other was found: the body is read as text.</summary>
    public bool Broken { get; set; }

    public bool IsAttachment => Disposition == "attachment";

    public ReadOnlyMemory<byte> Decode(int limit, out bool cut) => TransferDecoder.DecodeAll(Body, Encoding, limit, out cut);
}
