using Solodesk.Text.Tokens;

namespace Solodesk.Search;

/// <summary>
/// What a search asks the index for. Whole words come first: their places lie in the index in order, so that the newest of a common word are
/// found without reading the rest. Beginnings are asked for only when the whole word did not fill the answer.
/// </summary>
/// <param name="Whole">The words as they stand; empty when there is nothing to search for.</param>
/// <param name="Begun">The same with the last one as a beginning, in each of its spellings; empty when that can give nothing more.</param>
public sealed record SearchWords(IReadOnlyList<SearchTerm> Whole, IReadOnlyList<IReadOnlyList<SearchTerm>> Begun)
{
    /// <summary>Texts looked at for one answer, the newest: a common word costs what a rare one does.</summary>
    public const int Candidates = 1000;

    public static SearchWords Of(string query)
    {
        var typed = SearchTokens.ForQuery(query, typing: true);
        if (typed.Count == 0)
        {
            return new([], []);
        }

        var last = typed[^1];
        List<SearchTerm> before = [.. typed.SkipLast(1)];
        List<IReadOnlyList<SearchTerm>> begun = [];
        if (last.IsPrefix && last.AnyOf.All(IsLong))
        {
            begun.Add([.. before, last with { OrAllOf = [] }]);
            if (last.OrAllOf.Count > 0 && IsLong(last.OrAllOf[^1]))
            {
                begun.Add([.. before, .. last.OrAllOf.SkipLast(1).Select(p => new SearchTerm([p], [])), new SearchTerm([last.OrAllOf[^1]], [], IsPrefix: true)]);
            }
        }

        return new([.. before, last with { IsPrefix = false }], begun);
    }

    private static bool IsLong(string token) => token.Length >= WordBeginnings.Shortest;
}
