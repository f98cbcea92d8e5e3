using System.Text;
using Solodesk.Mail.Html;
using Solodesk.Mail.Replies;

namespace Solodesk.Mail.Tests.Replies;

/// <summary>
/// Four times the length may take six times the processor, not sixteen. These are the stretches in which a place could be looked up among
/// siblings, a line be put into the midst of a list, what stands above be searched for every header, a tag be read to the end of the mail.
/// The processor's time is the whole process's, so nothing else runs beside these tests.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public sealed class GrowthTests
{
    private const int Length = 10_000;

    // Below this, starting up and collecting garbage is all there is to measure.
    private static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(150);

    [Theory]
    [InlineData("<ol>", "<li>x")]
    [InlineData("<ol>", "<li><img src=x></li>")]
    [InlineData("<div>", "<br>x")]
    [InlineData("<div>", "<hr>")]
    [InlineData("", "<span>x</span>")]
    [InlineData("<div class=gmail_quote>", "<p>x</p><blockquote>q</blockquote>")]
    [InlineData("", "<table><tr><td>x</table>")]
    [InlineData("<p ", "a b='c' ")]
    [InlineData("", "<a b=\">\"")]
    [InlineData("<a href=http://", "http")]
    // What a look at the tags takes for flat, and the tree builder nests (fuzzer, seed 20388382).
    [InlineData("<p></<x \"", "<b><i><u>")]
    [InlineData("<a =\"", "<b><i><u>")]
    [InlineData("<!-- --!>", "<b><i><u>")]
    [InlineData("", "<b></i>")]
    [InlineData("", "<dt><li>")]
    public void HTML_takes_time_as_it_grows(string before, string piece) => AssertLinear(before, piece, html =>
    {
        HtmlSanitizer.Sanitize(html);
        Mail.Html.HtmlText.ToPlainText(html, new HtmlTextOptions { LinkTargets = true });
        ReplyExtractor.FromHtml(html);
    });

    [Theory]
    [InlineData("", "Thanks! On Tue, 5 Mar 2024 at 14:12, Ann <ann@example.com> wrote:\n")]
    [InlineData("Hi\n", "-----Original Message-----\n> q\n")]
    [InlineData("Hi\n", "From: a@b.c\nTo: b@c.d\nSubject: x\n> q\n")]
    [InlineData("Hi\n", "-- \n\n")]
    [InlineData("Hi\n", "--\nx\n")]
    [InlineData("Hi\n", "Best regards,\nAnn\nTel: 5551234567\n\n")]
    [InlineData("", "1. item\n")]
    [InlineData("", "\n\n\nSent from my iPhone\n")]
    public void Text_takes_time_as_it_grows(string before, string piece) => AssertLinear(before, piece, text => ReplyExtractor.FromText(text));

    private static void AssertLinear(string before, string piece, Action<string> read)
    {
        var (some, many) = (Repeated(before, piece, Length), Repeated(before, piece, 4 * Length));
        read(some);
        TimeSpan small = default, large = default;
        // A collection of others' garbage may fall into one round, hardly into three.
        for (var round = 0; round < 3; round++)
        {
            small = Measure(read, some);
            large = Measure(read, many);
            if (large <= 6 * (small > Floor ? small : Floor))
            {
                return;
            }
        }

        Assert.Fail($"{Length} took {small.TotalMilliseconds:N0} ms, {4 * Length} took {large.TotalMilliseconds:N0} ms.");
    }

    private static string Repeated(string before, string piece, int count) => new StringBuilder(before).Insert(before.Length, piece, count).ToString();

    private static TimeSpan Measure(Action<string> read, string body)
    {
        GC.Collect();
        var start = Environment.CpuUsage.TotalTime;
        read(body);
        return Environment.CpuUsage.TotalTime - start;
    }
}

/// <summary>Tests that measure the processor's time run after all others, one at a time.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
