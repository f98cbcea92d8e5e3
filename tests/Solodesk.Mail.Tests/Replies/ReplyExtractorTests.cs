using Solodesk.Mail.Replies;

namespace Solodesk.Mail.Tests.Replies;

public sealed class ReplyExtractorTests
{
    [Fact]
    public void Nothing_is_destroyed_only_set_apart()
    {
        const string Body = "好的，谢谢！\n\n发自我的iPhone\n\n在 2024年3月5日，15:12，客服 <kf@example.com> 写道：\n\n> 可以关闭工单了吗？\n";

        var reply = ReplyExtractor.FromText(Body);

        Assert.Equal("好的，谢谢！", reply.Reply);
        Assert.Equal([ReplySpanKind.Written, ReplySpanKind.Signature, ReplySpanKind.QuoteHeader, ReplySpanKind.Quote], reply.Spans.Select(span => span.Kind));
        Assert.Equal(Body, string.Concat(reply.Spans.Select(span => Body.Substring(span.Start, span.Length))));
    }

    [Fact]
    public void A_mail_that_quotes_nothing_is_returned_whole()
    {
        const string Body = "Hello,\n\n  indented\n\nwhere is my order?\n\nKind regards,\nAnn";

        var reply = ReplyExtractor.FromText(Body);

        Assert.Equal(Body, reply.Reply);
        Assert.False(reply.HasFolded);
    }

    [Fact]
    public void A_message_passed_on_without_a_word_is_forwarded_not_quoted()
    {
        var reply = ReplyExtractor.FromText("---------- Forwarded message ---------\nFrom: Bank <info@bank.example>\nDate: Tue, Mar 5, 2024\nSubject: Hi\n\nClick here.");

        Assert.Equal("", reply.Reply);
        Assert.Equal([ReplySpanKind.Forwarded], reply.Spans.Select(span => span.Kind));
    }

    [Fact]
    public void A_closing_with_a_name_is_written_until_contact_details_follow_it()
    {
        Assert.EndsWith("祝好\n张三", ReplyExtractor.FromText("请查收。\n\n祝好\n张三").Reply, StringComparison.Ordinal);
        Assert.Equal("请查收。", ReplyExtractor.FromText("请查收。\n\n祝好\n张三\n某某科技有限公司\n电话：010-12345678\n邮箱：zhang@example.com").Reply);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n\u3000\u200B")]
    public void A_body_without_words_has_an_empty_reply(string? body)
    {
        Assert.Equal("", ReplyExtractor.FromText(body).Reply);
        Assert.Equal("", ReplyExtractor.FromHtml(body).Reply);
    }

    [Fact]
    public void Html_is_parted_into_what_was_written_and_what_it_carries()
    {
        var reply = ReplyExtractor.FromHtml("<div dir=ltr>Yes, <b>please</b>.<br><img src=\"cid:shot\"></div><div class=gmail_quote><div class=gmail_attr>On Tue, Mar 5, 2024 at 3:12 PM Ann &lt;ann@example.com&gt; wrote:</div><blockquote class=gmail_quote>Shall we?</blockquote></div>");

        Assert.Equal("Yes, please.", reply.Reply);
        Assert.Equal("<div dir=\"ltr\">Yes, <b>please</b>.<br><img src=\"cid:shot\"></div>", reply.ReplyHtml);
        Assert.Contains("Shall we?", reply.QuotedHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("please", reply.QuotedHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_alone_is_a_reply()
    {
        var reply = ReplyExtractor.FromHtml("<div><img src=\"cid:screenshot\"></div><div>------------------ 原始邮件 ------------------</div><div>发件人: 客服</div>");

        Assert.Equal("", reply.Reply);
        Assert.Contains("cid:screenshot", reply.ReplyHtml, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_inside_a_blockquote_that_nothing_introduces_is_what_was_written()
    {
        Assert.Equal("Help me", ReplyExtractor.FromHtml("<blockquote>Help me</blockquote>").Reply);
    }
}
