using Solodesk.Learning.Features;
using Solodesk.Text.Tokens;

namespace Solodesk.Learning.Pairs;

/// <summary>One side of a pair, cut up once.</summary>
internal sealed class PairText
{
    internal PairText(string text)
    {
        Letters = string.Concat(TextFold.Fold(text).Where(char.IsLetterOrDigit));
        Words = TextGrams.Tokens(text);
        Pairs = [.. Words.Zip(Words.Skip(1), (a, b) => a + "_" + b)];
        Triples = [.. Words.Zip(Words.Skip(1), Words.Skip(2)).Select(t => t.First + "_" + t.Second + "_" + t.Third)];
        Units = [.. Words.Concat(Pairs).Distinct(StringComparer.Ordinal)];
        Grams = [.. Words.Concat(Pairs).Concat(Triples).Distinct(StringComparer.Ordinal)];
    }

    internal string Letters { get; }

    internal List<string> Words { get; }

    internal List<string> Pairs { get; }

    internal List<string> Triples { get; }

    /// <summary>Words and pairs, each once.</summary>
    internal string[] Units { get; }

    /// <summary>Words, pairs and triples, each once.</summary>
    internal string[] Grams { get; }
}
