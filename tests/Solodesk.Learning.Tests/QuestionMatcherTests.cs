using System.Diagnostics;
using Solodesk.Learning.Pairs;

namespace Solodesk.Learning.Tests;

public sealed class QuestionMatcherTests
{
    private static readonly string[] Topics = ["退款", "发票", "密码", "物流", "会员", "订单", "优惠券", "地址"];

    [Fact]
    public void It_learns_which_differences_matter()
    {
        var matcher = QuestionMatcher.Train(Pairs());
        Assert.True(matcher.Probability("怎么查看退款", "如何查看退款") > matcher.Probability("怎么查看退款", "怎么查看发票"));
        Assert.InRange(matcher.Threshold, 0.01, 0.99);
    }

    [Fact]
    public void The_order_of_the_two_does_not_matter()
    {
        var matcher = QuestionMatcher.Train(Pairs());
        Assert.Equal(matcher.Probability("怎么修改密码", "发票怎么开"), matcher.Probability("发票怎么开", "怎么修改密码"), 9);
    }

    [Fact]
    public void Any_text_gets_a_probability()
    {
        var matcher = QuestionMatcher.Train(Pairs());
        foreach (var text in (string[])["", " ", "!!!", "\uD800", "a", "我", new string('x', 3000)])
        {
            Assert.InRange(matcher.Probability(text, "怎么查看退款"), 0, 1);
            Assert.InRange(matcher.Probability(text, text), 0, 1);
        }
    }

    [Fact]
    public void The_same_pairs_give_the_same_matcher() =>
        Assert.Equal(QuestionMatcher.Train(Pairs()).Probability("怎么修改密码", "发票怎么开"), QuestionMatcher.Train(Pairs()).Probability("怎么修改密码", "发票怎么开"), 12);

    [Fact]
    public void Long_texts_are_no_trouble()
    {
        string[] letters = [.. Enumerable.Range(0, 40).Select(i => string.Concat(Enumerable.Range(0, 2000).Select(k => (char)(0x4E00 + ((k * (i + 7)) % 3001)))))];
        var matcher = QuestionMatcher.Train([.. Pairs(), .. letters.Select((l, i) => new QuestionPair(l, letters[(i + 1) % letters.Length], i % 2 == 0))]);
        var clock = Stopwatch.StartNew();
        Assert.InRange(matcher.Probability(letters[0], letters[7]), 0, 1);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public void Both_kinds_of_pairs_are_needed() =>
        Assert.Throws<ArgumentException>(() => QuestionMatcher.Train([new QuestionPair("a", "b", true)]));

    private static List<QuestionPair> Pairs()
    {
        string[] verbs = ["查看", "修改", "申请", "取消"];
        var pairs = new List<QuestionPair>();
        foreach (var verb in verbs)
        {
            for (var i = 0; i < Topics.Length; i++)
            {
                pairs.Add(new QuestionPair($"怎么{verb}{Topics[i]}", $"如何{verb}{Topics[i]}", true));
                pairs.Add(new QuestionPair($"请问{Topics[i]}怎么{verb}", $"怎么{verb}{Topics[i]}呢", true));
                pairs.Add(new QuestionPair($"怎么{verb}{Topics[i]}", $"怎么{verb}{Topics[(i + 3) % Topics.Length]}", false));
                pairs.Add(new QuestionPair($"如何{verb}{Topics[i]}", $"请问{Topics[(i + 1) % Topics.Length]}如何{verb}", false));
            }
        }

        return pairs;
    }
}
