using Solodesk.Text.Search;

namespace Solodesk.Text.Tests.Search;

public sealed class SnippetsTests
{
    private const string Body = "We sell lamps. Refunds are paid within five working days to the card that was used for the order. Call us for the rest.";

    [Fact]
    public void The_sentence_that_answers_is_shown_with_the_words_marked()
    {
        var snippet = Snippets.Of(Body, "how long does a refund take");
        Assert.StartsWith("Refunds are paid", snippet.Text);
        Assert.Equal("Refunds", snippet.Text[snippet.Marks[0]]);
        Assert.Equal(snippet.Text, Body.Substring(snippet.Position, snippet.Text.Length));
    }

    [Fact]
    public void Chinese_sentences_and_marks()
    {
        var snippet = Snippets.Of("欢迎光临。退款会在五个工作日内到账，请耐心等待，如有问题请联系人工客服为您处理。谢谢！", "請問退款多久到賬");
        Assert.StartsWith("退款会在", snippet.Text);
        Assert.Contains("退款", snippet.Marks.Select(m => snippet.Text[m]));
    }

    [Fact]
    public void Numbers_and_addresses_do_not_end_a_sentence() =>
        Assert.Equal(["It costs 3.50 at example.com today.", "Really!"], Sentences.Split("It costs 3.50 at example.com today. Really!").Select(r => "It costs 3.50 at example.com today. Really!"[r]));

    [Fact]
    public void Nothing_fitting_shows_the_beginning_and_no_text_shows_nothing()
    {
        Assert.StartsWith("We sell lamps.", Snippets.Of(Body, "弹簧").Text);
        Assert.Equal("", Snippets.Of("  ", "refund").Text);
    }

    [Fact]
    public void Marks_lie_in_order_within_the_text_for_any_text()
    {
        foreach (var text in RandomText.Many(2000, seed: 31))
        {
            var snippet = Snippets.Of(text + ". " + text, text);
            var last = 0;
            foreach (var mark in snippet.Marks)
            {
                Assert.InRange(mark.Start.Value, last, mark.End.Value - 1);
                Assert.InRange(mark.End.Value, 1, snippet.Text.Length);
                last = mark.End.Value;
            }
        }
    }
}
