using Solodesk.Learning.Linear;
using Solodesk.Learning.Trees;

namespace Solodesk.Learning.Pairs;

/// <summary>
/// Tells whether two questions ask the same. Learns from labelled pairs alone: a linear model over shared, unshared and facing words, a translation model,
/// vectors of grams, and the known questions near each side; boosted trees and a logistic regression weigh them with overlap, order and company of words.
/// </summary>
/// <remarks>Immutable after training and safe to use from many threads. The same pairs always give the same matcher.</remarks>
public sealed class QuestionMatcher
{
    private const int Folds = 5;
    private const int Trees = 3;
    private const int EnoughToChoose = 400;

    private readonly PairKnowledge _knowledge;
    private readonly GradientBoosting[] _trees;
    private readonly LogisticRegression _regression;

    private QuestionMatcher(PairKnowledge knowledge, GradientBoosting[] trees, LogisticRegression regression)
    {
        _knowledge = knowledge;
        _trees = trees;
        _regression = regression;
    }

    /// <summary>The probability from which on two questions count as the same; set on held-out training pairs, one half when they are too few.</summary>
    public double Threshold { get; private set; } = 0.5;

    /// <summary>Trains on pairs of both kinds; twenty of each are the least that make sense.</summary>
    /// <exception cref="ArgumentException">One of the two kinds is missing.</exception>
    public static QuestionMatcher Train(IReadOnlyList<QuestionPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (!pairs.Any(p => p.Same) || pairs.All(p => p.Same))
        {
            throw new ArgumentException("Training needs pairs that are the same and pairs that are not.", nameof(pairs));
        }

        var texts = pairs.Select(p => (A: new PairText(p.First), B: new PairText(p.Second))).ToArray();
        var same = pairs.Select(p => p.Same).ToArray();
        var folds = PairFolds.Of(texts, Folds);
        var rows = new double[pairs.Count][];
        PairKnowledge? all = null;
        Parallel.For(0, Folds + 1, fold =>
        {
            // What the trees are shown of a pair comes from pairs that share no sentence with it: as new will be what they are asked later.
            var chosen = Where(folds, f => f != fold);
            var knowledge = new PairKnowledge([.. chosen.Select(i => texts[i])], [.. chosen.Select(i => same[i])]);
            foreach (var i in Where(folds, f => f == fold))
            {
                rows[i] = knowledge.Of(texts[i].A, texts[i].B);
            }

            if (fold == Folds)
            {
                all = knowledge;
            }
        });
        var trees = new GradientBoosting[Trees];
        Parallel.For(0, Trees, seed => trees[seed] = GradientBoosting.Train(rows, same, seed: seed + 1));
        var matcher = new QuestionMatcher(all!, trees, LogisticRegression.Train(rows, same));
        if (pairs.Count >= EnoughToChoose)
        {
            matcher.Threshold = BestThreshold(rows, same, folds);
        }

        return matcher;
    }

    /// <summary>Probability (0–1) that the two ask the same; the order of the two does not matter.</summary>
    public double Probability(string first, string second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Blend(_trees, _regression, _knowledge.Of(new PairText(first), new PairText(second)));
    }

    private static double Blend(GradientBoosting[] trees, LogisticRegression regression, double[] row)
    {
        var p = Math.Clamp(regression.Probability(row), 1e-9, 1 - 1e-9);
        var odds = (0.65 * trees.Average(t => t.Score(row))) + (0.35 * Math.Log(p / (1 - p)));
        return 1 / (1 + Math.Exp(-odds));
    }

    private static int[] Where(int[] folds, Func<int, bool> use) => [.. Enumerable.Range(0, folds.Length).Where(i => use(folds[i]))];

    // For each fold a second pair of models, trained on the others, says what it thinks of the fold; the threshold is right for as many as can be.
    private static double BestThreshold(double[][] rows, bool[] same, int[] folds)
    {
        var opinions = new double[rows.Length];
        Parallel.For(0, Folds, fold =>
        {
            var rest = Where(folds, f => f != fold);
            double[][] seen = [.. rest.Select(i => rows[i])];
            bool[] labels = [.. rest.Select(i => same[i])];
            GradientBoosting[] trees = [GradientBoosting.Train(seen, labels)];
            var regression = LogisticRegression.Train(seen, labels);
            foreach (var i in Where(folds, f => f == fold))
            {
                opinions[i] = Blend(trees, regression, rows[i]);
            }
        });
        var held = opinions.Zip(same, (p, s) => (P: p, Same: s)).OrderBy(x => x.P).ToArray();
        var right = held.Count(h => h.Same);
        var best = (Right: right, Threshold: 0.0);
        for (var i = 0; i < held.Length; i++)
        {
            right += held[i].Same ? -1 : 1;
            if (right > best.Right)
            {
                best = (right, i + 1 < held.Length ? (held[i].P + held[i + 1].P) / 2 : 1);
            }
        }

        return best.Threshold;
    }
}
