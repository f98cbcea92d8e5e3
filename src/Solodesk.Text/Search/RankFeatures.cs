namespace Solodesk.Text.Search;

/// <summary>What the ranking knows about one candidate; every number is larger when it fits better, and none is negative.</summary>
/// <param name="Heading">BM25 of the heading.</param>
/// <param name="Body">BM25 of the body, all answers to the question pooled.</param>
/// <param name="Letters">BM25 of the heading's letter groups.</param>
/// <param name="Sentence">Fit of the best sentence.</param>
/// <param name="Window">Fit of the best two sentences in a row.</param>
/// <param name="Rare">Like heading and body, rare words counted more.</param>
/// <param name="Coverage">Share of the question's words, by weight, that are there at all, times ten.</param>
/// <param name="Count">The same by number instead of weight.</param>
/// <param name="Dense">True when the question is written in a script without spaces; other weights count then.</param>
public sealed record RankFeatures(
    double Heading, double Body, double Letters, double Sentence, double Window, double Rare, double Coverage, double Count, bool Dense)
{
    internal const int Number = 9;

    /// <summary>How close together the question's words stand; looked at for dense scripts only, else 0.</summary>
    public double Near { get; init; }

    internal double this[int i] => i switch
    {
        0 => Heading,
        1 => Body,
        2 => Letters,
        3 => Sentence,
        4 => Window,
        5 => Rare,
        6 => Coverage,
        7 => Count,
        8 => Near,
        _ => throw new ArgumentOutOfRangeException(nameof(i)),
    };
}
