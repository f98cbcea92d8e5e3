using Microsoft.Data.Sqlite;
using Solodesk.Text.Tokens;

namespace Solodesk.Text.Tests.Tokens;

public sealed class SearchTokensTests
{
    [Theory]
    [InlineData("退款", "退 退款 款")]
    [InlineData("我要退款", "我 我要 要 要退 退 退款 款")]
    [InlineData("發票", "发 发票 票")]
    [InlineData("Refunds!", "refunds refund")]
    [InlineData("ＡＢＣ１２３", "abc123")]
    [InlineData("Café Zürich straße", "cafe zurich strasse strass")]
    [InlineData("the customer's order", "the customer custom order")]
    [InlineData("I don't know", "i dont know")]
    [InlineData("Wi-Fi", "wi fi wifi")]
    [InlineData("iPhone手机", "iphone iphon 手 手机 机")]
    [InlineData("SO-2024-0012", "so 2024 0012 so20240012")]
    [InlineData("$1,299", "1 299 1299")]
    [InlineData("二〇二六", "二 二零 零 零二 二 二六 六")]
    [InlineData("𠮷", "u20bb7")]
    [InlineData("9e5c", "n9e5c")]
    [InlineData("…!?", "")]
    [InlineData("", "")]
    public void Text_becomes_the_tokens_of_its_script(string text, string tokens) =>
        Assert.Equal(tokens, SearchTokens.ForIndex(text));

    [Fact]
    public void An_address_is_found_whole_and_by_its_parts()
    {
        var tokens = SearchTokens.ForIndex("write to Anna.B@Example.com today").Split(' ');
        Assert.Empty(((string[])["anna", "b", "example", "com", "annabexamplecom"]).Except(tokens));
    }

    [Theory]
    [InlineData("+86 138-0013-8000")]
    [InlineData("13800138000")]
    [InlineData("138 0013 8000")]
    [InlineData("(+86)13800138000")]
    public void A_telephone_number_is_found_however_it_is_written(string stored)
    {
        foreach (var asked in (string[])["+86 138 0013 8000", "13800138000", "138-0013-8000"])
        {
            Assert.True(Finds(SearchTokens.ForIndex(stored), SearchTokens.ForQuery(asked)), $"{asked} in {stored}");
        }

        Assert.Contains("8000", SearchTokens.ForIndex(stored).Split(' '));
    }

    [Theory]
    [InlineData("请问怎么申请退款？", "申请 请退 退款")]
    [InlineData("how do I get a refund", "get refund")]
    [InlineData("怎么", "怎么")]
    [InlineData("how", "how")]
    public void Question_words_do_not_count_unless_they_are_all_there_is(string question, string firstTokens) =>
        Assert.Equal(firstTokens, string.Join(' ', SearchTokens.ForQuery(question).Select(t => t.AnyOf[^1])));

    [Fact]
    public void The_last_word_of_someone_still_typing_is_a_beginning()
    {
        var terms = SearchTokens.ForQuery("cancel subscr", typing: true);
        Assert.Equal([false, true], terms.Select(t => t.IsPrefix));
        Assert.DoesNotContain(SearchTokens.ForQuery("cancel subscr ", typing: true), t => t.IsPrefix);
        Assert.Equal("(\"cancel\") AND (\"subscr\"*)", SearchTokens.ToFts5(terms, SearchMatch.All));
        Assert.Equal("('cancel') | ('subscr':*)", SearchTokens.ToTsQuery(terms, SearchMatch.Any));
    }

    [Fact]
    public void Traditional_and_simplified_writers_find_each_other() =>
        Assert.Equal(SearchTokens.ForIndex("訂單無法發貨"), SearchTokens.ForIndex("订单无法发货"));

    [Fact]
    public void Tokens_are_plain_letters_and_digits_for_any_text()
    {
        foreach (var text in RandomText.Many(5000))
        {
            foreach (var token in SearchTokens.ForIndex(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                Assert.InRange(token.Length, 1, RunScanner.LongestWord);
                Assert.All(token, c => Assert.True(char.IsLetterOrDigit(c) && !char.IsUpper(c), $"U+{(int)c:X4}"));
            }
        }
    }

    [Fact]
    public void Whatever_is_stored_is_found_by_asking_for_the_same_text()
    {
        foreach (var text in RandomText.Many(5000, seed: 7))
        {
            Assert.True(Finds(SearchTokens.ForIndex(text), SearchTokens.ForQuery(text)), text);
        }
    }

    [Fact]
    public void Folding_twice_changes_nothing()
    {
        foreach (var text in RandomText.Many(5000, seed: 8))
        {
            var tokens = SearchTokens.ForIndex(text);
            Assert.Equal(tokens, SearchTokens.ForIndex(TextFold.Fold(text)));
        }
    }

    [Fact]
    public void FTS5_sees_exactly_these_tokens()
    {
        using var db = new SqliteConnection("Data Source=:memory:");
        db.Open();
        Run(db, "create virtual table t using fts5(body, tokenize='unicode61'); create virtual table v using fts5vocab(t, instance);");
        foreach (var text in RandomText.Many(1500, seed: 9).Append("我要退款 Straße ﬁnal 电话 +86 138-0013-8000 Ünïcödé ПРИВЕТ Ελλάς 한국어 カメラ ภาษาไทย"))
        {
            var tokens = SearchTokens.ForIndex(text);
            Run(db, "delete from t; insert into t(body) values ($body)", ("$body", tokens));
            Assert.Equal(tokens, string.Join(' ', Column(db, "select term from v order by offset")));
        }
    }

    [Fact]
    public void FTS5_accepts_every_query_and_finds_the_text_it_was_made_of()
    {
        using var db = new SqliteConnection("Data Source=:memory:");
        db.Open();
        Run(db, "create virtual table t using fts5(body, tokenize='unicode61')");
        foreach (var text in RandomText.Many(800, seed: 10))
        {
            var terms = SearchTokens.ForQuery(text);
            if (terms.Count == 0)
            {
                continue;
            }

            Run(db, "delete from t; insert into t(body) values ($body)", ("$body", SearchTokens.ForIndex(text)));
            using var command = db.CreateCommand();
            command.CommandText = "select count(*) from t where t match $query";
            command.Parameters.AddWithValue("$query", SearchTokens.ToFts5(terms, SearchMatch.All));
            Assert.Equal(1L, command.ExecuteScalar());
        }
    }

    private static bool Finds(string stored, IReadOnlyList<SearchTerm> terms)
    {
        var tokens = stored.Split(' ').ToHashSet();
        return terms.All(t => t.AnyOf.Any(tokens.Contains) || (t.OrAllOf.Count > 0 && t.OrAllOf.All(tokens.Contains)));
    }

    private static void Run(SqliteConnection db, string sql, params (string Name, object Value)[] values)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    private static List<string> Column(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
