namespace Solodesk.Mail.Replies;

/// <summary>A message body, taken apart.</summary>
public sealed record ExtractedReply
{
    internal ExtractedReply(string text, string reply, IReadOnlyList<ReplySpan> spans)
    {
        Text = text;
        Reply = reply;
        Spans = spans;
    }

    /// <summary>The text that <see cref="Spans"/> point into, exactly as it was given.</summary>
    public string Text { get; }

    /// <summary>
    /// What was newly written: the written spans in order, without quote and signature, lines separated by <c>\n</c>,
    /// trimmed. Parts that stood between quotes are separated by an empty line. Empty when nothing was written.
    /// </summary>
    public string Reply { get; }

    /// <summary>The whole of <see cref="Text"/> in order and without gaps; empty only for an empty text.</summary>
    public IReadOnlyList<ReplySpan> Spans { get; }

    /// <summary>Whether anything was set apart from what was written.</summary>
    public bool HasFolded => Spans.Any(span => span.Kind != ReplySpanKind.Written);
}
