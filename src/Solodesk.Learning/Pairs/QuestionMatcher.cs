using Solodesk.Learning.Linear;
using Solodesk.Learning.Trees;

namespace Solodesk.Learning.Pairs;

/// <summary>
/// Tells whether two questions ask the same. Learns from labelled pairs alone: a linear model over shared, unshared and facing words, whose
/// opinion boosted trees and a logistic regression weigh against overlap, order and company of words.
/// </summary>
/// <remarks>Immutable after training and safe to use from many threads. The same pairs always give the same matcher.</remarks>
public sealed class QuestionMatcher
{
    private const int Folds = 5;
    private const double Cost = 0.3;
    private const int Epochs = 20;
    private const int EnoughToChoose = 400;

    private readonly PairEvidence _evidence;
    private readonly PairGrams _grams;
    private readonly LinearSvm _linear;
    private readonly GradientBoosting[] _trees;
    private readonly LogisticRegression _regression;

    private QuestionMatcher(PairEvidence evidence, PairGrams grams, LinearSvm linear, GradientBoosting[] trees, LogisticRegression regression)
    {
        _evidence = evidence;
        _grams = grams;
        _linear = linear;
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
        var evidence = new PairEvidence([.. texts.SelectMany(t => new[] { t.A, t.B })]);
        var rows = new double[pairs.Count][];
        Parallel.For(0, Folds, fold =>
        {
            // The linear model must not have seen a pair that the trees are shown its opinion of.
            var (grams, linear) = Linear(texts, same, i => i % Folds != fold);
            for (var i = fold; i < texts.Length; i += Folds)
            {
                rows[i] = Row(evidence, grams, linear, texts[i].A, texts[i].B);
            }
        });
        var (allGrams, allLinear) = Linear(texts, same, _ => true);
        var trees = Enumerable.Range(1, 3).Select(seed => GradientBoosting.Train(rows, same, seed: seed)).ToArray();
        var matcher = new QuestionMatcher(evidence, allGrams, allLinear, trees, LogisticRegression.Train(rows, same));
        if (pairs.Count >= EnoughToChoose)
        {
            matcher.Threshold = BestThreshold(rows, same);
        }

        return matcher;
    }

    /// <summary>Probability (0–1) that the two ask the same; the order of the two does not matter.</summary>
    public double Probability(string first, string second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Blend(_trees, _regression, Row(_evidence, _grams, _linear, new PairText(first), new PairText(second)));
    }

    private static double Blend(GradientBoosting[] trees, LogisticRegression regression, double[] row)
    {
        var p = Math.Clamp(regression.Probability(row), 1e-9, 1 - 1e-9);
        var odds = (0.65 * trees.Average(t => t.Score(row))) + (0.35 * Math.Log(p / (1 - p)));
        return 1 / (1 + Math.Exp(-odds));
    }

    private static double[] Row(PairEvidence evidence, PairGrams grams, LinearSvm linear, PairText a, PairText b) =>
        [.. evidence.Of(a, b), linear.Scores(grams.Of(a, b))[0]];

    private static (PairGrams Grams, LinearSvm Linear) Linear((PairText A, PairText B)[] texts, bool[] same, Func<int, bool> use)
    {
        var chosen = Enumerable.Range(0, texts.Length).Where(use).ToArray();
        var grams = new PairGrams(chosen.Select(i => texts[i]));
        var rows = chosen.Select(i => grams.Of(texts[i].A, texts[i].B)).ToArray();
        return (grams, LinearSvm.Train(rows, [.. chosen.Select(i => same[i] ? 0 : -1)], 1, grams.Size, Cost, Epochs));
    }

    // A second pair of models, trained on one half, chooses the threshold on the other.
    private static double BestThreshold(double[][] rows, bool[] same)
    {
        var half = Enumerable.Range(0, rows.Length).Where(i => i % 4 != 0).ToArray();
        double[][] seen = [.. half.Select(i => rows[i])];
        bool[] labels = [.. half.Select(i => same[i])];
        GradientBoosting[] trees = [GradientBoosting.Train(seen, labels)];
        var regression = LogisticRegression.Train(seen, labels);
        var held = Enumerable.Range(0, rows.Length).Where(i => i % 4 == 0).Select(i => (P: Blend(trees, regression, rows[i]), Same: same[i])).OrderBy(x => x.P).ToArray();
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
