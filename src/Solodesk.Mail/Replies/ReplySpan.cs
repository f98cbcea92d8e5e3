namespace Solodesk.Mail.Replies;

/// <summary>One stretch of a message body.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it starts in the text, in UTF-16 code units.</param>
/// <param name="Length">How long it is, in UTF-16 code units; never zero.</param>
public readonly record struct ReplySpan(ReplySpanKind Kind, int Start, int Length)
{
    /// <summary>The first position after the span.</summary>
    public int End => Start + Length;
}
