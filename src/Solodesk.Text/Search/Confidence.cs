namespace Solodesk.Text.Search;

/// <summary>How likely the first candidate is the right one.</summary>
internal static class Confidence
{
    /// <summary>
    /// A logistic function of how much of the question was found and how far the second is behind.
    /// </summary>
    internal static double Of(List<Candidate> candidates, Question question)
    {
        var first = candidates[0];
        var behind = candidates.Count > 1 && first.Score > 0 ? 1 - (candidates[1].Score / first.Score) : 1;
        var x = Inputs(first, behind, question);
        var weights = question.IsDense ? DenseWeights : SpacedWeights;
        var sum = weights[^1];
        for (var i = 0; i < x.Length; i++)
        {
            sum += weights[i] * x[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    internal static double[] Inputs(Candidate first, double behind, Question question)
    {
        var asked = Math.Max(1, question.Concepts.Sum(c => c.Weight));
        return [first.Features.Coverage / 10, Math.Sqrt(Math.Max(0, behind)), first.Score / asked / 3, first.Features.Sentence / asked / 3];
    }

    private static readonly double[] SpacedWeights = [4, 3, 1, 0, -4];
    private static readonly double[] DenseWeights = [4, 3, 1, 0, -4];
}
