using Solodesk.Learning.Features;
using Solodesk.Learning.Linear;
using Solodesk.Learning.Trees;

namespace Solodesk.Learning.Tests;

public sealed class LinearModelTests
{
    [Fact]
    public void Logistic_regression_is_calibrated_on_what_it_was_trained_on()
    {
        var random = new Random(1);
        double[][] rows = [.. Enumerable.Range(0, 2000).Select(_ => new[] { random.NextDouble() * 4 - 2, random.NextDouble() })];
        bool[] labels = [.. rows.Select(r => random.NextDouble() < 1 / (1 + Math.Exp(-2 * r[0])))];
        var model = LogisticRegression.Train(rows, labels);
        Assert.InRange(rows.Average(r => model.Probability(r)) - labels.Count(l => l) / 2000.0, -0.005, 0.005);
        Assert.InRange(model.Probability([1.0, 0.5]), 0.83, 0.92);
    }

    [Fact]
    public void Boosted_trees_learn_what_no_line_can_separate()
    {
        var random = new Random(2);
        double[][] rows = [.. Enumerable.Range(0, 3000).Select(_ => new[] { random.NextDouble() - 0.5, random.NextDouble() - 0.5 })];
        var model = GradientBoosting.Train(rows, [.. rows.Select(r => r[0] * r[1] > 0)]);
        Assert.True(rows.Count(r => model.Score(r) > 0 == r[0] * r[1] > 0) > 2850);
    }

    [Fact]
    public void A_support_vector_machine_separates_what_can_be_separated()
    {
        SparseVector[] rows = [.. Enumerable.Range(0, 300).Select(i => new SparseVector([i % 3, 3 + (i % 7)], [1, 0.5f]))];
        var svm = LinearSvm.Train(rows, [.. Enumerable.Range(0, 300).Select(i => i % 3)], 3, 10);
        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal(i % 3, Array.IndexOf(svm.Scores(rows[i]), svm.Scores(rows[i]).Max())));
    }
}
