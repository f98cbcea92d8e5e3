namespace Solodesk.Text.Search;

/// <summary>One entry that was found.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Score">Higher is better; comparable within one search only.</param>
/// <param name="Matched">The words of the question that it contains, folded; the reason to show.</param>
/// <param name="Features">What the re-ranker saw; give it back to <see cref="RankLearner"/> when the hit was used.</param>
public sealed record SearchHit(string Id, double Score, IReadOnlyList<string> Matched, RankFeatures Features);

/// <summary>The outcome of a search.</summary>
/// <param name="Hits">Best first; at most as many as asked for.</param>
/// <param name="Confidence">Probability (0–1) that the first hit answers the question; 0 without hits.</param>
public sealed record SearchResult(IReadOnlyList<SearchHit> Hits, double Confidence)
{
    /// <summary>Nothing found.</summary>
    public static readonly SearchResult Nothing = new([], 0);
}
