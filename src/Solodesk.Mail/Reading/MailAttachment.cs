using Solodesk.Mail.Mime.Transfer;

namespace Solodesk.Mail.Reading;

/// <summary>
/// One file of a mail. Its content is not decoded until it is read: it is a range of the message's bytes
/// (of the spooled file, for a large message read from a stream) and lives as long as the <see cref="ParsedMail"/>.
/// </summary>
public sealed class MailAttachment
{
    private readonly ReadOnlyMemory<byte> _content;
    private readonly TransferEncoding _encoding;
    private long _size = -1;

    internal MailAttachment(ReadOnlyMemory<byte> content, TransferEncoding encoding)
    {
        _content = content;
        _encoding = encoding;
    }

    /// <summary>The file name as the sender wrote it, decoded, without control characters; null when none was given. Not safe as a path: see <see cref="SafeName"/>.</summary>
    public string? Name { get; init; }

    /// <summary>The media type in lower case, <c>application/octet-stream</c> where none can be read.</summary>
    public required string MediaType { get; init; }

    /// <summary>The charset that the part names, if any; the bytes are not converted.</summary>
    public string? Charset { get; init; }

    /// <summary>The Content-ID without its brackets: what a <c>cid:</c> address in the HTML body names (RFC 2392).</summary>
    public string? ContentId { get; init; }

    /// <summary>The Content-Location (RFC 2557), if any.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>True for a picture of the body (shown in place), false for a file that a person attached.</summary>
    public bool Inline { get; internal set; }

    /// <summary>Decoded size in bytes; counted on first use by decoding once without keeping anything.</summary>
    public long Size => _size >= 0 ? _size : _size = TransferDecoder.CountDecoded(_content.Span, _encoding);

    /// <summary>The name without folders, device names or characters that file systems refuse; "attachment" where nothing is left.</summary>
    public string SafeName
    {
        get
        {
            var name = (Name ?? "").Split('/', '\\')[^1];
            name = string.Concat(name.Select(c => char.IsControl(c) || c is ':' or '*' or '?' or '"' or '<' or '>' or '|' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' ? '_' : c)).Trim(' ', '.');
            return name.Length == 0 ? "attachment" : name.Length > 200 ? name[..200] : name;
        }
    }

    /// <summary>The decoded bytes as a forward-only stream.</summary>
    public Stream OpenRead() => new DecodingStream(_content, _encoding);

    /// <summary>The decoded bytes in memory, at most <paramref name="limit"/> of them.</summary>
    public byte[] ToArray(int limit = int.MaxValue) => TransferDecoder.DecodeAll(_content, _encoding, limit, out _).ToArray();

    /// <inheritdoc/>
    public override string ToString() => $"{Name ?? "(no name)"} ({MediaType})";
}
