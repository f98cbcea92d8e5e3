using Solodesk.Mail.Html;
using Solodesk.Mail.Replies;

namespace Solodesk.Mail.Tests.Html;

/// <summary>How deep a mail may nest: what people write keeps its form, what nobody writes is read as its text.</summary>
public sealed class DeepMailTests
{
    [Theory]
    [InlineData("<div class=\"gmail_quote\"><div>On Mon, 5 Mar 2024 at 15:12, Ann &lt;ann@example.com&gt; wrote:<br></div><blockquote class=\"gmail_quote\"><div>", "</div></blockquote></div>")]
    [InlineData("<div><blockquote type=\"cite\"><div>On 5 Mar 2024, at 15:12, Ann &lt;ann@example.com&gt; wrote:<br></div><div><div>", "</div></div></blockquote></div>")]
    // An end tag in the wrong place, at every level.
    [InlineData("<font><div>On Mon, 5 Mar 2024 at 15:12, Ann &lt;ann@example.com&gt; wrote:<br></div><blockquote type=\"cite\"><div><b></b></font>", "</div></blockquote>")]
    public void Sixty_quotes_in_each_other_keep_their_form(string before, string after)
    {
        var html = "<div>Hello</div>" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{before}line {i}")) + string.Concat(Enumerable.Repeat(after, 60));
        var reply = ReplyExtractor.FromHtml(html);
        Assert.Equal("Hello", reply.Reply.Trim());
        Assert.Contains("line 59", reply.QuotedHtml, StringComparison.Ordinal);
        var clean = HtmlSanitizer.Sanitize(html);
        Assert.False(clean.Simplified);
        Assert.Contains("line 59", clean.Html, StringComparison.Ordinal);
        Assert.Equal(60, clean.Html.Split("<blockquote").Length - 1);
    }

    [Theory]
    [InlineData("<div>", 400, false)]
    [InlineData("<div>", 401, true)]
    [InlineData("<dt><li>", 200, false)]
    [InlineData("<dt><li>", 201, true)]
    public void Four_hundred_levels_are_the_most(string piece, int count, bool tooDeep)
    {
        var html = string.Concat(Enumerable.Repeat(piece, count)) + "x";
        using var document = BoundedTree.Parse(html, HtmlLimits.Default);
        Assert.Equal(tooDeep, document is null);
    }

    [Fact]
    public void Formatting_that_the_builder_opens_again_counts()
    {
        // Each paragraph opens all that was left open, and one more: no tag stands deeper than its paragraph says.
        var html = string.Concat(Enumerable.Range(0, 500).Select(i => $"<p><b id={i}>x</p>"));
        Assert.Null(BoundedTree.Parse(html, HtmlLimits.Default));
        Assert.True(HtmlSanitizer.Sanitize(html).Simplified);
        Assert.Equal(500, ReplyExtractor.FromHtml(html).Text.Count(c => c == 'x'));
    }
}
