using Solodesk.Text.Search;

namespace Solodesk.Text.Tests.Search;

public sealed class LikenessTests
{
    [Theory]
    [InlineData("我的账户怎么登录？", "我的账户怎么登录")]
    [InlineData("How do I export to Markdown?", "Export to Markdown")]
    public void A_question_is_itself_whatever_its_ending(string one, string other) => Assert.True(Likeness.Same(one, other) > 0.97);

    [Theory]
    [InlineData("今天天气怎么样", "我的账户怎么登录？")]
    [InlineData("Where is my order?", "Export to Markdown")]
    [InlineData("", "Export to Markdown")]
    [InlineData("？！", "。")]
    public void Other_questions_are_not(string one, string other) => Assert.True(Likeness.Same(one, other) < 0.15);

    [Fact]
    public void The_same_words_in_both_directions_count_the_same()
        => Assert.Equal(Likeness.Of("同步后笔记不见了", "笔记同步不了"), Likeness.Of("笔记同步不了", "同步后笔记不见了"));

    [Fact]
    public void Weak_wording_takes_nothing_from_the_ranking()
    {
        Assert.Equal(0.7, Likeness.Join(0.7, 0.3));
        Assert.True(Likeness.Join(0.3, 0.98) > 0.98);
    }
}
