using System.Buffers;

namespace Solodesk.Mail.Replies;

/// <summary>Finds whole words and makes phrases comparable.</summary>
internal static class Words
{
    /// <summary>Marks that end or divide sentences, in both scripts.</summary>
    public static readonly SearchValues<char> Punctuation = SearchValues.Create("，。、！？；?!;,");

    /// <summary>Of those, the ones that do not occur in the names of people and programs.</summary>
    public static readonly SearchValues<char> FullStops = SearchValues.Create("，。！？；?;");

    /// <summary>Lower case, without spaces and bold marks: how the phrase tables are keyed.</summary>
    public static string Key(ReadOnlySpan<char> phrase)
    {
        Span<char> key = phrase.Length <= 256 ? stackalloc char[phrase.Length] : new char[phrase.Length];
        var length = 0;
        foreach (var c in phrase)
        {
            if (!char.IsWhiteSpace(c) && c is not ('*' or '_' or '’' or '\''))
            {
                key[length++] = char.ToLowerInvariant(c);
            }
        }

        return new string(key[..length]);
    }

    /// <summary>Where a word stands as a whole word, at or after a position; -1 if it does not.</summary>
    public static int IndexOf(string text, string word, int from = 0)
    {
        while (from <= text.Length - word.Length)
        {
            var at = text.IndexOf(word, from, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return -1;
            }

            if (IsEdge(text, at - 1, word[0]) && IsEdge(text, at + word.Length, word[^1]))
            {
                return at;
            }

            from = at + 1;
        }

        return -1;
    }

    public static bool StartsWith(string text, string word) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && IsEdge(text, word.Length, word[^1]);

    /// <summary>How many words, a CJK character counting as half of one.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var (words, ideographs, inside) = (0, 0, false);
        foreach (var c in text)
        {
            if (IsIdeograph(c))
            {
                ideographs++;
                inside = false;
            }
            else if (char.IsLetterOrDigit(c))
            {
                words += inside ? 0 : 1;
                inside = true;
            }
            else
            {
                inside &= c is '\'' or '’' or '-' or '.' or '@';
            }
        }

        return words + (ideographs + 1) / 2;
    }

    public static bool IsIdeograph(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3');

    // Scripts without spaces have no word edges.
    private static bool IsEdge(string text, int at, char neighbour) =>
        at < 0 || at >= text.Length || IsIdeograph(neighbour) || !char.IsLetter(text[at]) || IsIdeograph(text[at]);
}
