using Solodesk.Mail.Html;

namespace Solodesk.Mail.Replies;

/// <summary>
/// Tells what was newly written in a reply from what it carries along: quotes, quote headers, signatures and forwarded messages,
/// in the forms that mail programs use in Chinese, English and sixteen further languages.
/// </summary>
/// <remarks>
/// Nothing is destroyed: every character of the body belongs to a span, and the caller folds what is not
/// <see cref="ReplySpanKind.Written"/>. Decisions that are not obvious:
/// <list type="bullet">
/// <item>Answers between quoted lines are all part of the reply, in order.</item>
/// <item>A closing with a name ("Best regards, Ann", "祝好 张三") is written text and stays; it becomes a signature only after a delimiter
/// (<c>-- </c>, RFC 3676 §4.3) or when a block of contact details follows it.</item>
/// <item>Lines that an app adds ("Sent from my iPhone", "发自我的iPhone") and unmistakable disclaimers are signatures.</item>
/// <item>A quote that bears no quote marks reaches from its header to the end of the body.</item>
/// <item>A header that quote marks do not follow must be certain (date and address, or a full block): prose that says "wrote:" or "写道：" is kept.</item>
/// </list>
/// Time and memory are linear in the length of the body. Neither method throws on any input.
/// </remarks>
public static class ReplyExtractor
{
    /// <summary>Takes a plain-text body apart.</summary>
    /// <param name="text">The decoded body; any line ending will do. Null is read as empty.</param>
    public static ExtractedReply FromText(string? text)
    {
        text ??= "";
        return FromLines(text, BodyLines.Of(text));
    }

    /// <summary>
    /// Takes an HTML body apart: by the marks that mail programs leave in it (Gmail's <c>gmail_quote</c>, Outlook's <c>divRplyFwdMsg</c>,
    /// cited blockquotes and their kin), then by the rules for text on what it shows.
    /// </summary>
    /// <param name="html">The decoded HTML, whole document or fragment. Null is read as empty.</param>
    /// <param name="limits">What the body's tree may cost; beyond, its text alone is taken apart.</param>
    public static ExtractedHtmlReply FromHtml(string? html, HtmlLimits? limits = null) => HtmlReply.Extract(html ?? "", limits ?? HtmlLimits.Default);

    internal static ExtractedReply FromLines(string text, List<BodyLine> lines)
    {
        LineLabels.Put(lines);
        return new ExtractedReply(text, WrittenText.Of(lines), SpansOf(lines, text.Length));
    }

    // Blank lines go with what stands before them; at the top, with what follows.
    private static List<ReplySpan> SpansOf(List<BodyLine> lines, int length)
    {
        var spans = new List<ReplySpan>();
        var kind = lines.Find(line => !line.IsBlank)?.Kind ?? ReplySpanKind.Written;
        var start = 0;
        foreach (var line in lines)
        {
            if (!line.IsBlank && line.Kind != kind)
            {
                if (line.Start > start)
                {
                    spans.Add(new ReplySpan(kind, start, line.Start - start));
                }

                (kind, start) = (line.Kind, line.Start);
            }
        }

        if (length > start)
        {
            spans.Add(new ReplySpan(kind, start, length - start));
        }

        return spans;
    }
}
