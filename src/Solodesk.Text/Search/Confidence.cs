namespace Solodesk.Text.Search;

/// <summary>How likely a candidate answers the question: a logistic function of what the ranking saw, fitted on public sets.</summary>
public static class Confidence
{
    /// <summary>How many numbers <see cref="Evidence"/> gives; the constant comes after them.</summary>
    public const int Number = 7;

    // Printed by `Solodesk.Eval calibrate` (bench/README.md says on which sets and how well it fits); the constant comes last.
    private static readonly double[] SpacedWeights = [0.688, 0, 2.047, 0.203, 0.073, 3.904, 0.528, -5.331];
    private static readonly double[] DenseWeights = [3.774, 0, 4.124, 2.402, 0, 0, 0, -7.508];

    /// <summary>The probability (0–1) that a candidate is right.</summary>
    /// <param name="features">What the ranking knows about it.</param>
    /// <param name="score">Its score.</param>
    /// <param name="rival">The best score of another candidate of the same search; 0 when there is none.</param>
    /// <param name="entries">How many entries were searched: words are rarer, and scores higher, among more.</param>
    public static double Of(RankFeatures features, double score, double rival, int entries)
    {
        ArgumentNullException.ThrowIfNull(features);
        var weights = features.Dense ? DenseWeights : SpacedWeights;
        var evidence = Evidence(features, score, rival, entries);
        var sum = weights[^1];
        for (var i = 0; i < evidence.Length; i++)
        {
            sum += weights[i] * evidence[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>What the probability is computed from, in the order of the weights; for those who fit them.</summary>
    public static double[] Evidence(RankFeatures features, double score, double rival, int entries)
    {
        ArgumentNullException.ThrowIfNull(features);
        var scale = Math.Log(2 + Math.Max(0, entries));
        var lead = (score - rival) / Math.Max(1e-9, Math.Max(score, rival));
        return
        [
            features.Coverage / 10,
            features.Count / 10,
            lead >= 0 ? Math.Sqrt(lead) : -Math.Sqrt(-lead),
            Math.Log(1 + (score / scale)),
            Math.Log(1 + (features.Sentence / scale)),
            Math.Log(1 + (features.Heading / scale)),
            features.Coverage / 10 * (features.Heading / Math.Max(1e-9, features.Heading + features.Body)),
        ];
    }
}
