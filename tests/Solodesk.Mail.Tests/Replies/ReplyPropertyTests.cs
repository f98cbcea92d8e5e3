using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Solodesk.Mail.Replies;

namespace Solodesk.Mail.Tests.Replies;

public sealed class ReplyPropertyTests
{
    // What quoting is made of, so that random bodies meet the rules instead of passing them by.
    private static readonly string[] Pieces =
    [
        "", "", "Hello", "你好，谢谢", "> quoted", ">> deeper", ">", "-- ", "--", "---", "—", "On Tue, Mar 5, 2024 at 3:12 PM Ann <ann@example.com> wrote:", "On Tue, Mar 5, 2024 at 3:12 PM Ann <", "ann@example.com> wrote:", "wrote:", "On Tuesday,",
        "在 2024-03-05 15:12:33，\"客服\" <kf@example.com> 写道：", "写道：", "客服 <kf@example.com>", "于2024年3月5日周二 15:12写道：", "------------------ 原始邮件 ------------------", "---- 回复的原邮件 ----", "发件人: 客服 <kf@example.com>", "发送时间: 2024年3月5日", "收件人：张三", "主题：你好",
        "From: Ann <ann@example.com>", "Sent: today", "To: Bob", "Subject: hi", "________________________________", "Sent from my iPhone", "发自我的iPhone", "Best regards,", "祝好", "Ann Lee", "Tel: +1 555 123 4567", "www.example.com", "邮箱：a@example.com", "| |", "|",
        "---------- Forwarded message ---------", "Begin forwarded message:", "This email and any attachments are confidential and intended for the recipient.", "  > indented", "<http://example.com/x", "> and more", "Thanks! On Tue, 5 Mar 2024 at 14:12, Ann <ann@example.com> wrote:", "a@example.com", "\u200B", "\u00A0", "&nbsp;", "\uD800", "Ae\u0301",
    ];

    private static readonly string[] Endings = ["\n", "\n", "\r\n", "\r", "\n\n"];

    private static readonly string[] Tags =
    [
        "<div>", "</div>", "<br>", "<p>", "</p>", "<blockquote type=cite>", "<blockquote>", "</blockquote>", "<div class=gmail_quote>", "<div class=gmail_attr>", "<div id=divRplyFwdMsg>", "<hr>", "<table><tr><td>", "</td></tr></table>", "<pre>", "</pre>", "<ul><li>", "</ul>", "<img src=x>", "<div class=gmail_signature>",
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt'>", "<span class=\"moz-cite-prefix\">", "</span>", "<!--", "-->", "<script>", "</script>", "<div style=display:none>", "&lt;", "&amp", "<",
    ];

    private static Arbitrary<string> Bodies => Gen.Elements(Pieces).Zip(Gen.Elements(Endings)).Select(pair => pair.Item1 + pair.Item2).ListOf().Select(string.Concat).ToArbitrary();

    private static Arbitrary<string> Pages => Gen.OneOf(Gen.Elements(Pieces), Gen.Elements(Tags), Gen.Elements(Tags)).ListOf().Select(list => string.Join('\n', list)).ToArbitrary();

    private static Config Runs(int count) => Config.QuickThrowOnFailure.WithMaxTest(count).WithEndSize(60);

    [Fact]
    public void Spans_cover_every_text() => Prop.ForAll(Bodies, body => SpanAssert.CoverTheText(ReplyExtractor.FromText(body))).Check(Runs(3000));

    [Fact]
    public void Spans_cover_every_random_text() =>
        Prop.ForAll<string>(body => SpanAssert.CoverTheText(ReplyExtractor.FromText(body))).Check(Runs(1000));

    [Fact]
    public void The_lines_of_the_reply_stand_in_the_text_in_that_order() => Prop.ForAll(Bodies, body =>
    {
        using var lines = Lines(body).AsEnumerable().GetEnumerator();
        foreach (var line in Lines(ReplyExtractor.FromText(body).Reply))
        {
            bool found;
            do
            {
                Assert.True(lines.MoveNext(), $"not in the text, or not in order: {line}");
                found = lines.Current.EndsWith(line, StringComparison.Ordinal) || lines.Current.StartsWith(line, StringComparison.Ordinal);
            }
            while (!found);
        }
    }).Check(Runs(3000));

    [Fact]
    public void Extracting_from_a_reply_gives_the_reply() => Prop.ForAll(Bodies, body =>
    {
        var once = ReplyExtractor.FromText(body).Reply;
        Assert.Equal(once, ReplyExtractor.FromText(once).Reply);
    }).Check(Runs(5000));

    [Fact]
    public void Any_html_is_read_without_an_exception() => Prop.ForAll(Pages, page =>
    {
        var reply = ReplyExtractor.FromHtml(page);
        SpanAssert.CoverTheText(reply.Rendered);
    }).Check(Runs(3000));

    [Fact]
    public void The_written_html_renders_to_the_reply() => Prop.ForAll(Pages, page =>
    {
        var reply = ReplyExtractor.FromHtml(page);
        Assert.Equal(Words(reply.Reply), Words(ReplyExtractor.FromHtml(reply.ReplyHtml).Text));
    }).Check(Runs(2000));

    // Found by the property above: the line break before cut preformatted text was lost.
    [Fact]
    public void The_written_html_of_cut_preformatted_text_keeps_its_line_breaks()
    {
        var reply = ReplyExtractor.FromHtml("<pre>First\n<img src=x>\nSecond\nOn Tue, 5 Mar 2024 at 14:12, Ann <b>ann@example.com</b> wrote:\n&gt; old</pre>");
        Assert.Equal(Words(reply.Reply), Words(ReplyExtractor.FromHtml(reply.ReplyHtml).Text));
        reply = ReplyExtractor.FromHtml("<pre>Subject: hi\n<img src=x>\nwww.example.com\nAnn Lee\nSent: today\n>> deeper\nBegin forwarded message:\n</pre>");
        Assert.Equal(Words(reply.Reply), Words(ReplyExtractor.FromHtml(reply.ReplyHtml).Text));
    }

    [Fact]
    public void A_large_body_is_read_in_milliseconds_and_time_grows_with_its_length()
    {
        foreach (var piece in Pieces.Concat(["> ", "a", "<", "- ", "在", "On Mon 5:00 ", "| ", "--\n", "|\n", "On 5 March x\n", "From: a@b\n", "Tel: 5551234567\n", "To: b@c\n ", "Ann Lee\n\n"]))
        {
            var body = new StringBuilder().Insert(0, piece.Length == 0 ? " " : piece, 60_000 / Math.Max(1, piece.Length)).ToString();
            var lines = new StringBuilder().Insert(0, piece + "\n", 60_000 / (piece.Length + 1)).ToString();
            ReplyExtractor.FromText(body);
            var watch = Stopwatch.StartNew();
            ReplyExtractor.FromText(body);
            ReplyExtractor.FromText(lines);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{piece}: {watch.Elapsed}");
        }
    }

    [Fact]
    public void Html_that_nests_without_end_is_read()
    {
        foreach (var tag in (string[])["<div>", "<blockquote>", "<div class=gmail_quote>", "<b>", "<ul><li>", "<table><tr><td>"])
        {
            var reply = ReplyExtractor.FromHtml("Hello" + new StringBuilder().Insert(0, tag, 20_000) + "deep");
            SpanAssert.CoverTheText(reply.Rendered);
        }
    }

    private static string[] Lines(string text) => text.Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Words(string text) => string.Join(' ', BodyLine.Flatten(text).Replace("\uFFFC", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => word != "-"));
}
