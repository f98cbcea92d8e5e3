using Solodesk.Learning.Pairs;

namespace Solodesk.Learning.Tests;

public sealed class PairKnowledgeTests
{
    [Fact]
    public void A_sentence_stands_in_one_fold_only()
    {
        var texts = Enumerable.Range(0, 60).Select(i => Pair($"问题{i / 3}", $"怎么办{i}")).ToList();
        var folds = PairFolds.Of(texts, 5);
        Assert.Equal(5, folds.Distinct().Count());
        Assert.All(Enumerable.Range(0, 20), group => Assert.Single(folds.Skip(3 * group).Take(3).Distinct()));
    }

    [Fact]
    public void Pairs_that_are_joined_through_others_stay_together()
    {
        var texts = Enumerable.Range(0, 60).Select(i => Pair($"甲{i / 4}{i % 4}", $"甲{i / 4}{(i % 4) + 1}")).ToList();
        var folds = PairFolds.Of(texts, 5);
        Assert.All(Enumerable.Range(0, 15), group => Assert.Single(folds.Skip(4 * group).Take(4).Distinct()));
    }

    [Fact]
    public void When_nearly_all_pairs_hang_together_they_are_dealt_one_by_one()
    {
        var folds = PairFolds.Of([.. Enumerable.Range(0, 20).Select(i => Pair("总是这一句", $"另一句{i}"))], 5);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 5), folds);
    }

    [Fact]
    public void What_stands_for_a_word_is_learned_from_pairs_that_are_the_same()
    {
        string[] subjects = ["退款", "发票", "密码", "物流", "会员", "订单"];
        var texts = subjects.SelectMany(s => new[] { Pair("怎么查" + s, "如何查" + s), Pair("怎么查" + s, "取消" + s) }).ToList();
        var translations = new Translations(texts, [.. texts.Select((_, i) => i % 2 == 0)]);
        var stands = translations.Of(new PairText("怎么"), new PairText("如何"));
        var not = translations.Of(new PairText("怎么"), new PairText("取消"));
        Assert.True(stands[0] > not[0]);
        Assert.Equal(stands, translations.Of(new PairText("如何"), new PairText("怎么")));
    }

    [Fact]
    public void A_feature_of_a_pair_is_shared_unshared_or_facing_and_known_from_two_pairs_on()
    {
        var grams = new PairGrams([Pair("开", "关"), Pair("关", "开"), Pair("新", "开")]);
        var row = grams.Of(new PairText("关"), new PairText("开"));
        Assert.Equal(3, grams.Size);
        Assert.Equal(Enumerable.Range(0, 3), row.Indices);
        Assert.All(row.Values, v => Assert.Equal(0.5f, v));
        Assert.Empty(grams.Of(new PairText("新"), new PairText("旧")).Indices);
    }

    [Fact]
    public void Questions_without_a_common_word_are_alike_through_a_known_one()
    {
        (PairText, PairText)[] texts =
            [Pair("额度提升", "增加上限"), Pair("额度太低", "额度提升"), Pair("寄到哪里", "收货地址"), Pair("修改地址", "寄到哪里"), Pair("增加上限吧", "增加上限")];
        var known = new KnownQuestions(texts, [true, false, true, false, true]);
        var through = known.Of(new PairText("额度"), new PairText("上限"));
        var apart = known.Of(new PairText("额度"), new PairText("地址"));
        Assert.Equal(0, through[0], 9);
        Assert.True(through[2] > apart[2]);
    }

    [Fact]
    public void Learned_vectors_point_the_same_way_for_what_is_the_same()
    {
        (PairText, PairText)[] texts = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? Pair("开通账户" + (i % 6), "注册" + (i % 6)) : Pair("开通账户" + (i % 6), "注销" + (i % 6)))];
        var likeness = new LearnedLikeness(texts, [.. texts.Select((_, i) => i % 2 == 0)]);
        Assert.True(likeness.Of(new PairText("开通账户"), new PairText("注册")) > likeness.Of(new PairText("开通账户"), new PairText("注销")));
        Assert.Equal(0, likeness.Of(new PairText(""), new PairText("注册")));
    }

    private static (PairText A, PairText B) Pair(string a, string b) => (new PairText(a), new PairText(b));
}
