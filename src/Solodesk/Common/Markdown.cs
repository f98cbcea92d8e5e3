using Markdig;

namespace Solodesk.Common;

/// <summary>Our own words as HTML. Raw HTML in them is shown as text, so nothing typed can become markup; links lead only to web and mail.</summary>
public static class Markdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UseAutoLinks().UseEmphasisExtras().UsePipeTables().UseSoftlineBreakAsHardlineBreak().Build();

    public static string ToHtml(string markdown)
    {
        var document = Markdig.Markdown.Parse(markdown, Pipeline);
        foreach (var link in Markdig.Syntax.MarkdownObjectExtensions.Descendants<Markdig.Syntax.Inlines.LinkInline>(document))
        {
            if (!(link.IsImage ? IsSafeImage(link.Url) : IsSafe(link.Url)))
            {
                link.Url = link.IsImage ? "" : "#";
            }
        }

        foreach (var link in Markdig.Syntax.MarkdownObjectExtensions.Descendants<Markdig.Syntax.Inlines.AutolinkInline>(document))
        {
            link.Url = link.IsEmail || IsSafe(link.Url) ? link.Url : "#";
        }

        return Markdig.Markdown.ToHtml(document, Pipeline);
    }

    /// <summary>The words without their marks: for lines where nothing is laid out.</summary>
    public static string ToPlain(string markdown) => Markdig.Markdown.ToPlainText(markdown, Pipeline).Trim();

    private static bool IsSafe(string? url)
        => url is null || IsOurs(url) || url.StartsWith('#') || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "mailto" or "tel" or "cid"));

    private static bool IsSafeImage(string? url)
        => url is not null && (IsOurs(url) || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "cid")));

    // "//" and "/\" begin with a slash, and lead to somebody else's server; so do they with a tab between.
    private static bool IsOurs(string url) => url.StartsWith('/') && !(url.Length > 1 && url[1] is '/' or '\\' or < ' ');
}
