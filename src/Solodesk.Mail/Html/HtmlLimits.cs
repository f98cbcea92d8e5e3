namespace Solodesk.Mail.Html;

/// <summary>
/// What a tree made of a stranger's HTML may cost. A body that goes beyond is read as its plain text, and says so
/// (<see cref="SanitizedHtml.Simplified"/>, <see cref="Replies.ExtractedHtmlReply.Simplified"/>).
/// </summary>
public sealed record HtmlLimits
{
    /// <summary>The defaults: twenty times what the largest newsletters hold.</summary>
    public static HtmlLimits Default { get; } = new();

    /// <summary>Characters of HTML. 4 million.</summary>
    public int MaxChars { get; init; } = 4_000_000;

    /// <summary>Levels of elements inside the body. 400; the tree builder ends its trees a little above 500, but goes on opening elements, and those cost.</summary>
    public int MaxDepth { get; init; } = 400;

    /// <summary>Elements of the tree, those counted that the builder opened again by itself; also the most end tags. 200,000.</summary>
    public int MaxElements { get; init; } = 200_000;

    /// <summary>
    /// Levels of all elements together: whether an element fits where it stands is looked up through those around it. 20 million, which is
    /// 200,000 elements a hundred deep.
    /// </summary>
    public long MaxLevels { get; init; } = 20_000_000;

    /// <summary>
    /// What the builder may open again or move by itself (HTML's "active formatting elements" and "adoption agency", WHATWG HTML §13.2.4.3 and
    /// §13.2.6.4.7), in attributes: an element is worth four, sixteen characters of its attributes one, each node that moves with it one. 1.5 million.
    /// </summary>
    public long MaxCopied { get; init; } = 1_500_000;

    /// <summary>The same for each tag that was written. 24.</summary>
    public int MaxCopiedPerTag { get; init; } = 24;

    /// <summary>The same that a body may always cost, however short it is. 100,000.</summary>
    public int MaxCopiedAtFirst { get; init; } = 100_000;
}
