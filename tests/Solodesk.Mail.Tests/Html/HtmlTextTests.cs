using System.Diagnostics;
using Solodesk.Mail.Html;

namespace Solodesk.Mail.Tests.Html;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("<p>a</p><p>b</p>", "a\n\nb")]
    [InlineData("a<br>b<br/><br>c", "a\nb\n\nc")]
    [InlineData("<div>a</div><div>b</div>", "a\nb")]
    [InlineData("<div>a<div><br></div>b</div>", "a\n\nb")]
    [InlineData("  a \n  b\t c ", "a b c")]
    [InlineData("你好&nbsp;&nbsp;世界&#33;&lt;x&gt;", "你好  世界!<x>")]
    [InlineData("it&#146;s &#150; ok", "it’s – ok")]
    [InlineData("<pre>a\n  b</pre>c", "a\n  b\n\nc")]
    [InlineData("<table><tr><td>姓名</td><td>王芳</td></tr><tr><td>电话</td><td>1</td></tr></table>", "姓名 王芳\n电话 1")]
    [InlineData("<ol><li>a<li>b</ol>", "1. a\n2. b")]
    [InlineData("<style>p{}</style><script>var a='<p>';</script>x", "x")]
    [InlineData("<!-- <p>no</p> -->x<!--[if mso]>no<![endif]-->y", "xy")]
    [InlineData("<![if !mso]>x<![endif]>", "x")]
    [InlineData("a < b and c > d", "a < b and c > d")]
    [InlineData("<a href='x>y'>z</a>", "z")]
    [InlineData("<p title=\"never closed>text</p>", "text")]
    [InlineData("<div style='display:none'>x<div>y</div></div>z", "z")]
    [InlineData("<div style='display:none'>never closed", "never closed")]
    [InlineData("<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n>> b\nc")]
    [InlineData("", "")]
    [InlineData("<", "<")]
    [InlineData("<o:p>&nbsp;</o:p>x", "x")]
    public void Html_becomes_what_a_person_sees(string html, string text) => Assert.Equal(text, HtmlText.ToPlainText(html));

    [Fact]
    public void Link_targets_stand_behind_their_text_when_wanted()
    {
        var options = new HtmlTextOptions { LinkTargets = true };
        Assert.Equal("here <https://x.cn/a?b=1&c=2>", HtmlText.ToPlainText("<a href=\"https://x.cn/a?b=1&amp;c=2\">here</a>", options));
        Assert.Equal("https://x.cn/", HtmlText.ToPlainText("<a href='https://x.cn'>https://x.cn/</a>", options));
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<blockquote>")]
    [InlineData("<ul><li>")]
    [InlineData("<b")]
    [InlineData("<a href=\"")]
    [InlineData("&#")]
    [InlineData("<!--")]
    [InlineData("<div style=\"display:none\">")]
    [InlineData("</")]
    public void What_repeats_a_hundred_thousand_times_is_read_in_linear_time(string token)
    {
        var start = Stopwatch.GetTimestamp();
        HtmlText.ToPlainText(string.Concat(Enumerable.Repeat(token, 100_000)));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }
}
