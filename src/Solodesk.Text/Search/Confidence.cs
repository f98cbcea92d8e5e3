namespace Solodesk.Text.Search;

/// <summary>How likely the first candidate is the right one.</summary>
internal static class Confidence
{
    // Set by hand so that a question with all its words and a clear lead is sure and one with a third of them is not; the constant comes last.
    private static readonly double[] SpacedWeights = [3, 1, 4, 0.5, 0.5, -6];
    private static readonly double[] DenseWeights = [3, 1, 4, 0.5, 0.5, -6];

    /// <summary>A logistic function of how much of the question was found and how far the second is behind.</summary>
    internal static double Of(List<Candidate> candidates, Question question)
    {
        var second = candidates.Count > 1 ? candidates[1].Score : 0;
        return Of(candidates[0].Features, candidates[0].Score, second, question.IsDense ? DenseWeights : SpacedWeights);
    }

    private static double Of(RankFeatures features, double first, double second, double[] weights)
    {
        double[] inputs =
        [
            features.Coverage / 10, features.Count / 10, first > 0 ? Math.Sqrt(Math.Max(0, 1 - (second / first))) : 0, Math.Log(1 + first), Math.Log(1 + features.Sentence),
        ];
        var sum = weights[^1];
        for (var i = 0; i < inputs.Length; i++)
        {
            sum += weights[i] * inputs[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }
}
