using Solodesk.Engine.Conditions;
using Solodesk.Search;
using Op = Solodesk.Engine.Conditions.ConditionOperator;

namespace Solodesk.Tests.Search;

public sealed class SearchParserTests
{
    [Theory]
    [InlineData("refund please", "refund please")]
    [InlineData("  退款   申请 ", "退款 申请")]
    [InlineData("https://example.com/a:b", "https://example.com/a:b")]
    [InlineData("12:30 meeting", "12:30 meeting")]
    [InlineData("status:banana", "status banana")]
    [InlineData("foo:bar", "foo:bar")]
    [InlineData("status:", "status:")]
    [InlineData("wi-fi - down", "wi-fi - down")]
    public void What_is_no_operator_is_searched_as_text(string text, string words)
    {
        var query = SearchParser.Parse(text);

        Assert.Equal(words, query.Words);
        Assert.Empty(query.Conditions);
    }

    [Theory]
    [InlineData("status:open"), InlineData("状态:未解决"), InlineData("STATUS:Open"), InlineData("状态：未解决")]
    public void A_status_is_asked_in_both_languages(string text)
        => Assert.Equal(Condition.Where("ticket.status", Op.AnyOf, "new", "open"), Assert.Single(SearchParser.Parse(text).Conditions));

    [Theory]
    [InlineData("has:attachment", "ticket.attachments"), InlineData("含:附件", "ticket.attachments"), InlineData("is:unread", "ticket.unread"), InlineData("是:未读", "ticket.unread")]
    [InlineData("before:2026-01-31", "ticket.lastMessage"), InlineData("之前:2026年1月31日", "ticket.lastMessage"), InlineData("after:yesterday", "ticket.lastMessage"), InlineData("晚于:今天", "ticket.lastMessage")]
    [InlineData("assignee:me", "ticket.assignee"), InlineData("负责人:我", "ticket.assignee"), InlineData("channel:email", "ticket.channel"), InlineData("渠道:邮件", "ticket.channel")]
    [InlineData("tag:billing", "ticket.tags"), InlineData("标签:账单", "ticket.tags"), InlineData("priority:urgent", "ticket.priority"), InlineData("类型:投诉", "ticket.type")]
    public void Every_operator_asks_its_field(string text, string field)
    {
        var query = SearchParser.Parse(text);

        Assert.Equal("", query.Words);
        Assert.Equal(field, Assert.IsType<Comparison>(Assert.Single(query.Conditions)).Field);
    }

    [Fact]
    public void Words_phrases_denials_and_operators_stand_together()
    {
        var query = SearchParser.Parse("退款 from:\"Ada Byron\" \"exact words\" -spam -tag:done “原样” assignee:周野");

        Assert.Equal("退款 exact words 原样", query.Words);
        Assert.Equal(["exact words", "原样"], query.Phrases);
        Assert.Equal(["spam"], query.Without);
        Assert.Equal(("周野", false), Assert.Single(query.Owners));
        Assert.Equal(2, query.Conditions.Count);
        Assert.IsType<Not>(query.Conditions[1]);
        Assert.Equal(Condition.Where("customer.name", Op.Contains, "Ada Byron"), Assert.IsType<AnyOf>(query.Conditions[0]).Parts[0]);
    }

    [Fact]
    public void A_quote_that_is_still_open_reaches_to_the_end() => Assert.Equal(["still typing"], SearchParser.Parse("a \"still typing").Phrases);

    [Fact]
    public void No_text_makes_it_throw()
    {
        var random = new Random(3);
        string[] pieces = ["status", ":", "：", "\"", "“", "”", "-", " ", "open", "退", "from", "before", "2026-99-99", "\ud83d", "\ude00", "\0", "a", "「", "」", "tag", "%", "\\", "is", "assignee"];
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var query = SearchParser.Parse(text);
            Assert.NotNull(query.Words);
        }

        Assert.True(SearchParser.Parse(null).IsEmpty);
        Assert.True(SearchParser.Parse(new string('"', 5000)).Words.Length <= 400);
    }
}
