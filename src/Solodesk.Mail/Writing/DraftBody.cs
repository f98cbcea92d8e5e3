using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Solodesk.Mail.Writing;

/// <summary>
/// The tree of parts of a draft: <c>mixed(alternative(text, related(html, images)), files)</c>, each layer only where it is needed.
/// </summary>
internal abstract class DraftBody
{
    /// <summary>Writes the part's headers, the blank line and the content; it always ends with a line break.</summary>
    public abstract Task WriteAsync(Stream output, CancellationToken ct);

    public static DraftBody Of(MailDraft draft, MailWriterOptions options)
    {
        var boundaries = new Boundaries(options.BoundarySeed);
        // An inline image that no HTML can show is a file like others.
        var inline = draft.Html is null ? [] : draft.Attachments.Where(a => a.Inline && a.ContentId is not null).ToList();
        var html = draft.Html is null ? null : new TextPart("text/html", draft.Html, options.EightBitBodies);
        DraftBody? body = html;
        if (inline.Count > 0)
        {
            body = new MultiPart("related", [html!, .. inline.Select(a => new FilePart(a, inline: true))], boundaries.Next(), rootType: "text/html");
        }

        if (draft.Text is { } text || body is null)
        {
            var plain = new TextPart("text/plain", draft.Text ?? "", options.EightBitBodies);
            body = body is null ? plain : new MultiPart("alternative", [plain, body], boundaries.Next());
        }

        var files = draft.Attachments.Except(inline).Select(a => new FilePart(a, inline: false)).ToList();
        return files.Count == 0 ? body : new MultiPart("mixed", [body, .. files], boundaries.Next());
    }

    /// <summary>"=_" can stand in no quoted-printable or base64 line, and the rest is random (RFC 2046 §5.1.1) unless the same message must come out again.</summary>
    private sealed class Boundaries(string? seed)
    {
        private int _count;

        public string Next() => "=_" + (seed is null
            ? RandomNumberGenerator.GetHexString(28, lowercase: true)
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {_count++}")))[..28]);
    }

    private sealed class MultiPart(string subtype, IReadOnlyList<DraftBody> parts, string boundary, string? rootType = null) : DraftBody
    {
        public override async Task WriteAsync(Stream output, CancellationToken ct)
        {
            var headers = new HeaderSection(utf8: false);
            List<string> tokens = [$"multipart/{subtype};"];
            if (rootType is not null)
            {
                tokens.Add($"type=\"{rootType}\";"); // required by RFC 2387 §3.1
            }

            headers.AddTokens("Content-Type", [.. tokens, $"boundary=\"{boundary}\""]);
            await output.WriteAsync(headers.ToBytes(), ct);
            foreach (var part in parts)
            {
                await output.WriteAsync(Encoding.ASCII.GetBytes($"\r\n--{boundary}\r\n"), ct);
                await part.WriteAsync(output, ct);
            }

            await output.WriteAsync(Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"), ct);
        }
    }

    private sealed class TextPart(string type, string text, bool eightBit) : DraftBody
    {
        public override async Task WriteAsync(Stream output, CancellationToken ct)
        {
            var transfer = TransferText.From(text, eightBit);
            var headers = new HeaderSection(utf8: false);
            headers.AddTokens("Content-Type", [$"{type};", "charset=utf-8"]);
            headers.AddTokens("Content-Transfer-Encoding", [TransferText.NameOf(transfer.Encoding)]);
            await output.WriteAsync(headers.ToBytes(), ct);
            await output.WriteAsync("\r\n"u8.ToArray(), ct);
            await output.WriteAsync(transfer.Body, ct);
            if (!transfer.Body.AsSpan().EndsWith("\r\n"u8))
            {
                await output.WriteAsync("\r\n"u8.ToArray(), ct);
            }
        }
    }

    private sealed class FilePart(MailDraftAttachment file, bool inline) : DraftBody
    {
        public override async Task WriteAsync(Stream output, CancellationToken ct)
        {
            var (type, charset) = CheckedType(file.MediaType);
            var name = HeaderSection.Clean(file.Name);
            name = name.Length == 0 ? "attachment" : name;
            // RFC 2046 §5.2.1 lets an attached message be 7-bit only; one that is not travels in base64, which readers understand.
            var asIs = type == "message/rfc822" && await BodyContent.IsSevenBitAsync(file.Content, ct);

            var headers = new HeaderSection(utf8: false);
            var parameters = ParameterText.Name(name).ToList();
            if (charset is not null)
            {
                parameters[^1] += ";";
                parameters.Add($"charset={charset}");
            }

            headers.AddTokens("Content-Type", [$"{type};", .. parameters]);
            headers.AddTokens("Content-Transfer-Encoding", [TransferText.NameOf(asIs ? TransferEncoding.SevenBit : TransferEncoding.Base64)]);
            headers.AddTokens("Content-Disposition", [inline ? "inline;" : "attachment;", .. ParameterText.FileName(name)]);
            if (MessageIdText.TryNormalise(file.ContentId) is { } contentId && Ascii.IsValid(contentId))
            {
                headers.AddTokens("Content-ID", [contentId]);
            }

            await output.WriteAsync(headers.ToBytes(), ct);
            await output.WriteAsync("\r\n"u8.ToArray(), ct);
            await using var content = await file.Content(ct);
            if (asIs)
            {
                await content.CopyToAsync(output, ct);
            }
            else
            {
                await BodyContent.WriteBase64Async(content, output, ct);
            }
        }

        private static (string Type, string? Charset) CheckedType(string mediaType) =>
            MediaTypeHeaderValue.TryParse(mediaType, out var parsed) && parsed.MediaType is { } type && Ascii.IsValid(type) && type.Length <= 127
            && !type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
                ? (type.ToLowerInvariant(), parsed.CharSet?.Trim('"') is { Length: > 0 and < 40 } charset && charset.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? charset : null)
                : ("application/octet-stream", null);
    }
}
