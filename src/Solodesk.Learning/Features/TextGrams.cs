using Solodesk.Text.Tokens;

namespace Solodesk.Learning.Features;

/// <summary>
/// The pieces of a text that classifiers look at: words and pairs of words, and groups of 2 to 5 letters that cross no more than word borders.
/// </summary>
internal static class TextGrams
{
    /// <summary>Words (stems) and pairs of neighbours; CJK characters and pairs count as words.</summary>
    internal static List<string> Words(string text)
    {
        var words = Tokens(text);
        var grams = new List<string>(words.Count * 2);
        for (var i = 0; i < words.Count; i++)
        {
            grams.Add("w" + words[i]);
            grams.Add("p" + (i == 0 ? "^" : words[i - 1]) + " " + words[i]);
        }

        return grams;
    }

    /// <summary>Groups of letters within words, borders marked; for CJK runs of characters.</summary>
    internal static List<string> Letters(string text, int shortest = 2, int longest = 5)
    {
        var grams = new List<string>();
        foreach (var compound in CompoundScanner.Scan(TextFold.Fold(text)))
        {
            foreach (var part in compound.Parts)
            {
                var padded = " " + part + " ";
                for (var length = shortest; length <= longest; length++)
                {
                    for (var i = 0; i + length <= padded.Length; i++)
                    {
                        grams.Add(string.Concat("c", padded.AsSpan(i, length)));
                    }
                }
            }
        }

        return grams;
    }

    /// <summary>Stems in order; each CJK character by itself.</summary>
    internal static List<string> Tokens(string text)
    {
        var words = new List<string>();
        foreach (var compound in CompoundScanner.Scan(TextFold.Fold(text)))
        {
            foreach (var part in compound.Parts)
            {
                if (compound.Kind == CompoundKind.Dense)
                {
                    words.AddRange(part.Select(c => c.ToString()));
                }
                else
                {
                    words.Add(EnglishStemmer.Stem(part));
                }
            }
        }

        return words;
    }
}
