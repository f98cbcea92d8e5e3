using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Text.Tokens;

namespace Solodesk.Search;

/// <summary>What a word that is still being typed may become, and a search in its two steps: the words as they stand, then their beginnings.</summary>
public static class WordBeginnings
{
    /// <summary>Fewer letters begin too many words. Chinese has shorter tokens only, and each of its characters is one of them.</summary>
    public const int Shortest = 3;

    /// <summary>Sorts behind every word that begins with what stands before it.</summary>
    public const string Last = "\U0010FFFF";

    /// <summary>Words that one beginning is taken for at most, the shortest first.</summary>
    private const int Most = 64;

    // Words looked at to find those: a beginning that many order numbers share costs what a rare one does.
    private const int Looked = 2000;

    /// <summary>Those of a text's tokens that are kept to be found by their beginnings.</summary>
    public static IEnumerable<string> Of(string tokens)
        => tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(t => t.Length >= Shortest).Distinct(StringComparer.Ordinal);

    /// <summary>Tickets by whole words first; by the beginning of the last one when those do not fill the answer.</summary>
    /// <param name="db">The database.</param>
    /// <param name="query">What was typed.</param>
    /// <param name="limit">The most tickets to give back.</param>
    /// <param name="whole">Asks the index for all of these terms.</param>
    /// <param name="begun">Asks it for all of these terms and any of these words.</param>
    /// <param name="ct">Stops the search.</param>
    public static async Task<IReadOnlyList<Guid>> FindAsync(DeskDb db, string query, int limit, Func<IReadOnlyList<SearchTerm>, Task<IReadOnlyList<Guid>>> whole,
        Func<IReadOnlyList<SearchTerm>, IReadOnlyList<string>, Task<IReadOnlyList<Guid>>> begun, CancellationToken ct)
    {
        var words = SearchWords.Of(query);
        var found = words.Whole.Count == 0 ? [] : await whole(words.Whole);
        foreach (var typed in words.Begun)
        {
            if (found.Count < limit && await StartingWithAsync(db, typed[^1].AnyOf, ct) is { Count: > 0 } become)
            {
                found = [.. found.Concat(await begun([.. typed.SkipLast(1)], become)).Distinct().Take(limit)];
            }
        }

        return found;
    }

    private static async Task<List<string>> StartingWithAsync(DeskDb db, IReadOnlyList<string> beginnings, CancellationToken ct)
    {
        var words = new List<string>();
        foreach (var beginning in beginnings)
        {
            var last = beginning + Last;
            words.AddRange(await db.Set<IndexedWord>().Where(w => w.Word.CompareTo(beginning) >= 0 && w.Word.CompareTo(last) < 0).OrderBy(w => w.Word).Take(Looked)
                .OrderBy(w => w.Word.Length).ThenBy(w => w.Word).Select(w => w.Word).Take(Most).ToListAsync(ct));
        }

        return [.. words.Distinct(StringComparer.Ordinal)];
    }
}
