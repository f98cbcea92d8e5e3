using System.Text;
using Solodesk.Mail.Mime.Headers;
using Solodesk.Mail.Mime.Transfer;

namespace Solodesk.Mail.Mime;

/// <summary>Builds the tree of parts over the bytes of a message (RFC 2046), bounded in depth and number.</summary>
internal sealed class MimeParser(MimeContext context)
{
    public MimePart Parse(ReadOnlyMemory<byte> source) => ParseEntity(source, depth: 0, isMessage: true, ContentType.Plain);

    private MimePart ParseEntity(ReadOnlyMemory<byte> source, int depth, bool isMessage, ContentType missing)
    {
        context.Parts++;
        var headers = new HeaderScanner(source, context).Read(0, source.Length, isMessage, out var bodyStart);
        var part = Describe(headers, source, source[bodyStart..], missing);
        if (part.Type.IsMultipart) ParseMultipart(part, depth);
        else if (part.Type.IsMessage) ParseMessage(part, depth);
        else if (part.Type.Subtype is "pkcs7-mime" or "x-pkcs7-mime") ParseSigned(part, depth);
        return part;
    }

    private MimePart Describe(HeaderBlock headers, ReadOnlyMemory<byte> whole, ReadOnlyMemory<byte> body, ContentType missing)
    {
        var type = ContentType.Parse(TypeValue(headers), missing);
        var encodingText = headers.Unfolded("Content-Transfer-Encoding");
        var encoding = TransferEncodings.Parse(encodingText);
        if (encoding == TransferEncoding.Unknown) context.Warn("encoding-unknown", $"The transfer encoding \"{Short(encodingText)}\" is unknown; the content was kept as it stands.");
        if (encoding == TransferEncoding.Yenc) context.Warn("yenc-not-read", "The content is in yEnc, which is not a mail encoding; it was kept as it stands.");
        var disposition = DispositionOf(headers);
        return new MimePart
        {
            Headers = headers,
            Type = type,
            Whole = whole,
            Body = body,
            Encoding = encoding,
            Disposition = Kind(disposition),
            FileName = Name(disposition?.Get("filename")) ?? Name(type.Parameters.Get("name")) ?? Name(Kind(disposition) == "form-data" ? null : disposition?.Get("name")) ?? Name(type.Parameters.Get("filename")),
            ContentId = MessageIds.Parse(headers.Unfolded("Content-ID"), 1, out _) is [var id, ..] ? id : null,
        };
    }

    /// <summary>Of several Content-Type fields the first that names a type counts.</summary>
    private static string? TypeValue(HeaderBlock headers)
    {
        string? first = null;
        foreach (var field in headers.All("Content-Type"))
        {
            if (field.Unfolded.Contains('/')) return field.Unfolded;
            first ??= field.Unfolded;
        }
        return first;
    }

    /// <summary>Of several Content-Disposition fields the first that names a file counts.</summary>
    private static ParameterList? DispositionOf(HeaderBlock headers)
    {
        ParameterList? first = null;
        foreach (var field in headers.All("Content-Disposition"))
        {
            if (field.Unfolded.Length == 0) continue;
            var parsed = ParameterList.Parse(field.Unfolded);
            if (parsed.Get("filename") is not null) return parsed;
            first ??= parsed;
        }
        return first;
    }

    private static string? Kind(ParameterList? disposition)
    {
        if (disposition is null) return null;
        var value = disposition.Value;
        var end = value.IndexOfAny([' ', '\t', ':']);
        if (end > 0) value = value[..end];
        return value.Length == 0 ? (disposition.Get("filename") is null ? null : "attachment") : value;
    }

    private string? Name(string? raw)
    {
        if (string.IsNullOrWhiteSpace(raw)) return null;
        var text = new StringBuilder(raw.Length);
        foreach (var c in raw)
        {
            if (c == '\t') text.Append(' ');
            else if (!char.IsControl(c)) text.Append(c);
        }
        var name = text.ToString().Trim();
        if (name.Length == 0) return null;
        if (name.Length <= context.Options.MaxNameChars) return name;
        context.Warn("name-cut", $"The name of a file has more than {context.Options.MaxNameChars} characters; the rest was left out.");
        return name[..context.Options.MaxNameChars];
    }

    private void ParseMultipart(MimePart part, int depth)
    {
        if (depth >= context.Options.MaxDepth)
        {
            context.Warn("nesting-cut", $"Parts are nested more than {context.Options.MaxDepth} deep; what lies deeper was kept as one attachment.");
            part.Type = part.Type with { Type = "application", Subtype = "octet-stream" };
            return;
        }
        var body = part.Body;
        var delimiters = Delimiters(part, body.Span);
        if (delimiters.Count == 0 && part.Encoding is not TransferEncoding.Identity)
        {
            // RFC 2045 §6.4 forbids to encode a multipart; some do it.
            var decoded = part.Decode(context.Options.MaxContainerBytes, out _);
            delimiters = Delimiters(part, decoded.Span);
            if (delimiters.Count > 0) body = decoded;
        }
        if (delimiters.Count == 0)
        {
            part.Broken = true;
            if (body.Span.Trim(" \t\r\n"u8).Length > 0) context.Warn("boundary-not-found", "The boundary of a multipart was not found; its content was read as text.");
            return;
        }
        var missing = part.Type.Subtype == "digest" ? ContentType.Message : ContentType.Plain;
        var parent = part;
        var lastClose = delimiters.FindLastIndex(d => d.Closes);
        for (var i = 0; i < delimiters.Count; i++)
        {
            // Text after the end is no part, but a part that follows a closing line too many (another one comes) is.
            if (i > lastClose && lastClose >= 0) break;
            if (delimiters[i].Closes) parent = part;
            if (delimiters[i].Closes && (i + 1 >= delimiters.Count || !LooksLikePart(body.Span[delimiters[i].Next..]))) continue;
            var start = delimiters[i].Next;
            var last = i + 1 >= delimiters.Count;
            var end = last ? body.Length : BoundaryScanner.ContentEnd(body.Span, start, delimiters[i + 1].Start);
            if (last) context.Warn("multipart-not-closed", "A multipart has no closing boundary; its last part goes to the end.");
            if (last && start >= end) continue;
            if (context.Parts >= context.Options.MaxParts)
            {
                context.Warn("parts-cut", $"There are more than {context.Options.MaxParts} parts; the rest was left out.");
                break;
            }
            var child = ParseEntity(body[start..Math.Max(start, end)], depth + 1, isMessage: false, missing);
            parent.Children.Add(child);
            if (parent != part || !TakesTheBoundary(child, part)) continue;
            // A multipart that goes by the boundary of the one around it: what follows is inside it, until something closes.
            child.Broken = false;
            parent = child;
        }
    }

    private static bool TakesTheBoundary(MimePart child, MimePart parent)
        => child.Type.IsMultipart && child.Children.Count == 0 && child.Body.Span.Trim(" \t\r\n"u8).Length == 0
            && child.Type.Parameters.Get("boundary") is { Length: > 0 } boundary && boundary == parent.Type.Parameters.Get("boundary");

    private List<BoundaryScanner.Delimiter> Delimiters(MimePart part, ReadOnlySpan<byte> body)
    {
        // One more than there may be parts, so that the last one still ends where it should.
        var limit = context.Options.MaxParts + 1;
        if (part.Type.Parameters.Get("boundary")?.TrimEnd() is { Length: > 0 } boundary)
        {
            var found = BoundaryScanner.Find(body, Encoding.UTF8.GetBytes(boundary), limit);
            if (found.Count > 0) return found;
            // Quotes or blanks that slipped into the value.
            if (boundary.Trim('"', '\'', ' ', '-') is { Length: > 0 } trimmed && trimmed.Length < boundary.Length)
            {
                found = BoundaryScanner.Find(body, Encoding.UTF8.GetBytes(trimmed), limit);
                if (found.Count > 0) return found;
            }
        }
        if (BoundaryScanner.Guess(body) is not { } guess) return [];
        context.Warn("boundary-guessed", "The boundary of a multipart was missing or wrong; it was taken from the body.");
        return BoundaryScanner.Find(body, guess, limit);
    }

    private static bool LooksLikePart(ReadOnlySpan<byte> rest) => rest.Length >= 8 && Ascii.EqualsIgnoreCase(rest[..8], "Content-");

    private void ParseMessage(MimePart part, int depth)
    {
        if (depth >= context.Options.MaxDepth)
        {
            context.Warn("nesting-cut", $"Messages are nested more than {context.Options.MaxDepth} deep; the innermost was kept as an attachment.");
            return;
        }
        if (context.Parts >= context.Options.MaxParts) return;
        var body = part.Body;
        if (part.Encoding is TransferEncoding.Base64 or TransferEncoding.QuotedPrintable or TransferEncoding.Uuencode)
        {
            body = part.Decode(context.Options.MaxContainerBytes, out var cut);
            if (cut) context.Warn("container-cut", $"An encoded message is larger than {context.Options.MaxContainerBytes} bytes; only its beginning was read.");
        }
        part.Message = ParseEntity(body, depth + 1, isMessage: true, ContentType.Plain);
    }

    /// <summary>An opaque signature holds the mail inside; encrypted ones stay closed.</summary>
    private void ParseSigned(MimePart part, int depth)
    {
        if (depth >= context.Options.MaxDepth || context.Parts >= context.Options.MaxParts) return;
        if (SignedData.Content(part.Decode(context.Options.MaxContainerBytes, out _)) is { Length: > 0 } content)
            part.Opaque = ParseEntity(content, depth + 1, isMessage: false, ContentType.Plain);
    }

    private static string Short(string? text) => text is null ? "" : text.Length > 40 ? text[..40] : text;
}
