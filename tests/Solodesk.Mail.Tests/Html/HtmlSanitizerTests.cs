using System.Diagnostics;
using Solodesk.Mail.Html;
using Solodesk.Mail.Replies;

namespace Solodesk.Mail.Tests.Html;

public sealed class HtmlSanitizerTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>a", "a")]
    [InlineData("<p onclick=alert(1)>a</p>", "<p>a</p>")]
    [InlineData("<img src=x onerror=alert(1)>", "<img>")]
    [InlineData("<a href=\"javascript:alert(1)\">a</a>", "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\">a</a>")]
    [InlineData("<a href=\"java\tscript:alert(1)\">a</a>", "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\">a</a>")]
    [InlineData("<a href=\"&#106;avascript:alert(1)\">a</a>", "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\">a</a>")]
    [InlineData("<a href=\"data:text/html,x\">a</a>", "<a target=\"_blank\" rel=\"noopener noreferrer nofollow\">a</a>")]
    [InlineData("<svg><script>alert(1)</script></svg>b", "b")]
    [InlineData("<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>b", "b")]
    [InlineData("<iframe src=\"https://x\"></iframe>b", "b")]
    [InlineData("<object data=x>y</object>b", "b")]
    [InlineData("<style>*{background:url(http://x)}</style>b", "b")]
    [InlineData("<form action=\"https://x\"><input value=1>text<button>go</button></form>", "textgo")]
    [InlineData("<base href=\"https://x\"><meta http-equiv=refresh content=0>b", "b")]
    [InlineData("<div id=main class=card>b</div>", "<div>b</div>")]
    [InlineData("<p style=\"position:fixed;top:0;color:red\">b</p>", "<p style=\"color:red\">b</p>")]
    [InlineData("<p style=\"background:url(javascript:x)\">b</p>", "<p>b</p>")]
    [InlineData("<p style=\"width:expression(alert(1))\">b</p>", "<p>b</p>")]
    [InlineData("<p style=\"color:red;col\\6fr:blue;margin:-100px\">b</p>", "<p style=\"color:red;color:blue\">b</p>")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>", "<p title=\"&lt;/noscript&gt;&lt;img src=x onerror=alert(1)&gt;\"></p>")]
    [InlineData("<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">", "<img>")]
    [InlineData("<img src=\"data:image/png;base64,AAAA\">", "<img src=\"data:image/png;base64,AAAA\">")]
    [InlineData("<img src=\"cid:a@b\">", "<img src=\"cid:a@b\">")]
    [InlineData("a &lt;script&gt; &amp; b", "a &lt;script&gt; &amp; b")]
    [InlineData("<b>unclosed <i>tags", "<b>unclosed <i>tags</i></b>")]
    [InlineData("<p>你好</p><table><tr><td width=10>表</td></tr></table>", "<p>你好</p><table><tbody><tr><td width=\"10\">表</td></tr></tbody></table>")]
    [InlineData("<custom-tag>text</custom-tag>", "text")]
    [InlineData("", "")]
    public void Only_what_is_harmless_comes_through(string html, string expected) => Assert.Equal(expected, HtmlSanitizer.Sanitize(html).Html);

    [Fact]
    public void Remote_pictures_are_blocked_and_reported()
    {
        var result = HtmlSanitizer.Sanitize("<img src=\"https://t.example/p.gif\"><img src=\"//t.example/q.gif\"><p style=\"background-image:url('http://t.example/bg.png')\">x</p><table background=\"http://t.example/t.png\"></table>");
        Assert.Equal(["https://t.example/p.gif", "//t.example/q.gif", "http://t.example/bg.png", "http://t.example/t.png"], result.BlockedResources);
        Assert.DoesNotContain(" src=", result.Html);
        Assert.Contains("data-blocked-src=\"https://t.example/p.gif\"", result.Html);
    }

    [Fact]
    public void Remote_pictures_load_when_the_reader_says_so()
    {
        var result = HtmlSanitizer.Sanitize("<img src=\"https://t.example/p.gif\">", new HtmlSanitizerOptions { AllowRemoteImages = true });
        Assert.Equal("<img src=\"https://t.example/p.gif\">", result.Html);
        Assert.Empty(result.BlockedResources);
    }

    [Fact]
    public void Pictures_of_the_mail_are_resolved_by_their_content_id()
    {
        var options = new HtmlSanitizerOptions { ResolveContentId = id => id == "a b@c" ? "/files/1" : null };
        Assert.Equal("<img src=\"/files/1\"><img>", HtmlSanitizer.Sanitize("<img src=\"cid:a%20b@c\"><img src=\"cid:other\">", options).Html);
    }

    [Fact]
    public void A_body_nested_too_deep_is_shown_as_its_text()
    {
        var result = HtmlSanitizer.Sanitize(string.Concat(Enumerable.Repeat("<div>", 100_000)) + "x");
        Assert.True(result.Simplified);
        Assert.Contains("x", result.Html);
    }

    [Fact]
    public void Sanitised_html_sanitises_to_itself()
    {
        var once = HtmlSanitizer.Sanitize("<p style='color:red'>a<b>b</b><img src='https://x/y'><a href='https://x'>c</a></p>").Html;
        Assert.Equal(once.Replace(" data-blocked-src=\"https://x/y\"", ""), HtmlSanitizer.Sanitize(once).Html);
    }

    [Theory]
    [InlineData("<b>")]
    [InlineData("<a href=x>")]
    [InlineData("<table>")]
    [InlineData("<p><b>")]
    [InlineData("<b></p>")]
    [InlineData("</b>")]
    [InlineData("<td>x")]
    [InlineData("<li><a>")]
    [InlineData("<i></i><b></b><p>")]
    [InlineData("&#xD800;")]
    [InlineData("<p title=\"&#xD800;\">")]
    [InlineData("<div style='color:red;'>x</div>")]
    [InlineData("<svg><b>")]
    [InlineData("<font><p></font>")]
    [InlineData("<table><b></table>")]
    [InlineData("<a><table><a></table></a>")]
    [InlineData("<nobr>x")]
    [InlineData("<select><option>")]
    public void What_repeats_endlessly_is_sanitised_in_bounded_time(string token)
    {
        var start = Stopwatch.GetTimestamp();
        HtmlSanitizer.Sanitize(string.Concat(Enumerable.Repeat(token, 400_000 / token.Length)));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"Sanitising took {Stopwatch.GetElapsedTime(start)}.");
    }

    // Fuzzer, seed 20394474: 45,000 rules in one element took five seconds, for each was asked for the next one.
    [Theory]
    [InlineData("<div>", "<hr>")]
    [InlineData("<div>", "<br>x")]
    [InlineData("<blockquote>", "<img src=x>")]
    [InlineData("<ol>", "<li>x")]
    public void Many_children_of_one_element_are_read_in_linear_time(string parent, string child)
    {
        var html = parent + string.Concat(Enumerable.Repeat(child, 60_000));
        var start = Environment.CpuUsage.TotalTime;
        HtmlSanitizer.Sanitize(html);
        ReplyExtractor.FromHtml(html);
        Assert.True(Environment.CpuUsage.TotalTime - start < TimeSpan.FromSeconds(20), $"Took {Environment.CpuUsage.TotalTime - start} of the processor.");
    }
}
