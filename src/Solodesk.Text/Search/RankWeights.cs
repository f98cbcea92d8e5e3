namespace Solodesk.Text.Search;

/// <summary>How much each feature counts, for spaced and for dense scripts. Immutable; learning makes new ones.</summary>
public sealed class RankWeights
{
    private readonly double[] _spaced;
    private readonly double[] _dense;

    /// <summary>Weights in the order of <see cref="RankFeatures"/>; both lists have eight numbers.</summary>
    public RankWeights(IReadOnlyList<double> spaced, IReadOnlyList<double> dense)
    {
        ArgumentNullException.ThrowIfNull(spaced);
        ArgumentNullException.ThrowIfNull(dense);
        if (spaced.Count != RankFeatures.Number || dense.Count != RankFeatures.Number)
        {
            throw new ArgumentException($"Rank weights need {RankFeatures.Number} numbers for each script.");
        }

        _spaced = [.. spaced];
        _dense = [.. dense];
    }

    /// <summary>The weights to begin with, set on public question-answering sets (see bench/README.md).</summary>
    public static RankWeights Default { get; } = new(
        spaced: [1.0, 0.6, 0.02, 0.4, 0.1, 0.2, 0.1, 0],
        dense: [0.05, 0.08, 0, 0.15, 0.03, 0.07, 0.5, 0]);

    /// <summary>Weights for words with spaces between them; to be stored.</summary>
    public IReadOnlyList<double> Spaced => _spaced;

    /// <summary>Weights for Chinese and its like; to be stored.</summary>
    public IReadOnlyList<double> Dense => _dense;

    internal double Score(RankFeatures features, bool dense)
    {
        var weights = dense ? _dense : _spaced;
        var score = 0.0;
        for (var i = 0; i < RankFeatures.Number; i++)
        {
            score += weights[i] * features[i];
        }

        return score;
    }
}
