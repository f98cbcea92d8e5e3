using System.Text;
using Solodesk.Mail.Html;
using Solodesk.Mail.Reading;
using Solodesk.Mail.Replies;
using Solodesk.Text.Languages;

namespace Solodesk.Channels.Email.Intake;

/// <summary>Divides a mail's body into what is new and what it carries along, and makes its HTML safe to show.</summary>
internal static class LetterBodies
{
    /// <summary>What is shown at once of a body that somebody made endless; the raw mail keeps the rest.</summary>
    private const int LongestBody = 200_000;

    public static LetterBody Of(ParsedMail mail, IReadOnlyList<LetterFile> files)
    {
        var (parts, html, simplified) = Parts(mail);
        var written = parts.Reply;
        string? quoted = null;
        if (written.Length == 0)
        {
            // Nothing new above it: a forwarded mail or a lone quote is itself what was sent.
            written = parts.Text.Trim();
            html = mail.Html;
        }
        else if (parts.HasFolded)
        {
            quoted = Folded(parts);
        }

        var language = LanguageDetector.Detect(written);
        var safe = Safe(html, files);
        return new LetterBody(Cut(written), quoted is null ? null : Cut(quoted), safe?.Html, language.Code == "und" ? null : language.Code, simplified || safe is { Simplified: true });
    }

    /// <summary>What was newly written, as <c>mail parse</c> reports it.</summary>
    public static string Reply(ParsedMail mail) => Parts(mail).Parts.Reply;

    /// <summary>By the plain text where there is one; by the HTML where the text was only made from it, or where only its marks show the quote.</summary>
    private static (ExtractedReply Parts, string? Html, bool Simplified) Parts(ParsedMail mail)
    {
        if (mail.Html is null)
        {
            return (ReplyExtractor.FromText(mail.Text), null, false);
        }

        var marked = ReplyExtractor.FromHtml(mail.Html);
        if (mail.TextIsFromHtml)
        {
            return (marked.Rendered, marked.ReplyHtml, marked.Simplified);
        }

        var text = ReplyExtractor.FromText(mail.Text);
        return !text.HasFolded && marked.Rendered.HasFolded && marked.Reply.Length > 0 ? (marked.Rendered, marked.ReplyHtml, marked.Simplified) : (text, marked.ReplyHtml, marked.Simplified);
    }

    private static string? Folded(ExtractedReply parts)
    {
        var text = new StringBuilder();
        foreach (var span in parts.Spans.Where(s => s.Kind != ReplySpanKind.Written))
        {
            text.Append(parts.Text, span.Start, span.Length).Append('\n');
        }

        return text.ToString().Trim() is { Length: > 0 } folded ? folded : null;
    }

    /// <summary>Pictures of the mail come from our file store; those from elsewhere stay blocked until the reader allows them.</summary>
    private static SanitizedHtml? Safe(string? html, IReadOnlyList<LetterFile> files)
    {
        if (string.IsNullOrWhiteSpace(html))
        {
            return null;
        }

        var byId = files.Where(f => f.ContentId is not null).GroupBy(f => f.ContentId!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => $"/files/{g.First().Token}/{Uri.EscapeDataString(g.First().Name)}", StringComparer.OrdinalIgnoreCase);
        var safe = HtmlSanitizer.Sanitize(html, new HtmlSanitizerOptions
        {
            ResolveContentId = id => byId.GetValueOrDefault(id) ?? byId.GetValueOrDefault(Uri.UnescapeDataString(id)),
        });
        return safe.Html.Trim() is { Length: > 0 } clean ? safe with { Html = clean } : null;
    }

    private static string Cut(string text)
        => text.Length <= LongestBody ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[LongestBody - 1]) ? LongestBody - 1 : LongestBody), "…");
}
