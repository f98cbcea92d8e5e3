using Solodesk.Mail.Html;

namespace Solodesk.Mail.Replies;

/// <summary>Takes an HTML body apart: renders it, labels its lines, and sorts the nodes by what their lines are.</summary>
internal static class HtmlReply
{
    public static ExtractedHtmlReply Extract(string html, HtmlLimits limits)
    {
        using var document = BoundedTree.Parse(html, limits);
        if (document is null)
        {
            var flat = ReplyExtractor.FromText(FlatHtml.TextOf(html));
            return new ExtractedHtmlReply(flat, HtmlSorter.AsText(flat, written: true), HtmlSorter.AsText(flat, written: false), simplified: true);
        }

        var body = document.Body ?? document.DocumentElement;
        var rendered = HtmlText.Of(body);
        var text = rendered.Text;
        var reply = ReplyExtractor.FromLines(text, rendered.Lines(text, marked: true));
        if (rendered.HasMarks && reply.Reply.Length == 0 && ReplyExtractor.FromText(text) is { HasFolded: false } plain)
        {
            reply = plain; // someone wrote inside a blockquote: there is no other text, and no header says that it is a quote
        }

        var sorted = new HtmlSorter(document, rendered, reply);
        return new ExtractedHtmlReply(reply, sorted.Html(body, written: true), sorted.Html(body, written: false), sorted.IsTooDeep);
    }
}
