using System.Net;
using System.Text;
using Solodesk.Mail.Html;
using Solodesk.Mail.Mime;
using Solodesk.Mail.Mime.Tnef;

namespace Solodesk.Mail.Reading;

/// <summary>Walks the tree of parts and sorts it into what is read (bodies, in order) and what is kept (attachments).</summary>
internal sealed class BodyCollector(MimeContext context)
{
    /// <summary>One stretch of the body: its plain text, its HTML, or both as alternatives.</summary>
    private readonly record struct Segment(string? Text, string? Html);

    private readonly List<MailAttachment> _attachments = [];
    private readonly AttachmentMaker _maker = new(context);

    public IReadOnlyList<MailAttachment> Attachments => _attachments;
    public string Text { get; private set; } = "";
    public bool TextIsFromHtml { get; private set; }
    public string? Html { get; private set; }
    public string? Calendar { get; private set; }
    public ReadOnlyMemory<byte>? Signed { get; private set; }
    public bool Encrypted { get; private set; }

    public void Collect(MimePart root)
    {
        var segments = new List<Segment>();
        Walk(root, segments, isRoot: true);
        if (segments.Count == 0) ReadEnclosed(root, segments);
        Join(segments);
        foreach (var attachment in _attachments)
        {
            if (!attachment.Inline && Html is not null && attachment.ContentId is { Length: > 0 } id && Html.Contains("cid:" + id, StringComparison.OrdinalIgnoreCase)) attachment.Inline = true;
        }
    }

    private void Walk(MimePart part, List<Segment> segments, bool isRoot = false)
    {
        if (part.Type.IsMultipart && !part.Broken) WalkMultipart(part, segments);
        else if (part.Type.IsMessage || part.Type.Is("message", "partial")) _attachments.Add(_maker.Enclosed(part));
        else if (part.Opaque is not null)
        {
            Signed ??= part.Whole;
            Walk(part.Opaque, segments);
            _attachments.Add(_maker.File(part, related: false));
        }
        else WalkLeaf(part, segments, isRoot);
    }

    private void WalkMultipart(MimePart part, List<Segment> segments)
    {
        switch (part.Type.Subtype)
        {
            case "alternative":
                WalkAlternative(part, segments);
                break;
            case "related":
                WalkRelated(part, segments);
                break;
            case "signed":
                Signed ??= part.Whole;
                foreach (var child in part.Children) Walk(child, segments);
                break;
            case "encrypted":
                Encrypted = true;
                foreach (var child in part.Children) Keep(child);
                break;
            case "appledouble" or "x-appledouble":
                KeepAppleDouble(part);
                break;
            default:
                foreach (var child in part.Children) Walk(child, segments);
                break;
        }
    }

    /// <summary>The richest HTML and the first plain text that says something; files among the alternatives are kept.</summary>
    private void WalkAlternative(MimePart part, List<Segment> segments)
    {
        string? text = null, html = null, enriched = null;
        foreach (var child in part.Children)
        {
            var type = child.Type;
            if (type.IsMultipart && !child.Broken)
            {
                var inner = new List<Segment>();
                WalkMultipart(child, inner);
                if (inner.Exists(s => s.Html is not null)) html = HtmlOf(inner);
                if (string.IsNullOrWhiteSpace(text) && inner.Count > 0 && inner.TrueForAll(s => s.Text is not null)) text = TextOf(inner, out _);
            }
            else if (child.IsAttachment || (child.FileName is not null && !type.IsText)) Keep(child);
            else if (type.Is("text", "plain") || child.Broken)
            {
                if (string.IsNullOrWhiteSpace(text)) text = ReadPlain(child) ?? text;
                else if (child.FileName is not null) Keep(child);
            }
            else if (type.Is("text", "html"))
            {
                if (ReadText(child) is { } read && (html is null || !string.IsNullOrWhiteSpace(read))) html = read;
            }
            else if (type.Is("text", "calendar")) KeepCalendar(child, alsoAsFile: child.FileName is not null);
            else if (type.Is("text", "enriched") || type.Is("text", "richtext")) enriched ??= EnrichedText.ToPlainText(ReadText(child));
            else if (type.Is("text", "x-amp-html") || type.Is("text", "watch-html"))
            {
                // A third telling of the same text, for programs that run it.
            }
            else Keep(child);
        }
        text = string.IsNullOrWhiteSpace(text) ? enriched ?? text : text;
        if (text is not null || html is not null) segments.Add(new(string.IsNullOrWhiteSpace(text) && html is not null ? null : text, html));
    }

    /// <summary>The root (RFC 2387: named by "start", else the first part) is the body; the rest belongs to it.</summary>
    private void WalkRelated(MimePart part, List<Segment> segments)
    {
        var start = part.Type.Parameters.Get("start")?.Trim('<', '>', ' ');
        var root = (start is null ? null : part.Children.Find(c => c.ContentId == start))
            ?? part.Children.Find(c => c.Type.IsMultipart || c.Type.Is("text", "html")) ?? part.Children.Find(c => c.Type.Is("text", "plain"));
        if (root is not null) Walk(root, segments);
        foreach (var child in part.Children)
        {
            if (child == root) continue;
            if (child.Type.IsMultipart && !child.Broken) WalkMultipart(child, segments);
            else if (child.Type.IsText && child.ContentId is null && child.FileName is null && !child.IsAttachment) WalkLeaf(child, segments, isRoot: false);
            else Keep(child, related: true);
        }
    }

    /// <summary>The data fork is the file; the resource fork beside it (RFC 1740) only means something to old Macs.</summary>
    private void KeepAppleDouble(MimePart part)
    {
        foreach (var child in part.Children)
        {
            if (child.Type.Is("application", "applefile") && part.Children.Count > 1) continue;
            Keep(child);
        }
    }

    private void WalkLeaf(MimePart part, List<Segment> segments, bool isRoot)
    {
        if (!IsBody(part, segments, isRoot))
        {
            Keep(part, segments: segments);
            return;
        }
        if (part.Type.Is("text", "html") || (part.Broken && LooksLikeHtml(part)))
        {
            if (ReadText(part) is { } html && !string.IsNullOrWhiteSpace(html)) segments.Add(new(null, html));
        }
        else if (part.Type.Is("text", "enriched") || part.Type.Is("text", "richtext")) segments.Add(new(EnrichedText.ToPlainText(ReadText(part)), null));
        else if (ReadPlain(part) is { } text && !string.IsNullOrWhiteSpace(text)) segments.Add(new(text, null));
    }

    /// <summary>Text without a name is read; text with a name is a file, except where it is plainly the mail itself.</summary>
    private static bool IsBody(MimePart part, List<Segment> segments, bool isRoot)
    {
        if (part.Broken) return true;
        if (!part.Type.IsText || part.IsAttachment) return false;
        var readable = part.Type.Subtype is "plain" or "html" or "enriched" or "richtext" or "markdown" or "x-markdown" or "x-patch" or "x-diff" or "diff" or "x-plain" or "x-web-markdown" or "unknown" or "x-unknown";
        if (!readable) return false;
        return part.FileName is null || isRoot || (segments.Count == 0 && part.Type.Subtype is "plain" or "html" && part.Disposition is null);
    }

    private static bool LooksLikeHtml(MimePart part)
    {
        var start = part.Body.Span[..Math.Min(part.Body.Length, 512)];
        return Ascii.IsValid(start) && Encoding.Latin1.GetString(start).Contains("<html", StringComparison.OrdinalIgnoreCase);
    }

    private void Keep(MimePart part, bool related = false, List<Segment>? segments = null)
    {
        if (part.Type.IsMultipart && !part.Broken)
        {
            foreach (var child in part.Children) Keep(child, related);
            return;
        }
        if (part.Type.IsMessage)
        {
            _attachments.Add(_maker.Enclosed(part));
            return;
        }
        if (part.Type.Is("text", "calendar") || part.Type.Is("application", "ics"))
        {
            KeepCalendar(part, alsoAsFile: true);
            return;
        }
        if (part.Type.Is("application", "pkcs7-mime") || part.Type.Is("application", "x-pkcs7-mime"))
        {
            if (part.Type.Parameters.Get("smime-type")?.StartsWith("signed", StringComparison.OrdinalIgnoreCase) == true) Signed ??= part.Whole;
            else Encrypted = true;
        }
        if (Tnef.IsTnef(part) && Unpack(part, segments)) return;
        _attachments.Add(_maker.File(part, related));
    }

    private bool Unpack(MimePart part, List<Segment>? segments)
    {
        var bytes = part.Decode(context.Options.MaxContainerBytes, out var cut);
        if (cut) context.Warn("container-cut", $"A winmail.dat is larger than {context.Options.MaxContainerBytes} bytes; only its beginning was read.");
        if (Tnef.Read(bytes, context) is not { } content) return false;
        foreach (var file in content.Files) _attachments.Add(AttachmentMaker.FromTnef(file));
        // Outlook sends the text twice as a rule; where the mail has none, winmail.dat holds the only one.
        if (segments is { Count: 0 } && (content.Text ?? content.Html) is not null) segments.Add(new(content.Text, content.Html));
        return content.Files.Count > 0 || content.Text is not null || content.Html is not null;
    }

    private void KeepCalendar(MimePart part, bool alsoAsFile)
    {
        Calendar ??= ReadText(part);
        if (alsoAsFile) _attachments.Add(_maker.File(part, related: false));
    }

    private string? ReadPlain(MimePart part) => PartText.ReadPlain(part, context, _attachments);

    private string? ReadText(MimePart part) => PartText.Read(part, context);

    /// <summary>A mail that holds nothing but another mail shows that one's text.</summary>
    private void ReadEnclosed(MimePart root, List<Segment> segments)
    {
        if (_attachments.Count == 0 || Encrypted) return;
        var inner = FirstMessage(root, 0);
        if (inner is null) return;
        var collector = new BodyCollector(context);
        collector.Collect(inner);
        if (collector.Text.Length == 0) return;
        context.Warn("text-from-enclosed", "The mail has no text of its own; the text of the message it encloses is shown.");
        segments.Add(new(collector.TextIsFromHtml ? null : collector.Text, collector.Html));
    }

    private static MimePart? FirstMessage(MimePart part, int depth)
    {
        if (part.Message is not null) return part.Message;
        if (depth > 50) return null;
        foreach (var child in part.Children) if (FirstMessage(child, depth + 1) is { } found) return found;
        return null;
    }

    private void Join(List<Segment> segments)
    {
        Text = TextOf(segments, out var fromHtml);
        TextIsFromHtml = fromHtml;
        if (segments.Exists(s => s.Html is not null)) Html = HtmlOf(segments);
    }

    private string TextOf(List<Segment> segments, out bool fromHtml)
    {
        var options = HtmlTextOptions.Default with { MaxChars = context.Options.MaxHtmlChars };
        fromHtml = segments.Count > 0 && segments.TrueForAll(s => s.Text is null);
        if (segments.Count == 1) return (segments[0].Text ?? Plain(segments[0].Html!, options)).TrimEnd();
        var text = new StringBuilder();
        foreach (var segment in segments)
        {
            var piece = (segment.Text ?? Plain(segment.Html!, options)).TrimEnd();
            if (piece.Length == 0) continue;
            if (text.Length > 0) text.Append("\n\n");
            text.Append(piece);
        }
        return text.ToString();
    }

    private string Plain(string html, HtmlTextOptions options)
    {
        if (html.Length > options.MaxChars) context.Warn("html-cut", $"The HTML body has more than {options.MaxChars} characters; the rest was left out of the text.");
        return HtmlText.ToPlainText(html, options);
    }

    private static string HtmlOf(List<Segment> segments)
    {
        if (segments.Count == 1) return segments[0].Html ?? "";
        var html = new StringBuilder();
        foreach (var segment in segments)
        {
            if (html.Length > 0) html.Append("<br>\n");
            if (segment.Html is not null) html.Append(segment.Html);
            else html.Append("<div style=\"white-space:pre-wrap\">").Append(WebUtility.HtmlEncode(segment.Text)).Append("</div>");
        }
        return html.ToString();
    }
}
