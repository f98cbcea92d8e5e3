using System.Text;
using Solodesk.Tickets;

namespace Solodesk.Channels.Email;

/// <summary>Images inside an answer: on our pages they have an address, in a mail they are parts of it (RFC 2392).</summary>
internal static class InlineImages
{
    /// <summary>Points the images of the HTML to the parts of the mail.</summary>
    public static string ToContentIds(string html, IEnumerable<Attachment> files)
    {
        foreach (var file in files.Where(f => f is { Inline: true, ContentId: not null }))
        {
            var start = $"\"/files/{file.Token}/";
            for (var at = html.IndexOf(start, StringComparison.Ordinal); at >= 0; at = html.IndexOf(start, at + 1, StringComparison.Ordinal))
            {
                var end = html.IndexOf('"', at + 1);
                if (end < 0)
                {
                    break;
                }

                html = new StringBuilder(html.Length).Append(html, 0, at + 1).Append("cid:").Append(file.ContentId).Append(html, end, html.Length - end).ToString();
            }
        }

        return html;
    }

    /// <summary>What stands in the plain text in place of an image: its name.</summary>
    public static string ToNames(string markdown, IEnumerable<Attachment> files)
    {
        foreach (var file in files.Where(f => f is { Inline: true, ContentId: not null }))
        {
            var link = $"](/files/{file.Token}/";
            for (var at = markdown.IndexOf(link, StringComparison.Ordinal); at >= 0; at = markdown.IndexOf(link, StringComparison.Ordinal))
            {
                var (open, end) = (markdown.LastIndexOf("![", at, StringComparison.Ordinal), markdown.IndexOf(')', at));
                if (open < 0 || end < 0)
                {
                    break;
                }

                markdown = string.Concat(markdown.AsSpan(0, open), $"[{file.Name}]", markdown.AsSpan(end + 1));
            }
        }

        return markdown;
    }
}
