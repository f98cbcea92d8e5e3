using System.Globalization;
using Solodesk.Text.Search;

namespace Solodesk.Text.Tests.Search;

public sealed class KnowledgeIndexTests
{
    private static readonly KnowledgeEntry[] Articles =
    [
        new("refund", "How do I get a refund?", "Open the order, choose Return and pick a reason. The money is back within five days."),
        new("password", "I forgot my password", "Use the link on the sign-in page. We send you a mail with which you choose a new one."),
        new("invoice", "Where is my invoice?", "Invoices are under Account, Billing. You can download each as PDF."),
        new("cancel", "How can I cancel my subscription?", "Go to Account, Plan and press Cancel. It stays active until the end of the month."),
        new("tuikuan", "如何申请退款？", "进入订单页面，点击申请退款，选择原因后提交。款项会在五个工作日内退回原支付账户。"),
        new("mima", "忘记密码怎么办", "在登录页面点击忘记密码，按照邮件中的链接重新设置密码。"),
        new("fapiao", "怎么开发票", "在账户的账单页面可以下载电子发票。"),
        new("wuliu", "怎么查询物流", "打开订单详情，点击查看物流，可以看到快递单号和最新的配送进度。"),
    ];

    [Theory]
    [InlineData("i want my money back, can i get refunded", "refund")]
    [InlineData("forgotten pasword", "password")]
    [InlineData("download invoices", "invoice")]
    [InlineData("stop my membership", "cancel")]
    [InlineData("我要退款", "tuikuan")]
    [InlineData("怎么退钱", "tuikuan")]
    [InlineData("密碼忘記了", "mima")]
    [InlineData("快递到哪里了", "wuliu")]
    public void The_right_article_comes_first(string question, string id) => Assert.Equal(id, Filled().Search(question).Hits[0].Id);

    [Fact]
    public void Nothing_in_common_finds_nothing()
    {
        Assert.Empty(Filled().Search("zzzz qqqq").Hits);
        Assert.Empty(Filled().Search("").Hits);
        Assert.Empty(new KnowledgeIndex().Search("refund").Hits);
        Assert.Equal(0, Filled().Search("!!!").Confidence);
    }

    [Fact]
    public void A_clear_question_is_surer_than_a_vague_one()
    {
        var index = Filled();
        Assert.True(index.Search("如何申请退款").Confidence > 0.7);
        Assert.True(index.Search("How can I cancel my subscription?").Confidence > index.Search("account page of the weather").Confidence);
    }

    [Fact]
    public void A_change_counts_from_the_next_search_on()
    {
        using var index = Filled();
        index.Put(new KnowledgeEntry("pets", "Are pets allowed?", "Dogs are welcome."));
        Assert.Equal("pets", index.Search("may I bring my dog, are pets allowed").Hits[0].Id);
        index.Put(new KnowledgeEntry("pets", "Opening hours", "We open at nine."));
        Assert.DoesNotContain(index.Search("pets allowed").Hits, h => h.Id == "pets");
        Assert.True(index.Remove("pets"));
        Assert.False(index.Remove("pets"));
        Assert.DoesNotContain(index.Search("opening hours nine").Hits, h => h.Id == "pets");
        Assert.Equal(Articles.Length, index.Count);
    }

    [Fact]
    public void Answers_to_the_same_question_are_found_together_and_the_best_comes_first()
    {
        using var index = Filled();
        index.Put(new KnowledgeEntry("a", "How to export data?", "Use the menu."));
        index.Put(new KnowledgeEntry("b", "How to export data", "A spreadsheet comes by mail when you ask support."));
        var ids = index.Search("export data to a spreadsheet", 2).Hits.Select(h => h.Id);
        Assert.Equal(["b", "a"], ids);
    }

    [Fact]
    public void Adding_replacing_and_removing_leaves_what_a_rebuild_would_make()
    {
        var random = new Random(1);
        string[] words = ["refund", "order", "cancel", "mail", "退款", "订单", "发票", "login", "page", "快递", "plan", "data"];
        string Text(int n) => string.Join(' ', Enumerable.Range(0, n).Select(_ => words[random.Next(words.Length)]));
        using var changed = new KnowledgeIndex();
        var kept = new Dictionary<string, KnowledgeEntry>();
        for (var i = 0; i < 600; i++)
        {
            var id = "e" + random.Next(60);
            if (random.Next(3) == 0)
            {
                Assert.Equal(kept.Remove(id), changed.Remove(id));
            }
            else
            {
                kept[id] = new KnowledgeEntry(id, Text(2), Text(12), (HeadingKind)random.Next(2));
                changed.Put(kept[id]);
            }
        }

        using var rebuilt = new KnowledgeIndex();
        rebuilt.Rebuild(kept.Values);
        Assert.Equal(rebuilt.Count, changed.Count);
        for (var i = 0; i < 60; i++)
        {
            var question = Text(3);
            var expected = rebuilt.Search(question, 100).Hits.Select(h => (h.Id, Math.Round(h.Score, 9)));
            Assert.Equal(expected, changed.Search(question, 100).Hits.Select(h => (h.Id, Math.Round(h.Score, 9))));
        }
    }

    [Fact]
    public void More_of_the_question_never_ranks_lower_and_the_same_question_gets_the_same_answer()
    {
        using var index = new KnowledgeIndex();
        index.Rebuild(Enumerable.Range(0, 50).Select(i => new KnowledgeEntry($"n{i:00}", "", "alpha " + (i < 25 ? "beta gamma" : "delta epsilon"), HeadingKind.Title)));
        var hits = index.Search("alpha beta", 50).Hits;
        Assert.Equal(50, hits.Count);
        Assert.All(hits.Take(25), h => Assert.True(string.CompareOrdinal(h.Id, "n25") < 0));
        Assert.Equal(hits.Select(h => h.Id), index.Search("alpha beta", 50).Hits.Select(h => h.Id));
        Assert.Equal(hits.Take(25).Select(h => h.Id).Order(StringComparer.Ordinal), hits.Take(25).Select(h => h.Id));
    }

    [Fact]
    public void No_text_breaks_it()
    {
        using var index = new KnowledgeIndex();
        foreach (var (text, i) in RandomText.Many(400, seed: 21).Select((t, i) => (t, i)))
        {
            index.Put(new KnowledgeEntry("r" + (i % 150), text, text, (HeadingKind)(i % 2)));
            var result = index.Search(text);
            Assert.InRange(result.Confidence, 0, 1);
            Assert.All(result.Hits, h => Assert.True(double.IsFinite(h.Score)));
        }
    }

    [Fact]
    public async Task Searches_and_changes_run_side_by_side()
    {
        using var index = Filled();
        var ct = TestContext.Current.CancellationToken;
        var writer = Task.Run(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                index.Put(new KnowledgeEntry("w" + (i % 20), "Question " + i, "refund " + i));
                index.Remove("w" + ((i + 7) % 20));
            }
        }, ct);
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                Assert.Contains(index.Search("如何申请退款").Hits, h => h.Id == "tuikuan");
            }
        }, ct));
        await Task.WhenAll([writer, .. readers]);
    }

    [Fact]
    public void What_was_used_rises_and_what_was_refused_falls()
    {
        using var index = Filled();
        var shown = index.Search("account order mail", 5).Hits.Select(h => h.Features).ToList();
        var learner = new RankLearner(index.Weights, rate: 0.2);
        double Lead() => learner.Weights.Score(shown[^1], dense: false) - learner.Weights.Score(shown[0], dense: false);
        var before = Lead();
        for (var i = 0; i < 20; i++)
        {
            learner.Used(shown[^1], shown);
            learner.Refused(shown[0], shown);
        }

        Assert.True(Lead() > before);
        Assert.All(learner.Weights.Spaced.Concat(learner.Weights.Dense), w => Assert.True(w >= 0));
    }

    [Fact]
    public void Chinese_words_that_stand_together_count_more_than_the_same_words_scattered()
    {
        const string Filler = "本页面还介绍其他内容，与此处无关，请按需阅读。";
        string[] parts = ["黑龙江省成立于清末。", "这里的耕地很多。", "面积最大的湖在南方。", "排名每年更新。"];
        using var index = new KnowledgeIndex();
        index.Put(new KnowledgeEntry("apart", "介绍", string.Join(Filler + Filler, parts), HeadingKind.Title));
        index.Put(new KnowledgeEntry("near", "介绍", string.Concat(parts) + string.Concat(Enumerable.Repeat(Filler, 6)), HeadingKind.Title));
        var hits = index.Search("黑龙江省的耕地面积排名第几").Hits.ToDictionary(h => h.Id);
        Assert.True(hits["near"].Features.Near > hits["apart"].Features.Near);
        Assert.True(hits["near"].Score > hits["apart"].Score);
    }

    [Fact]
    public void A_year_in_a_chinese_question_decides_between_texts_that_are_else_alike()
    {
        using var index = new KnowledgeIndex();
        foreach (var year in (int[])[1957, 1958, 1959, 1960])
        {
            index.Put(new KnowledgeEntry(year.ToString(CultureInfo.InvariantCulture), "年报", $"{year}年该公司的营业额增加了，员工也增加了。", HeadingKind.Title));
        }

        Assert.Equal("1959", index.Search("这家公司1959年有多少员工").Hits[0].Id);
    }

    [Fact]
    public void Weights_stored_before_a_feature_came_are_continued_with_its_default()
    {
        double[] stored = [1, 1, 1, 1, 1, 1, 1, 1];
        var weights = new RankWeights(stored, stored);
        Assert.Equal([.. stored, RankWeights.Default.Dense[^1]], weights.Dense);
        Assert.Throws<ArgumentException>(() => new RankWeights([1], stored));
    }

    [Fact]
    public void The_founders_synonyms_count()
    {
        using var index = Filled();
        Assert.DoesNotContain(index.Search("moolah").Hits, h => h.Id == "refund");
        index.Synonyms = Synonyms.Parse(["# ours", "moolah, refund", "发货单, 发票"]);
        Assert.Equal("refund", index.Search("moolah").Hits[0].Id);
        Assert.Equal("fapiao", index.Search("发货单").Hits[0].Id);
    }

    private static KnowledgeIndex Filled()
    {
        var index = new KnowledgeIndex();
        index.Rebuild(Articles);
        return index;
    }
}
