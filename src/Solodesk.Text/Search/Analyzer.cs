using Solodesk.Text.Tokens;

namespace Solodesk.Text.Search;

/// <summary>Cuts text into the terms that are matched: stems, CJK characters and pairs, and the letter groups of words.</summary>
internal static class Analyzer
{
    /// <summary>Stop words apart, the terms of a text to be found.</summary>
    internal static List<string> Terms(string text)
    {
        var terms = new List<string>();
        foreach (var compound in CompoundScanner.Scan(TextFold.Fold(text)))
        {
            if (compound.Kind == CompoundKind.Dense)
            {
                AddDense(terms, compound.Parts[0]);
                continue;
            }

            foreach (var part in compound.Parts)
            {
                if (!StopWords.English.Contains(part))
                {
                    terms.Add(EnglishStemmer.Stem(part));
                }
            }

            if (compound.Parts.Count > 1)
            {
                terms.Add(EnglishStemmer.Stem(compound.Joined));
            }
        }

        return terms;
    }

    internal static void AddDense(List<string> terms, string run)
    {
        for (var i = 0; i < run.Length; i++)
        {
            terms.Add(run.Substring(i, 1));
            if (i + 1 < run.Length)
            {
                terms.Add(run.Substring(i, 2));
            }
        }
    }

    /// <summary>
    /// Groups of 3 to 5 letters of the words, spaces between them included: they still match when a letter is wrong or an ending unknown.
    /// </summary>
    internal static List<string> LetterGroups(string text)
    {
        var words = CompoundScanner.Scan(TextFold.Fold(text))
            .Where(c => c.Kind != CompoundKind.Dense)
            .SelectMany(c => c.Parts)
            .Where(p => !StopWords.English.Contains(p));
        var line = " " + string.Join(' ', words) + " ";
        var groups = new List<string>();
        for (var length = 3; length <= 5; length++)
        {
            for (var i = 0; i + length <= line.Length; i++)
            {
                groups.Add(line.Substring(i, length));
            }
        }

        return groups;
    }

    /// <summary>True for a term of one CJK character, which says less than a pair but is met more often.</summary>
    internal static bool IsUnigram(string term) => term.Length == 1 && RunScanner.IsDense(term[0]);
}
