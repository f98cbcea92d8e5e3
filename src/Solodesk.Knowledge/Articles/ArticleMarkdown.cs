using System.Globalization;
using System.Text;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Solodesk.Knowledge.Articles;

/// <summary>
/// An article's Markdown as HTML. Raw HTML in it is shown as text; links and images lead only where they can do no harm. Beyond plain Markdown:
/// callouts (<c>&gt; [!tip]</c>), links to other articles by title (<c>[[title]]</c>) and videos (a link that stands alone).
/// </summary>
public static class ArticleMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml().UsePreciseSourceLocation().UseAutoLinks().UseEmphasisExtras().UsePipeTables().UseSoftlineBreakAsHardlineBreak().Build();

    private static readonly string[] VideoHosts = ["youtube.com", "www.youtube.com", "youtu.be", "vimeo.com", "www.bilibili.com", "bilibili.com", "b23.tv", "v.qq.com"];

    private static readonly Dictionary<string, string> Callouts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["note"] = "acc", ["info"] = "acc", ["tip"] = "acc", ["提示"] = "acc", ["说明"] = "acc", ["注"] = "acc",
        ["important"] = "warn", ["warning"] = "warn", ["caution"] = "warn", ["注意"] = "warn", ["警告"] = "warn", ["重要"] = "warn",
        ["danger"] = "bad", ["危险"] = "bad", ["done"] = "good", ["success"] = "good", ["完成"] = "good",
    };

    /// <summary>The HTML, and the headings of the second level with the ids to link to.</summary>
    public sealed record Page(string Html, IReadOnlyList<(string Id, string Text)> Headings);

    /// <param name="markdown">What was written.</param>
    /// <param name="sprite">The address of the icons.</param>
    /// <param name="find">The address of the article with a title, or null when there is none.</param>
    public static Page ToPage(string markdown, string sprite, Func<string, string?> find)
    {
        var source = LinkTitles(markdown, find);
        var document = Markdig.Markdown.Parse(source, Pipeline);
        Guard(document);
        var headings = NameHeadings(document);
        foreach (var quote in document.Descendants<QuoteBlock>().ToList())
        {
            Callout(quote, source, sprite);
        }

        foreach (var paragraph in document.Descendants<ParagraphBlock>().ToList())
        {
            Video(paragraph, sprite);
        }

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        return new Page(writer.ToString(), headings);
    }

    /// <summary>Parses without rendering, for those who read the words.</summary>
    public static MarkdownDocument Parse(string markdown) => Markdig.Markdown.Parse(LinkTitles(markdown, _ => null), Pipeline);

    /// <summary>The address of the first picture that readers see; null when there is none.</summary>
    public static string? FirstImage(string markdown)
        => !markdown.Contains("![", StringComparison.Ordinal) ? null
            : Parse(markdown).Descendants<LinkInline>().Where(l => l.IsImage).Select(l => l.GetDynamicUrl?.Invoke() ?? l.Url).FirstOrDefault(IsSafeImage);

    /// <summary>Whether a link may stand in a page that strangers read.</summary>
    public static bool IsSafe(string? url)
        => url is null || IsOurs(url) || url.StartsWith('#')
            || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" or "tel");

    private static bool IsSafeImage(string? url)
        => url is not null && (IsOurs(url) || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"));

    // "//" and "/\" begin with a slash, and lead to somebody else's server; so do they with a tab between.
    private static bool IsOurs(string url) => url.StartsWith('/') && !(url.Length > 1 && url[1] is '/' or '\\' or < ' ');

    private static void Guard(MarkdownDocument document)
    {
        foreach (var link in document.Descendants<LinkInline>())
        {
            var url = link.GetDynamicUrl?.Invoke() ?? link.Url;
            if (link.IsImage)
            {
                link.Url = IsSafeImage(url) ? url : "";
                link.GetAttributes().AddProperty("loading", "lazy");
            }
            else
            {
                link.Url = IsSafe(url) ? url : "#";
                if (link.Url is { } to && to.Contains("://", StringComparison.Ordinal))
                {
                    link.GetAttributes().AddProperty("rel", "noopener nofollow");
                }
            }

            link.GetDynamicUrl = null;
        }

        foreach (var link in document.Descendants<AutolinkInline>())
        {
            link.Url = link.IsEmail || IsSafe(link.Url) ? link.Url : "#";
        }
    }

    private static List<(string, string)> NameHeadings(MarkdownDocument document)
    {
        var found = new List<(string, string)>();
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            heading.Level = Math.Max(2, heading.Level); // The title is the only first heading of a page.
            var id = $"s{found.Count + 1}";
            if (heading.Level == 2)
            {
                heading.GetAttributes().Id = id;
                found.Add((id, PlainText.Of(heading.Inline)));
            }
        }

        return found;
    }

    private static void Callout(QuoteBlock quote, string source, string sprite)
    {
        if (quote.FirstOrDefault() is not ParagraphBlock { Inline: { } inline } paragraph)
        {
            return;
        }

        var text = source.AsSpan(paragraph.Span.Start, paragraph.Span.Length);
        var end = text.StartsWith("[!", StringComparison.Ordinal) ? text.IndexOf(']') : -1;
        if (end < 0 || !Callouts.TryGetValue(text[2..end].ToString().Trim(), out var tone))
        {
            return;
        }

        var last = paragraph.Span.Start + end;
        foreach (var part in inline.ToList())
        {
            if (part.Span.Start > last)
            {
                break;
            }

            if (part is LiteralInline literal && part.Span.End > last)
            {
                literal.Content = new Markdig.Helpers.StringSlice(source[(last + 1)..(part.Span.End + 1)].TrimStart());
            }
            else
            {
                part.Remove();
            }
        }

        while (inline.FirstChild is LineBreakInline)
        {
            inline.FirstChild.Remove();
        }

        quote.GetAttributes().AddClass("say");
        quote.GetAttributes().AddClass(tone);
        inline.FirstChild?.InsertBefore(new HtmlInline($"<svg class=\"i s\" aria-hidden=\"true\"><use href=\"{sprite}#i-{(tone is "acc" or "good" ? "info" : "triangle-alert")}\"></use></svg>"));
    }

    private static void Video(ParagraphBlock paragraph, string sprite)
    {
        if (paragraph.Inline is { } inline && inline.FirstChild is { } only && only.NextSibling is null
            && (only as LinkInline is { IsImage: false } link ? link.Url : (only as AutolinkInline)?.Url) is { } url
            && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            && (VideoHosts.Contains(uri.Host, StringComparer.OrdinalIgnoreCase) || uri.AbsolutePath.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase)))
        {
            paragraph.GetAttributes().AddClass("video");
            only.InsertBefore(new HtmlInline($"<svg class=\"i s\" aria-hidden=\"true\"><use href=\"{sprite}#i-play\"></use></svg>"));
        }
    }

    /// <summary>Turns <c>[[title]]</c> into a link, or into the bare title when no such article can be read.</summary>
    private static string LinkTitles(string markdown, Func<string, string?> find)
    {
        if (!markdown.Contains("[[", StringComparison.Ordinal))
        {
            return markdown;
        }

        // In code two brackets are the reader's own: a shell's test, a list in a list.
        var document = Markdig.Markdown.Parse(markdown, Pipeline);
        List<SourceSpan> code = [.. document.Descendants<CodeBlock>().Select(c => c.Span), .. document.Descendants<CodeInline>().Select(c => c.Span)];
        var text = new StringBuilder(markdown.Length);
        for (var i = 0; i < markdown.Length;)
        {
            var open = markdown.IndexOf("[[", i, StringComparison.Ordinal);
            if (code.FindIndex(c => c.Start <= open && open <= c.End) is >= 0 and var inside)
            {
                text.Append(markdown, i, code[inside].End + 1 - i);
                i = code[inside].End + 1;
                continue;
            }

            var close = open < 0 ? -1 : markdown.IndexOf("]]", open, StringComparison.Ordinal);
            if (close < 0 || close - open > 304 || markdown.AsSpan(open, close - open).Contains('\n'))
            {
                var rest = open < 0 ? markdown.Length : open + 2;
                text.Append(markdown, i, rest - i);
                i = rest;
                continue;
            }

            var title = markdown[(open + 2)..close].Trim();
            text.Append(markdown, i, open - i).Append(find(title) is { } url ? $"[{Bracketed(title)}]({url})" : title);
            i = close + 2;
        }

        return text.ToString();
    }

    private static string Bracketed(string title) => title.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
}
