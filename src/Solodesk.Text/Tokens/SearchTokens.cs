using System.Text;

namespace Solodesk.Text.Tokens;

/// <summary>
/// The tokens of full-text search, made here so that SQLite FTS5 (<c>unicode61</c>) and PostgreSQL (<c>tsvector</c>,
/// configuration <c>simple</c>) see exactly the same ones.
/// </summary>
/// <remarks>
/// <para>
/// Contract. Every token consists of letters and digits only, is folded (see <see cref="TextFold"/>), and is at most 64 characters long; tokens are
/// separated by one space. Both engines keep such tokens whole and unchanged. Any text may be given; nothing throws, and text without
/// letters or digits gives the empty string.
/// </para>
/// <para>
/// Per script. Han, kana, Hangul, Thai and Lao: every character and every pair of neighbours (退款 → <c>退 退款 款</c>). Other words: the word,
/// and its English stem when that differs (<c>refunds refund</c>). <c>wi-fi</c>, <c>SO-2024-0012</c>, <c>anna@example.com</c>: the parts, and all
/// of it without punctuation (<c>annaexamplecom</c>). Seven to fifteen digits grouped like a telephone number: the groups, all digits, and
/// the last 11, 10, 8, 7 and 4, so that a number is found with and without its country code. Letters that old Unicode tables do not know
/// become <c>u</c> and their hexadecimal code point; words that begin like 9e5 are written n9e5.
/// </para>
/// <para>
/// Use. Store <see cref="ForIndex"/> in the indexed column; ask with <see cref="ForQuery"/> and <see cref="ToFts5"/> or <see cref="ToTsQuery"/>.
/// A change here asks for the stored tokens to be rebuilt: <see cref="Version"/> says which rules made them.
/// </para>
/// </remarks>
public static class SearchTokens
{
    /// <summary>Number of the rules above; stored tokens made by another number must be made again.</summary>
    public const int Version = 1;

    private static readonly int[] PhoneTails = [11, 10, 8, 7, 4];

    /// <summary>The tokens of <paramref name="text"/> to be indexed, separated by single spaces; empty when there are none.</summary>
    public static string ForIndex(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var tokens = new StringBuilder(text.Length * 2);
        foreach (var compound in CompoundScanner.Scan(TextFold.Fold(text)))
        {
            switch (compound.Kind)
            {
                case CompoundKind.Single:
                    AddWord(tokens, compound.Parts[0]);
                    break;
                case CompoundKind.Glued or CompoundKind.Address:
                    AddAll(tokens, compound.Parts);
                    Add(tokens, compound.Joined);
                    break;
                case CompoundKind.Phone:
                    AddPhone(tokens, compound);
                    break;
                case CompoundKind.Dense:
                    AddDense(tokens, compound.Parts[0]);
                    break;
            }
        }

        return tokens.ToString();
    }

    /// <summary>
    /// What a search for <paramref name="text"/> asks for. Question words and particles are left out unless there is nothing else.
    /// With <paramref name="typing"/> the last word counts as a beginning. Empty when there is nothing to search for.
    /// </summary>
    public static IReadOnlyList<SearchTerm> ForQuery(string? text, bool typing = false)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        var compounds = CompoundScanner.Scan(TextFold.Fold(text));
        var terms = new List<SearchTerm>();
        foreach (var compound in compounds)
        {
            AddTerms(terms, compound, keepStopWords: false);
        }

        if (terms.Count == 0)
        {
            compounds.ForEach(c => AddTerms(terms, c, keepStopWords: true));
        }

        if (typing && terms.Count > 0 && char.IsLetterOrDigit(text[^1]))
        {
            terms[^1] = terms[^1] with { IsPrefix = true };
        }

        return terms;
    }

    /// <summary>The terms as the right side of FTS5's <c>MATCH</c>; every token quoted. Empty for no terms: do not ask then.</summary>
    public static string ToFts5(IReadOnlyList<SearchTerm> terms, SearchMatch match) =>
        QueryText.Write(terms, match == SearchMatch.All ? " AND " : " OR ", " AND ", " OR ", (t, p) => p ? $"\"{t}\"*" : $"\"{t}\"");

    /// <summary>The terms as the text of <c>to_tsquery('simple', …)</c>; every token quoted. Empty for no terms: do not ask then.</summary>
    public static string ToTsQuery(IReadOnlyList<SearchTerm> terms, SearchMatch match) =>
        QueryText.Write(terms, match == SearchMatch.All ? " & " : " | ", " & ", " | ", (t, p) => p ? $"'{t}':*" : $"'{t}'");

    private static void AddTerms(List<SearchTerm> terms, Compound compound, bool keepStopWords)
    {
        switch (compound.Kind)
        {
            case CompoundKind.Single:
                var word = compound.Parts[0];
                if (keepStopWords || !StopWords.English.Contains(word))
                {
                    var stem = EnglishStemmer.Stem(word);
                    terms.Add(new SearchTerm(stem == word ? [word] : [word, stem], []));
                }

                break;
            case CompoundKind.Glued:
                terms.Add(new SearchTerm([compound.Joined], compound.Parts));
                break;
            case CompoundKind.Address:
                terms.Add(new SearchTerm([compound.Joined], []));
                break;
            case CompoundKind.Phone:
                terms.Add(PhoneTerm(compound));
                break;
            case CompoundKind.Dense:
                foreach (var piece in keepStopWords ? [compound.Parts[0]] : StopWords.Cut(compound.Parts[0]))
                {
                    AddDenseTerms(terms, piece);
                }

                break;
        }
    }

    private static SearchTerm PhoneTerm(Compound compound)
    {
        var digits = compound.Joined;
        var spellings = new List<string> { digits };
        foreach (var tail in (int[])[11, 10])
        {
            if (tail < digits.Length)
            {
                spellings.Add(digits[^tail..]);
            }
        }

        return new SearchTerm(spellings, compound.Parts.Count > 1 ? compound.Parts : []);
    }

    private static void AddDenseTerms(List<SearchTerm> terms, string run)
    {
        if (run.Length == 1)
        {
            terms.Add(new SearchTerm([run], []));
        }

        for (var i = 0; i + 1 < run.Length; i++)
        {
            terms.Add(new SearchTerm([run.Substring(i, 2)], []));
        }
    }

    private static void AddDense(StringBuilder tokens, string run)
    {
        for (var i = 0; i < run.Length; i++)
        {
            Add(tokens, run.AsSpan(i, 1));
            if (i + 1 < run.Length)
            {
                Add(tokens, run.AsSpan(i, 2));
            }
        }
    }

    private static void AddPhone(StringBuilder tokens, Compound compound)
    {
        if (compound.Parts.Count > 1)
        {
            AddAll(tokens, compound.Parts);
        }

        var digits = compound.Joined;
        Add(tokens, digits);
        foreach (var tail in PhoneTails)
        {
            if (tail < digits.Length)
            {
                Add(tokens, digits.AsSpan(digits.Length - tail));
            }
        }
    }

    private static void AddAll(StringBuilder tokens, IReadOnlyList<string> parts)
    {
        foreach (var part in parts)
        {
            AddWord(tokens, part);
        }
    }

    private static void AddWord(StringBuilder tokens, string word)
    {
        Add(tokens, word);
        var stem = EnglishStemmer.Stem(word);
        if (stem != word)
        {
            Add(tokens, stem);
        }
    }

    private static void Add(StringBuilder tokens, ReadOnlySpan<char> token)
    {
        if (tokens.Length > 0)
        {
            tokens.Append(' ');
        }

        tokens.Append(token);
    }
}
