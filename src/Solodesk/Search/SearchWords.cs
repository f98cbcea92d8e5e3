using Solodesk.Text.Tokens;

namespace Solodesk.Search;

/// <summary>
/// What a search asks the index for. Whole words come first: their places lie in the index in order, so that the newest of a common word are
/// found without reading the rest. All words with one beginning must be gathered before the first is known, so that is asked only when the
/// whole word did not fill the answer.
/// </summary>
/// <param name="Whole">The words as they stand; empty when there is nothing to search for.</param>
/// <param name="Begun">The same with the last one as a beginning; null when that can give nothing more.</param>
public sealed record SearchWords(IReadOnlyList<SearchTerm> Whole, IReadOnlyList<SearchTerm>? Begun)
{
    /// <summary>Texts looked at for one answer, the newest: a common word costs what a rare one does.</summary>
    public const int Candidates = 1000;

    /// <summary>Fewer letters begin too many words. Chinese has shorter tokens only, and each of its characters is one of them.</summary>
    private const int ShortestBeginning = 3;

    public static SearchWords Of(string query)
    {
        var begun = SearchTokens.ForQuery(query, typing: true);
        if (begun.Count == 0)
        {
            return new([], null);
        }

        var last = begun[^1];
        var before = begun.Take(begun.Count - 1).ToList();

        IReadOnlyList<SearchTerm> whole = [.. before, last with { IsPrefix = false }];
        if (!last.IsPrefix || !last.AnyOf.All(IsLong))
        {
            return new(whole, null);
        }

        return new(whole, last.OrAllOf.All(IsLong) ? begun : [.. before, last with { OrAllOf = [] }]);
    }

    private static bool IsLong(string token) => token.Length >= ShortestBeginning;
}
