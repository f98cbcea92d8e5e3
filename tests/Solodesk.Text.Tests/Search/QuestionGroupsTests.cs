using Solodesk.Text.Search;

namespace Solodesk.Text.Tests.Search;

public sealed class QuestionGroupsTests
{
    [Fact]
    public void Synonyms_stems_and_word_order_do_not_keep_questions_apart()
    {
        string[] questions = ["How do I delete my account?", "the printer makes noise", "I want to remove my account", "account deletion: how to delete an account"];

        Assert.Equal(["0 2 3", "1"], Grouped(questions));
    }

    [Fact]
    public void Chinese_questions_stand_together_by_what_they_ask_and_not_by_how()
    {
        string[] questions = ["请问怎么申请退款", "退钱怎么弄", "如何修改密码", "怎样更改口令", "退款要申请吗"];

        Assert.Equal(["0 1 4", "2 3"], Grouped(questions));
    }

    [Fact]
    public void A_word_of_many_titles_joins_nothing()
    {
        string[] questions = ["export to Evernote", "export as braille"];

        Assert.Equal(["0 1"], Grouped(questions));
        Assert.Equal(["0", "1"], Grouped(questions, "Export as PDF", "Export your notes", "What an export holds", "Export by the API", "Sync"));
    }

    [Fact]
    public void A_chain_of_neighbours_is_not_one_group()
    {
        string[] questions = ["red apple", "apple pear", "pear plum", "plum fig", "fig grape"];

        Assert.True(Grouped(questions).Count > 1);
    }

    [Fact]
    public void The_founders_own_synonyms_count()
    {
        string[] questions = ["where is the shelf", "where is the binder"];

        Assert.Equal(2, QuestionGroups.Of(questions, [], Synonyms.BuiltIn).Count);
        Assert.Single(QuestionGroups.Of(questions, [], Synonyms.BuiltInWith(["shelf, binder"])));
    }

    [Fact]
    public void Nothing_and_what_has_no_words_throws_nothing()
    {
        Assert.Empty(Grouped([]));
        Assert.Equal(["0", "1", "2", "3"], Grouped(["", "???", "👍", "\ud800"]));
    }

    [Fact]
    public void The_same_questions_give_the_same_groups_and_none_is_lost()
    {
        var random = new Random(7);
        var words = Enumerable.Range(0, 60).Select(i => $"word{(char)('a' + (i % 26))}{i}").ToArray();
        string[] questions = [.. Enumerable.Range(0, 400).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 6)).Select(_ => words[random.Next(words.Length)]))).Distinct()];

        var groups = QuestionGroups.Of(questions, [], Synonyms.None);

        Assert.Equal(Enumerable.Range(0, questions.Length), groups.SelectMany(g => g).Order());
        Assert.Equal(Grouped(questions), Grouped(questions));
    }

    private static IReadOnlyList<string> Grouped(IReadOnlyList<string> questions, params string[] known)
        => [.. QuestionGroups.Of(questions, known, Synonyms.BuiltIn).Select(g => string.Join(' ', g))];
}
