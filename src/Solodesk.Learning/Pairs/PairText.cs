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
    }

    internal string Letters { get; }

    internal List<string> Words { get; }

    internal List<string> Pairs { get; }

    internal List<string> Triples { get; }
}
