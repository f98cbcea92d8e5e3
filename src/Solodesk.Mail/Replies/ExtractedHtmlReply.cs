namespace Solodesk.Mail.Replies;

/// <summary>An HTML message body, taken apart.</summary>
public sealed record ExtractedHtmlReply
{
    internal ExtractedHtmlReply(ExtractedReply text, string replyHtml, string foldedHtml, bool simplified)
    {
        Rendered = text;
        ReplyHtml = replyHtml;
        QuotedHtml = foldedHtml;
        Simplified = simplified;
    }

    /// <summary>
    /// What was newly written, as the HTML it was written in. The markup is the sender's: sanitise it before it is shown.
    /// </summary>
    public string ReplyHtml { get; }

    /// <summary>Everything else (quotes, their headers, signature, forwarded message) as HTML; also not sanitised.</summary>
    public string QuotedHtml { get; }

    /// <summary>True when the body was too deep or too large to keep its form, and both halves are its plain text.</summary>
    public bool Simplified { get; }

    /// <summary>What was newly written, as text.</summary>
    public string Reply => Rendered.Reply;

    /// <summary>The spans of <see cref="Text"/>.</summary>
    public IReadOnlyList<ReplySpan> Spans => Rendered.Spans;

    /// <summary>The whole body as text, one line for each line that a reader would see.</summary>
    public string Text => Rendered.Text;

    /// <summary>The text form: body, reply and spans together.</summary>
    public ExtractedReply Rendered { get; }
}
