using System.Buffers;
using System.Text;
using Solodesk.Mail.Mime;
using Solodesk.Mail.Mime.Charsets;
using Solodesk.Mail.Mime.Headers;
using Solodesk.Mail.Mime.Transfer;

namespace Solodesk.Mail.Reading;

/// <summary>Turns the body of a text part into a string with "\n" line ends.</summary>
internal static class PartText
{
    private static readonly SearchValues<char> CharsetEnd = SearchValues.Create("\"' />;");

    /// <summary>Text of any subtype, decoded.</summary>
    public static string? Read(MimePart part, MimeContext context) => ToText(part, Bytes(part, context).Span, context);

    /// <summary>Plain text: uuencoded files are taken out of it, flowed lines are joined.</summary>
    public static string? ReadPlain(MimePart part, MimeContext context, List<MailAttachment> files)
    {
        var bytes = Bytes(part, context);
        var most = context.Options.MaxUuencodedFiles;
        // One more than there may be shows that there are more.
        var blocks = UuencodedBlocks.Find(bytes.Span, most + 1);
        if (blocks.Count > most)
        {
            context.Warn("uuencode-cut", $"A text holds more than {most} uuencoded files; the rest was left where it stands.");
            blocks.RemoveAt(most);
        }
        if (blocks.Count > 0)
        {
            foreach (var block in blocks)
                files.Add(new MailAttachment(bytes[block.Start..block.End], TransferEncoding.Uuencode) { Name = block.Name, MediaType = "application/octet-stream" });
            bytes = UuencodedBlocks.Without(bytes.Span, blocks);
        }
        if (HoldsYenc(bytes.Span))
            context.Warn("yenc-not-read", "The text holds a file in yEnc, which is not a mail encoding; it was left where it stands.");
        var text = ToText(part, bytes.Span, context);
        if (text is null || !"flowed".Equals(part.Type.Parameters.Get("format"), StringComparison.OrdinalIgnoreCase)) return text;
        return FlowedText.Unwrap(text, "yes".Equals(part.Type.Parameters.Get("delsp"), StringComparison.OrdinalIgnoreCase));
    }

    // Its end may have been cut off, or stand in another mail.
    private static bool HoldsYenc(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf("=ybegin "u8) is var at and >= 0)
        {
            var line = HeaderScanner.Line(text, at, out var next);
            if ((at == 0 || text[at - 1] is (byte)'\n' or (byte)'\r') && line.IndexOf(" line="u8) >= 0 && line.IndexOf(" name="u8) > 0) return true;
            text = text[next..];
        }
        return false;
    }

    private static ReadOnlyMemory<byte> Bytes(MimePart part, MimeContext context)
    {
        if (part.Encoding == TransferEncoding.Base64 && !Base64Content.Looks(part.Body.Span))
        {
            context.Warn("not-base64", "A part says that it is base64, but it is plain text; it was read as it stands.");
            part.Encoding = TransferEncoding.Identity;
        }
        var bytes = part.Decode(context.Options.MaxTextBytes, out var cut);
        if (cut) context.Warn("text-cut", $"A text body is larger than {context.Options.MaxTextBytes} bytes; only its beginning is shown.");
        return bytes;
    }

    private static string? ToText(MimePart part, ReadOnlySpan<byte> bytes, MimeContext context)
    {
        var label = part.Type.Charset;
        var hint = Charset.CodePage(label) <= 0 && part.Type.Is("text", "html") ? MetaCharset(bytes) ?? context.Charset : context.Charset;
        var decoded = TextDecoding.Decode(bytes, label, hint);
        if (decoded.Guessed)
            context.Warn("charset-guessed", $"The text {(label is null ? "names no charset" : $"says charset \"{(label.Length > 40 ? label[..40] : label)}\"")}; it was read as code page {decoded.CodePage}.");
        else if (Charset.CodePage(label) < 0)
            context.Warn("charset-unknown", $"The charset \"{(label!.Length > 40 ? label[..40] : label)}\" is unknown; the text was read as code page {decoded.CodePage}.");
        if (decoded.Text.Contains('\0')) context.Warn("nul-removed", "NUL bytes were taken out of the text.");
        return Lines(decoded.Text);
    }

    /// <summary>The charset that an HTML page names for itself.</summary>
    private static string? MetaCharset(ReadOnlySpan<byte> bytes)
    {
        var start = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 2048)]);
        var at = start.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var rest = start.AsSpan(at + 8).TrimStart("\"' ");
        var end = rest.IndexOfAny(CharsetEnd);
        return end is > 0 and < 40 ? rest[..end].ToString() : null;
    }

    /// <summary>Every line end becomes "\n", a doubled carriage return is one line end, NULs go.</summary>
    private static string Lines(string text)
    {
        if (text.AsSpan().IndexOfAny('\r', '\0') < 0) return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0') continue;
            if (c != '\r')
            {
                result.Append(c);
                continue;
            }
            // "\r\r\n" is one line end that passed through a careless relay; carriage returns alone are one each.
            var next = i;
            while (next < text.Length && text[next] == '\r') next++;
            if (next < text.Length && text[next] == '\n') i = next;
            else
            {
                result.Append('\n', next - i - 1);
                i = next - 1;
            }
            result.Append('\n');
        }
        return result.ToString();
    }
}
