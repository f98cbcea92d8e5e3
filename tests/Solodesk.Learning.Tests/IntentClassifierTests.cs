using Solodesk.Learning.Intents;

namespace Solodesk.Learning.Tests;

public sealed class IntentClassifierTests
{
    private static readonly Dictionary<string, string[]> Examples = new()
    {
        ["refund"] = ["I want a refund", "money back please", "how do I get refunded", "refund my order", "return the money for my order", "我要退款", "怎么申请退款", "退款什么时候到账"],
        ["delivery"] = ["where is my parcel", "when will my order arrive", "track the delivery", "the package did not come", "delivery is late", "物流到哪了", "快递什么时候到", "还没有收到货"],
        ["password"] = ["I forgot my password", "cannot log in", "reset password", "my password does not work", "change my password", "忘记密码", "密码怎么重置", "登录不了账号"],
        ["invoice"] = ["send me an invoice", "where is the invoice", "I need a bill", "download the invoice as pdf", "invoice with vat number", "怎么开发票", "发票在哪里下载", "需要电子发票"],
        ["cancel"] = ["cancel my subscription", "stop the plan", "I do not want to renew", "end my membership", "how to cancel", "取消订阅", "怎么取消套餐", "不想续费了"],
    };

    [Theory]
    [InlineData("please refund the order", "refund")]
    [InlineData("the parcel has not arrived, track it", "delivery")]
    [InlineData("forgot pasword", "password")]
    [InlineData("发票怎么下载", "invoice")]
    [InlineData("退款怎么还没到账", "refund")]
    public void A_text_gets_the_intent_of_those_like_it(string text, string intent)
    {
        var answer = Classifier().Classify(text);
        Assert.Equal(intent, answer.Intent);
        Assert.False(answer.HandOver);
    }

    [Theory]
    [InlineData("what is the capital of france")]
    [InlineData("今天天气怎么样啊朋友们")]
    [InlineData("")]
    public void What_has_none_of_the_intents_is_less_in_scope_than_what_has(string text)
    {
        var classifier = Classifier();
        Assert.True(classifier.Classify(text).InScope < classifier.Classify("I want a refund for my order").InScope);
    }

    [Fact]
    public void Training_twice_gives_the_same_classifier()
    {
        var (one, two) = (Classifier(), Classifier());
        foreach (var text in Examples.Values.SelectMany(e => e).Append("quite another thing"))
        {
            Assert.Equal(one.Classify(text), two.Classify(text));
        }
    }

    [Fact]
    public void Real_out_of_scope_texts_set_the_threshold()
    {
        IntentExample[] outside = [.. Enumerable.Range(0, 40).Select(i => new IntentExample($"tell me a joke number {i} about the weather in town {i}", null))];
        var classifier = IntentClassifier.Train([.. All(), .. outside]);
        Assert.NotEqual(IntentClassifier.DefaultThreshold, classifier.Threshold);
        Assert.InRange(outside.Count(o => classifier.Classify(o.Text).HandOver), 30, 40);
    }

    [Fact]
    public void Two_intents_are_the_least()
    {
        Assert.Throws<ArgumentException>(() => IntentClassifier.Train([new IntentExample("a", "one")]));
        var few = IntentClassifier.Train([new IntentExample("refund", "one"), new IntentExample("invoice", "two")]);
        Assert.Equal("two", few.Classify("my invoice").Intent);
    }

    private static IntentClassifier Classifier() => IntentClassifier.Train(All());

    private static List<IntentExample> All() => [.. Examples.SelectMany(e => e.Value.Select(t => new IntentExample(t, e.Key)))];
}
