using System.Text;
using Solodesk.Mail.Html;
using Solodesk.Mail.Reading;
using Solodesk.Mail.Replies;

namespace Solodesk.Mail.Tests.Html;

/// <summary>
/// HTML whose tree costs more than its length: formatting opened again in every paragraph, children moved by every end tag, attributes copied.
/// The bytes that a reading allocates are the measure, for they do not depend on the machine.
/// </summary>
public sealed class HostileHtmlTests
{
    // What a body may cost however short it is, and what each of its characters may cost besides.
    private const long Floor = 48L << 20;
    private const long PerCharacter = 600;

    public static TheoryData<string, string> Bodies => new()
    {
        { "bold with ids of its own in every paragraph", "<p>" + Each(390, i => $"<b id={i}>") + Times("<p>x", 4_000) },
        { "the same, written before rows that foster it", "<table>" + Each(300, i => $"<b id={i}>") + Times("<tr>x", 4_000) },
        { "the same in cells", Each(390, i => $"<p><font id={i}>") + "<table>" + Times("<td>x", 4_000) },
        { "the same in list items", "<p>" + Each(390, i => $"<i id={i}>") + "</p><ul>" + Times("<li>x", 4_000) },
        { "two thousand attributes copied", "<p><b " + Each(2_000, i => $"a{i}=1 ") + ">" + Times("<p>x", 2_000) },
        { "a long attribute copied", "<p><font face='" + new string('x', 100_000) + "'>" + Times("<p>x", 20_000) },
        { "a long style copied", "<p><font style='" + Times("color:red;", 10_000) + "'>" + Times("<p>x", 20_000) },
        { "a thousand classes copied", "<p><font class='" + Each(1_000, i => $"c{i} ") + "'>" + Times("<p>x", 5_000) },
        { "children moved by every end tag", Each(390, i => $"<b id={i}>") + "<p>" + Times("<i></i>", 40_000) + Times("</b>", 390) },
        { "text moved by every end tag", Each(390, i => $"<b id={i}>") + "<p>" + Times("x<br>", 40_000) + Times("</b>", 390) },
        { "links within links", Times("<a id=x><table><a>", 20_000) },
        { "items looked for among four hundred levels", Times("<div>", 380) + Times("<li></li>", 100_000) },
        { "a million rules", Times("<hr>", 900_000) },
        { "a million comments between letters", Times("x<!---->", 400_000) },
        { "forty thousand attributes on one element", "<p " + Each(40_000, i => $"a{i} ") + ">x" },
        { "a hundred thousand classes on one element", "<p class='" + Each(100_000, i => $"c{i} ") + "'>x" },
        { "end tags that fit nothing", Times("<div>", 380) + Times("</h1>", 500_000) },
        { "letters between rows that foster them", "<table>" + Times("x</i>", 100_000) },
        { "entities without end", Times("&CounterClockwiseContourIntegral", 30_000) },
        { "choices in choices", Times("<select><optgroup><option>", 20_000) },
        { "templates in templates", Times("<template><tr><b>", 20_000) },
        { "drawings in paragraphs", Times("<svg><foreignObject><p>", 20_000) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Sanitising_is_bounded(string what, string html) => AssertBounded(what, html, () => HtmlSanitizer.Sanitize(html));

    [Theory]
    [MemberData(nameof(Bodies))]
    public void The_reply_is_bounded(string what, string html) => AssertBounded(what, html, () => ReplyExtractor.FromHtml(html));

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Text_from_HTML_is_bounded(string what, string html) => AssertBounded(what, html, () => Mail.Html.HtmlText.ToPlainText(html));

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_whole_mail_and_its_report_are_bounded(string what, string html) => AssertBounded(what, html, () =>
    {
        using var mail = MailReader.Read(Encoding.UTF8.GetBytes("From: a@example.com\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html));
        MailReport.ToJsonLine("x", mail, m => ReplyExtractor.FromHtml(m.Html!).Reply);
    });

    [Fact]
    public void What_was_refused_as_HTML_is_still_there_as_text()
    {
        var html = "<p>" + Each(390, i => $"<b id={i}>") + Each(4_000, i => $"<p>line{i} ");
        var clean = HtmlSanitizer.Sanitize(html);
        Assert.True(clean.Simplified);
        Assert.Contains("line3999", clean.Html, StringComparison.Ordinal);
        var reply = ReplyExtractor.FromHtml(html);
        Assert.True(reply.Simplified);
        Assert.Contains("line3999", reply.Reply, StringComparison.Ordinal);
        using var mail = MailReader.Read(Encoding.UTF8.GetBytes("From: a@example.com\r\nContent-Type: text/html\r\n\r\n" + html));
        Assert.EndsWith("\"warnings\":[\"html-simplified\"]}", MailReport.ToJsonLine("x", mail), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>a", true)]
    [InlineData("<div><div><div>a", false)]
    [InlineData("<p>a<p>b<p>c<p>d<p>e<p>f<p>g<p>h", false)]
    [InlineData("<p><b><i>a<p>b", false)]
    [InlineData("<p>a long text with nothing to it but letters", false)]
    public void The_limits_are_options(string html, bool keeps)
    {
        var limits = new HtmlLimits { MaxChars = 40, MaxDepth = 2, MaxElements = 10, MaxCopied = 3 };
        Assert.Equal(!keeps, HtmlSanitizer.Sanitize(html, new HtmlSanitizerOptions { Limits = limits }).Simplified);
        Assert.Equal(!keeps, ReplyExtractor.FromHtml(html, limits).Simplified);
    }

    private static void AssertBounded(string what, string html, Action read)
    {
        var bound = Floor + (PerCharacter * html.Length);
        var bytes = long.MaxValue;
        // Before it is compiled for speed, code boxes in loops what it does not box afterwards: the smallest reading is what it costs.
        for (var reading = 0; reading < 4 && bytes > bound; reading++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            read();
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(bytes <= bound, $"{what}: {html.Length:N0} characters allocated {bytes >> 20} MB, {bound >> 20} MB is the most.");
    }

    private static string Times(string piece, int count) => new StringBuilder().Insert(0, piece, count).ToString();

    private static string Each(int count, Func<int, string> piece) => string.Concat(Enumerable.Range(0, count).Select(piece));
}
