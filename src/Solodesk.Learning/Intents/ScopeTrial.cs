using Solodesk.Learning.Linear;

namespace Solodesk.Learning.Intents;

/// <summary>
/// Makes examples of being out of scope: trains without some intents and looks at their texts, at held-out texts of the other intents, and at real
/// out-of-scope texts that the training had not seen.
/// </summary>
internal sealed class ScopeTrial
{
    private const int Large = 2000;

    // Real out-of-scope texts are few and count together three fifths of the made ones.
    private const double RealShare = 0.6;

    private readonly List<double[]> _evidence = [];
    private readonly List<bool> _inside = [];
    private readonly List<bool> _real = [];

    internal static ScopeTrial Run(string[] texts, int[] labels, int intents, string[] outside)
    {
        var trial = new ScopeTrial();
        var large = texts.Length >= Large;
        var folds = Math.Min(large ? 3 : 5, intents / 2);
        for (var round = 0; round < (large ? 1 : 4); round++)
        {
            var random = new Random(5 + round);
            var order = Enumerable.Range(0, intents).ToArray();
            random.Shuffle(order);
            var intentFold = new int[intents];
            for (var i = 0; i < intents; i++)
            {
                intentFold[order[i]] = i % folds;
            }

            int[] textFold = [.. texts.Select(_ => random.Next(large ? 5 : folds))];
            for (var fold = 0; fold < folds; fold++)
            {
                trial.Leave(fold, texts, labels, intents, intentFold, textFold, outside, folds);
            }
        }

        return trial;
    }

    internal LogisticRegression Train()
    {
        var real = _real.Count(r => r);
        var made = _inside.Count(i => !i) - real;
        var weight = real == 0 ? 1 : Math.Max(1, RealShare * made / real);
        return LogisticRegression.Train(_evidence, _inside, [.. _real.Select(r => r ? weight : 1)]);
    }

    /// <summary>
    /// The threshold under which the wanted share of the real out-of-scope texts falls, but never below what costs the intents nearly nothing: when the
    /// real ones are easy to tell, their odds are so small that hardly anything else would be handed over.
    /// </summary>
    internal double ThresholdFor(LogisticRegression scope, double recall)
    {
        const double CostsNothing = 0.01;
        var outside = Quantile(_evidence.Where((_, i) => _real[i]).Select(e => scope.Probability(e)), recall);
        var inside = Quantile(_evidence.Where((_, i) => _inside[i]).Select(e => scope.Probability(e)), CostsNothing);
        return Math.Max(outside, inside);
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    private void Leave(
        int fold, string[] texts, int[] labels, int intents, int[] intentFold, int[] textFold, string[] outside, int folds)
    {
        var kept = new List<int>();
        var held = new List<int>();
        var left = new List<int>();
        for (var i = 0; i < texts.Length; i++)
        {
            (intentFold[labels[i]] == fold ? left : textFold[i] == fold ? held : kept).Add(i);
        }

        if (kept.Count == 0)
        {
            return;
        }

        var seen = outside.Where((_, i) => i % folds != fold).ToArray();
        var model = new IntentModel([.. kept.Select(i => texts[i])], [.. kept.Select(i => labels[i])], intents, seen, epochs: 8);
        held.ForEach(i => Add(model, texts[i], inside: true, real: false));
        left.ForEach(i => Add(model, texts[i], inside: false, real: false));
        foreach (var text in outside.Where((_, i) => i % folds == fold))
        {
            Add(model, text, inside: false, real: true);
        }
    }

    private void Add(IntentModel model, string text, bool inside, bool real)
    {
        _evidence.Add(model.Look(text).Evidence);
        _inside.Add(inside);
        _real.Add(real);
    }
}
