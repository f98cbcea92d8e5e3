using System.Globalization;
using System.Net;
using System.Text;
using Solodesk.Common;
using Solodesk.Tickets;
using Solodesk.Ui;

namespace Solodesk.Channels.Email;

/// <summary>The two bodies of a mail of ours: what was written, then the customer's last words, then the marker that finds the ticket again.</summary>
[UseCase]
internal sealed class OutgoingBody(Phrases phrases)
{
    private const int LongestQuote = 20_000;

    public (string Text, string Html) Write(Message message, Message? asked, BusinessSettings business, string marker, long number, string signature)
    {
        var text = new StringBuilder(InlineImages.ToNames(message.Body.Trim(), message.Attachments)).Append('\n');
        var html = new StringBuilder("<div style=\"font:15px/1.7 -apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif\">")
            .Append(InlineImages.ToContentIds(Markdown.ToHtml(message.Body), message.Attachments)).Append("</div>");
        if (signature.Length > 0 && !message.Body.Contains(signature, StringComparison.Ordinal))
        {
            // The line that mail programs know a signature by (RFC 3676 §4.3).
            text.Append("\n-- \n").Append(signature.Trim()).Append('\n');
            html.Append("<div style=\"margin-top:1em\">").Append(Markdown.ToHtml(signature)).Append("</div>");
        }

        if (message is { Kind: MessageKind.Forward, Quoted: { } passedOn })
        {
            text.Append('\n').Append(passedOn.ReplaceLineEndings("\n")).Append('\n');
            html.Append("<div class=\"gmail_quote\"><br>").Append(WebUtility.HtmlEncode(passedOn).ReplaceLineEndings("<br>\n")).Append("</div>");
        }

        var foot = string.Create(CultureInfo.InvariantCulture, $"#{number} · {marker}");
        text.Append('\n').Append(foot).Append('\n');
        html.Append("<p style=\"font-size:11px;color:#8a8a8a\">").Append(WebUtility.HtmlEncode(foot)).Append("</p>");
        if (asked is not null)
        {
            Quote(text, html, asked, business, message.Language);
        }

        return (text.ToString(), html.ToString());
    }

    private void Quote(StringBuilder text, StringBuilder html, Message asked, BusinessSettings business, string? language)
    {
        var at = TimeZoneInfo.ConvertTime(asked.CreatedAt, business.Hours.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var header = phrases.In(language, "mail.quote.header", at, asked.FromAddress is { } from ? $"{asked.AuthorName} <{from}>" : asked.AuthorName);
        var said = asked.Body.Length <= LongestQuote ? asked.Body : Conversation.Shorten(asked.Body, LongestQuote);
        text.Append('\n').Append(header).Append('\n');
        html.Append("<div class=\"gmail_quote\"><div>").Append(WebUtility.HtmlEncode(header))
            .Append("</div><blockquote type=\"cite\" style=\"margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex\">");
        foreach (var line in said.Split('\n'))
        {
            text.Append("> ").Append(line.TrimEnd('\r')).Append('\n');
            html.Append(WebUtility.HtmlEncode(line.TrimEnd('\r'))).Append("<br>");
        }

        html.Append("</blockquote></div>");
    }
}
