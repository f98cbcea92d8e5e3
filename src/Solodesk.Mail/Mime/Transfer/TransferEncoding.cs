namespace Solodesk.Mail.Mime.Transfer;

/// <summary>The content transfer encodings that are told apart (RFC 2045 §6.1, and what is older than it).</summary>
internal enum TransferEncoding
{
    /// <summary>7bit, 8bit, binary or nothing said.</summary>
    Identity,
    Base64,
    QuotedPrintable,
    Uuencode,
    /// <summary>Known and refused: the content is kept as it stands.</summary>
    Yenc,
    /// <summary>A name that nobody knows: the content is kept as it stands.</summary>
    Unknown,
}

internal static class TransferEncodings
{
    /// <summary>Reads a Content-Transfer-Encoding value as it is met: any case, comments, quotes, stray hyphens and semicolons.</summary>
    public static TransferEncoding Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) return TransferEncoding.Identity;
        Span<char> name = stackalloc char[24];
        var length = 0;
        var comments = 0;
        foreach (var c in value)
        {
            if (c is ';' or ',') break;
            if (c is '(' or ')') comments = Math.Max(0, comments + (c == '(' ? 1 : -1));
            if (comments > 0 || !char.IsAsciiLetterOrDigit(c)) continue;
            if (length == name.Length) break;
            name[length++] = char.ToLowerInvariant(c);
        }
        return name[..length] switch
        {
            "" or "7bit" or "8bit" or "binary" or "7bits" or "8bits" or "none" or "7" or "8" or "identity" or "plain" or "usascii" or "utf8" or "text" => TransferEncoding.Identity,
            "base64" or "b64" or "xbase64" or "base64encoded" or "b" => TransferEncoding.Base64,
            "quotedprintable" or "qp" or "quotedprintible" or "quoted" or "quoteprintable" or "q" => TransferEncoding.QuotedPrintable,
            "uuencode" or "xuuencode" or "uue" or "xuue" or "uuencoded" or "xuuencoded" => TransferEncoding.Uuencode,
            "yenc" or "xyenc" or "xyencode" or "yencode" => TransferEncoding.Yenc,
            _ => TransferEncoding.Unknown,
        };
    }
}
