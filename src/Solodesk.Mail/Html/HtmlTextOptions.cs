namespace Solodesk.Mail.Html;

/// <summary>How HTML becomes plain text.</summary>
public sealed record HtmlTextOptions
{
    /// <summary>The defaults.</summary>
    public static HtmlTextOptions Default { get; } = new();

    /// <summary>Write the target behind a link whose text does not show it, as <c>text &lt;https://…&gt;</c>. Off by default.</summary>
    public bool LinkTargets { get; init; }

    /// <summary>Mark quoted blocks with "&gt; " as plain-text mail does. On by default.</summary>
    public bool MarkQuotes { get; init; } = true;

    /// <summary>Leave out what the sender hid with <c>display:none</c> (preview lines, tracking). On by default.</summary>
    public bool SkipHidden { get; init; } = true;

    /// <summary>Characters of HTML that are read; the rest is left out.</summary>
    public int MaxChars { get; init; } = 4_000_000;
}
