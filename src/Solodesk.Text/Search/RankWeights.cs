namespace Solodesk.Text.Search;

/// <summary>How much each feature counts, for spaced and for dense scripts. Immutable; learning makes new ones.</summary>
public sealed class RankWeights
{
    private const int Fewest = 8;

    private readonly double[] _spaced;
    private readonly double[] _dense;

    private static readonly double[] DefaultSpaced = [1.0, 0.6, 0.02, 0.4, 0.1, 0.2, 0.1, 0, 0];
    private static readonly double[] DefaultDense = [0.04, 0.066, 0, 0.073, 0.045, 0, 0.1, 0, 0.1];

    /// <summary>
    /// Weights in the order of <see cref="RankFeatures"/>, Near last. Lists that were stored before a feature came are continued with its default.
    /// </summary>
    public RankWeights(IReadOnlyList<double> spaced, IReadOnlyList<double> dense)
    {
        ArgumentNullException.ThrowIfNull(spaced);
        ArgumentNullException.ThrowIfNull(dense);
        if (spaced.Count is < Fewest or > RankFeatures.Number || dense.Count is < Fewest or > RankFeatures.Number)
        {
            throw new ArgumentException($"Rank weights need {RankFeatures.Number} numbers for each script.");
        }

        _spaced = [.. spaced, .. DefaultSpaced.AsSpan(spaced.Count)];
        _dense = [.. dense, .. DefaultDense.AsSpan(dense.Count)];
    }

    /// <summary>The weights to begin with, set on public question-answering sets (see bench/README.md).</summary>
    public static RankWeights Default { get; } = new(DefaultSpaced, DefaultDense);

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
