using System.Globalization;
using System.Text;
using Solodesk.Mail.Html;
using Solodesk.Mail.Replies;

namespace Solodesk.Mail.Tests.Html;

/// <summary>What mail programs really write keeps its form, however large and untidy: the limits are for what nobody writes.</summary>
public sealed class OrdinaryHtmlTests
{
    public static TheoryData<string, string> Bodies => new()
    {
        { "a Word mail: hundreds of spans in each other's company", Word(400) },
        { "a newsletter of one megabyte in tables within tables", Newsletter(1_000_000) },
        { "a report: one table of twenty thousand cells", "<table>" + Rows(5_000) + "</table>" },
        { "a report whose end tags are left out", "<table>" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"<tr><td>{i}<td>x<td>y<td>z")) + "</table>" },
        { "formatting that nobody closes, in a thousand paragraphs", string.Concat(Enumerable.Range(0, 1_000).Select(i => $"<p><font face=\"Arial\" size=\"2\" color=\"#333333\"><b>Point {i}")) },
        { "five fonts left open over two thousand paragraphs", "<p>" + string.Concat(Enumerable.Range(1, 5).Select(i => $"<font size={i} style=\"font-family:Calibri,sans-serif;font-size:{i}1.0pt\">")) + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"<p>Paragraph {i}.")) },
        { "a bold stretch closed in the wrong place around a long list", "<b><ul>" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"<li>{i}</li>")) + "</b></ul>" },
        { "links around blocks", string.Concat(Enumerable.Range(0, 2_000).Select(i => $"<a href=\"https://example.com/{i}\"><div><b>Offer {i}</a></b></div>")) },
        { "a picture of half a megabyte in an attribute", "<p>Look:</p><img src=\"data:image/png;base64," + new string('A', 500_000) + "\"><p>Good?</p>" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void An_ordinary_mail_keeps_its_form(string what, string html)
    {
        var clean = HtmlSanitizer.Sanitize(html);
        Assert.False(clean.Simplified, what);
        Assert.Contains("<", clean.Html, StringComparison.Ordinal);
        Assert.NotEmpty(ReplyExtractor.FromHtml(html).Reply);
    }

    [Fact]
    public void The_reply_above_a_long_newsletter_is_found()
    {
        var reply = ReplyExtractor.FromHtml("<div>Please take me off this list.</div><div class=\"gmail_quote\"><div>On Mon, 5 Mar 2024 at 15:12, Shop &lt;shop@example.com&gt; wrote:<br></div><blockquote class=\"gmail_quote\">" + Newsletter(1_000_000) + "</blockquote></div>");
        Assert.Equal("Please take me off this list.", reply.Reply);
        Assert.Contains("<table", reply.QuotedHtml, StringComparison.Ordinal);
    }

    private static string Word(int paragraphs)
    {
        var html = new StringBuilder("<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang=ZH-CN><div class=WordSection1>");
        for (var i = 0; i < paragraphs; i++)
        {
            html.Append("<p class=MsoNormal style='mso-margin-top-alt:auto'>");
            // Word opens a span for each change of script, one within the other.
            for (var j = 0; j < 12; j++)
            {
                html.Append("<span lang=EN-US style='font-size:10.5pt;font-family:\"Calibri\",sans-serif;color:#1F497D;mso-fareast-language:ZH-CN'>").Append(CultureInfo.InvariantCulture, $"{i}.{j} ").Append("<span style='font-family:宋体'>您好");
            }

            html.Append(string.Concat(Enumerable.Repeat("</span></span>", 12))).Append("<o:p></o:p></p>");
        }

        return html.Append("</div></body></html>").ToString();
    }

    private static string Newsletter(int length)
    {
        var html = new StringBuilder("<!doctype html><html><body><center><table width=\"100%\" cellpadding=0 cellspacing=0 border=0><tr><td align=center>");
        for (var i = 0; html.Length < length; i++)
        {
            html.Append("<table role=\"presentation\" width=600 style=\"border-collapse:collapse\"><tbody><tr><td style=\"padding:0 24px\"><table width=\"100%\"><tr><td><!--[if mso]><table><tr><td width=300><![endif]--><div style=\"display:inline-block\">")
                .Append(CultureInfo.InvariantCulture, $"<a href=\"https://example.com/{i}\"><img src=\"https://example.com/{i}.png\" width=280 alt=\"\"></a><h2><font color=\"#222\">Offer {i}</font></h2><p>Only <b>today</b>.</p>")
                .Append("</div><!--[if mso]></td></tr></table><![endif]--></td></tr></table></td></tr></tbody></table>");
        }

        return html.Append("</td></tr></table></center></body></html>").ToString();
    }

    private static string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"<tr><td>{i}</td><td>王芳</td><td>¥12.50</td><td>ok</td></tr>"));
}
