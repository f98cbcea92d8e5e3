using System.Text;

namespace Solodesk.Mail.Mime.Headers;

/// <summary>One header field (RFC 5322 §2.2), in the order of the message.</summary>
public sealed class MailHeader
{
    private readonly ReadOnlyMemory<byte> _raw;
    private readonly string? _charset;
    private string? _decoded;
    private string? _unfolded;

    internal MailHeader(string name, ReadOnlyMemory<byte> raw, string? charset)
    {
        Name = name;
        _raw = raw;
        _charset = charset;
    }

    /// <summary>The field name as written, without the colon.</summary>
    public string Name { get; }

    /// <summary>The value unfolded, with encoded words decoded (RFC 2047) and raw 8-bit text read by its likely charset.</summary>
    public string Value => _decoded ??= EncodedWords.Decode(Unfolded).Trim();

    /// <summary>The bytes after the colon exactly as they came, line ends of the folding included.</summary>
    public ReadOnlyMemory<byte> RawBytes => _raw;

    /// <summary>The bytes after the colon, each byte one character.</summary>
    public string Raw => Encoding.Latin1.GetString(_raw.Span);

    /// <summary>Unfolded text in which encoded words still stand: what address and parameter readers split.</summary>
    internal string Unfolded => _unfolded ??= HeaderText.Unfold(_raw.Span, _charset);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Value}";
}
