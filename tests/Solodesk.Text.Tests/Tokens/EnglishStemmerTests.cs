using Solodesk.Text.Tokens;

namespace Solodesk.Text.Tests.Tokens;

public sealed class EnglishStemmerTests
{
    [Theory]
    [InlineData("refund refunds refunded refunding", "refund")]
    [InlineData("cancel cancels canceling canceled", "cancel")]
    [InlineData("delete deletes deleted deleting", "delet")]
    [InlineData("reply replies replied", "repli")]
    [InlineData("connect connected connecting connection connections", "connect")]
    [InlineData("hope hoped hoping hopes", "hope")]
    [InlineData("hop hopped hopping hops", "hop")]
    [InlineData("activate activated activating activation", "activ")]
    [InlineData("relational relate", "relat")]
    [InlineData("agreed agree", "agre")]
    [InlineData("happy", "happi")]
    [InlineData("caresses caress", "caress")]
    [InlineData("tie ties", "tie")]
    [InlineData("generously generous", "generous")]
    [InlineData("sensational", "sensat")]
    [InlineData("knack", "knack")]
    [InlineData("knots", "knot")]
    [InlineData("consisting consist", "consist")]
    public void Forms_of_a_word_share_their_stem(string words, string stem) =>
        Assert.All(words.Split(' '), w => Assert.Equal(stem, EnglishStemmer.Stem(w)));

    [Theory]
    [InlineData("is")]
    [InlineData("u20bb7")]
    [InlineData("привет")]
    [InlineData("gas")]
    [InlineData("this")]
    [InlineData("status")]
    public void Short_words_and_other_scripts_stay(string word) => Assert.Equal(word, EnglishStemmer.Stem(word));

    [Fact]
    public void No_word_breaks_it_and_no_stem_is_empty()
    {
        var random = new Random(3);
        const string letters = "aeiouybcdglmnstzingedlyousational";
        for (var i = 0; i < 50_000; i++)
        {
            var word = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => letters[random.Next(letters.Length)]));
            Assert.NotEmpty(EnglishStemmer.Stem(word));
        }
    }
}
