using Solodesk.Mail.Html;
using Solodesk.Mail.Replies;

namespace Solodesk.Mail.Tests.Hostile;

/// <summary>Every known vector through the sanitiser of incoming mail.</summary>
public sealed class SanitizerVectorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_of_a_formatted_mail_can_run(bool generous)
    {
        var options = new HtmlSanitizerOptions { AllowRemoteImages = generous, KeepClasses = generous };
        AssertHarmless(html => HtmlSanitizer.Sanitize(html, options).Html);
    }

    [Fact]
    public void Nothing_that_is_sanitised_twice_wakes_up()
        => AssertHarmless(html => HtmlSanitizer.Sanitize(HtmlSanitizer.Sanitize(html).Html).Html);

    [Fact]
    public void The_reply_cut_out_of_a_mail_is_sanitised_like_the_whole()
        => AssertHarmless(html => HtmlSanitizer.Sanitize(ReplyExtractor.FromHtml($"<p>hello</p>{html}<div class=gmail_quote><blockquote>{html}</blockquote></div>").ReplyHtml).Html);

    [Fact]
    public void Hidden_among_ordinary_markup_it_is_found_too()
        => AssertHarmless(html => HtmlSanitizer.Sanitize($"<table><tr><td><b><p style=\"color:red\">a {html} b</p></b></td></tr></table><ul><li>{html}</ul>").Html);

    /// <summary>A judge that finds nothing anywhere would let everything pass.</summary>
    [Fact]
    public void The_vectors_themselves_are_found_where_nobody_sanitises()
    {
        var found = ScriptVectors.Html.Count(v => Harmless.FindingsInPiece(v).Count > 0);
        Assert.True(found > ScriptVectors.Html.Count * 0.75, $"Only {found} of {ScriptVectors.Html.Count} are seen for what they are.");
        Assert.Empty(Harmless.FindingsInPiece("<p>a <b>b</b> <a href=\"https://x.example\" rel=\"noopener\">c</a><img src=\"/files/1\" alt=\"d\"></p><h2 id=\"s1\">e</h2>"));
    }

    private static void AssertHarmless(Func<string, string> sanitise)
    {
        var found = ScriptVectors.All.Select(v => (v, Harmless.FindingsInPiece(sanitise(v)))).Where(f => f.Item2.Count > 0).Select(f => $"{f.v}\n      {string.Join("\n      ", f.Item2)}").ToList();
        Assert.True(found.Count == 0, $"{found.Count} of {ScriptVectors.All.Count}:\n{string.Join('\n', found)}");
    }
}
