namespace Solodesk.Text.Search;

/// <summary>
/// Learns from what was used: moves the rank weights so that the used hit would have stood before those shown above it.
/// </summary>
/// <remarks>
/// One step of gradient descent on the listwise softmax loss (Cao et al., "Learning to Rank: From Pairwise Approach to Listwise Approach", 2007) for each
/// observation, drawn back towards the weights it began with, so that a week of odd clicks cannot ruin the ranking. Weights never
/// become negative. Not thread-safe.
/// </remarks>
/// <param name="origin">The weights that learning is drawn back to.</param>
/// <param name="learned">Where an earlier learner ended; null begins at the origin.</param>
/// <param name="rate">How far one observation goes.</param>
/// <param name="pull">How strongly the origin draws.</param>
public sealed class RankLearner(RankWeights origin, RankWeights? learned = null, double rate = 0.02, double pull = 0.01)
{
    private readonly RankWeights _origin = origin ?? throw new ArgumentNullException(nameof(origin));

    /// <summary>The weights as learned so far.</summary>
    public RankWeights Weights { get; private set; } = learned ?? origin;

    /// <summary>An answer was accepted, an article inserted: <paramref name="used"/> was right among <paramref name="shown"/> (which include it).</summary>
    public void Used(RankFeatures used, IReadOnlyList<RankFeatures> shown) => Step(used, shown, 1);

    /// <summary>"Not helpful": <paramref name="refused"/> was wrong among <paramref name="shown"/> (which include it).</summary>
    public void Refused(RankFeatures refused, IReadOnlyList<RankFeatures> shown) => Step(refused, shown, -0.5);

    private void Step(RankFeatures one, IReadOnlyList<RankFeatures> shown, double direction)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(shown);
        if (shown.Count < 2)
        {
            return;
        }

        var scores = shown.Select(f => Weights.Score(f, f.Dense)).ToArray();
        var top = scores.Max();
        var shares = scores.Select(s => Math.Exp(s - top)).ToArray();
        var sum = shares.Sum();
        var spaced = Weights.Spaced.ToArray();
        var dense = Weights.Dense.ToArray();
        var learned = one.Dense ? dense : spaced;
        var origin = one.Dense ? _origin.Dense : _origin.Spaced;
        for (var i = 0; i < RankFeatures.Number; i++)
        {
            var expected = shown.Select((f, k) => shares[k] / sum * f[i]).Sum();
            learned[i] = Math.Max(0, learned[i] + (rate * direction * (one[i] - expected) * Scale(i)) - (rate * pull * (learned[i] - origin[i])));
        }

        Weights = new RankWeights(spaced, dense);
    }

    // Letter groups score about twenty times as high as words.
    private static double Scale(int feature) => feature == 2 ? 0.0025 : 0.05;
}
