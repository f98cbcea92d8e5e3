namespace Solodesk.Mail.Html;

/// <summary>
/// HTML to the plain text that a person sees. It reads tags in one pass and builds no tree, so its cost is linear
/// and its stack flat whatever the input; it never throws.
/// </summary>
public static class HtmlText
{
    /// <summary>Plain text with "\n" line ends, blank lines between paragraphs, "- " before list items and "&gt; " before quoted lines.</summary>
    public static string ToPlainText(string html) => ToPlainText(html, HtmlTextOptions.Default);

    /// <inheritdoc cref="ToPlainText(string)"/>
    public static string ToPlainText(string html, HtmlTextOptions options)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(options);
        if (html.Length > options.MaxChars) html = html[..options.MaxChars];
        var reader = new HtmlTextReader(html, options);
        return reader.Read();
    }
}
