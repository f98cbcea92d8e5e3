using Solodesk.Text.Search;

namespace Solodesk.Eval;

/// <summary>
/// Fits the weights of <see cref="Confidence"/>: questions are asked of knowledge bases made from public sets, of several sizes, each
/// question once where its answer is and once where it was taken out, and a logistic regression learns when the first hit was right.
/// </summary>
internal static class Calibrate
{
    // A company of one has dozens of articles; the sets have thousands.
    private static readonly int[] Sizes = [50, 200, 1000];
    private const int Questions = 600;

    internal static object Run(Options options)
    {
        var sets = new List<(string Name, List<Trial> Trials)>();
        var documents = options.Any("--documents");
        for (var i = 0; i < documents.Count; i++)
        {
            sets.Add((documents[i], CalibrationSets.Retrieval(documents[i], options.Any("--queries")[i], options.Any("--relevance")[i], Sizes, Questions)));
        }

        sets.AddRange(options.Any("--pairs").Select(p => (p, CalibrationSets.Pairs(p, Sizes, Questions))));
        sets.AddRange(options.Any("--intents").Zip(options.Any("--asked"), (t, a) => (t + " " + a, CalibrationSets.Intents(t, a, Questions * 2))));
        return new
        {
            task = "calibrate",
            spaced = Fit(sets, dense: false),
            dense = Fit(sets, dense: true),
        };
    }

    private static object Fit(List<(string Name, List<Trial> Trials)> sets, bool dense)
    {
        var mine = sets.Select(s => (s.Name, Trials: s.Trials.Where(t => t.Dense == dense).ToList())).Where(s => s.Trials.Count > 50).ToList();
        var weights = Logistic([.. mine.SelectMany(s => Weighed(s.Trials))]);

        // Held out whole sets: the weights that a set is judged by have not seen it.
        return new
        {
            weights = weights.Select(w => Math.Round(w, 3)),
            sets = mine.Select(set =>
            {
                var others = mine.Where(o => o.Name != set.Name).SelectMany(o => Weighed(o.Trials)).ToList();
                var w = others.Count == 0 ? weights : Logistic(others);
                return new { set = set.Name, trials = set.Trials.Count, right = Share(set.Trials), fitted = Judge(set.Trials, weights), unseen = Judge(set.Trials, w) };
            }),
        };
    }

    // Every set weighs the same, however many questions it has.
    private static IEnumerable<(double[] X, bool Right, double Weight)> Weighed(List<Trial> trials) => trials.Select(t => (t.Evidence, t.Right, 1000.0 / trials.Count));

    private static double Share(List<Trial> trials) => Math.Round(trials.Count(t => t.Right) / (double)trials.Count, 3);

    private static object Judge(List<Trial> trials, double[] weights)
    {
        var judged = trials.Select(t => (P: Probability(weights, t.Evidence), t.Right)).OrderBy(j => j.P).ToList();
        var bins = judged.GroupBy(j => Math.Min(9, (int)(j.P * 10)));
        var right = judged.Count(j => j.Right);
        long ranks = judged.Select((j, i) => j.Right ? i + 1L : 0).Sum();
        return new
        {
            brier = Math.Round(judged.Average(j => Math.Pow(j.P - (j.Right ? 1 : 0), 2)), 3),
            calibrationError = Math.Round(bins.Sum(b => Math.Abs(b.Average(j => j.P) - b.Average(j => j.Right ? 1.0 : 0)) * b.Count()) / judged.Count, 3),
            auc = Math.Round((ranks - (right * (right + 1L) / 2)) / Math.Max(1.0, (double)right * (judged.Count - right)), 3),
        };
    }

    private static double Probability(double[] weights, double[] x)
    {
        var sum = weights[^1];
        for (var i = 0; i < x.Length; i++)
        {
            sum += weights[i] * x[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    /// <summary>Newton's method with a little ridge; weights of coverage and lead may not turn negative, so that more evidence never counts against.</summary>
    private static double[] Logistic(IReadOnlyList<(double[] X, bool Right, double Weight)> rows)
    {
        var n = Confidence.Number + 1;
        var kept = Enumerable.Range(0, n).ToHashSet();
        while (true)
        {
            var weights = Newton(rows, n, kept);
            var negative = Enumerable.Range(0, n - 1).Where(i => weights[i] < 0).ToList();
            if (negative.Count == 0)
            {
                return weights;
            }

            kept.ExceptWith(negative);
        }
    }

    private static double[] Newton(IReadOnlyList<(double[] X, bool Right, double Weight)> rows, int n, HashSet<int> kept)
    {
        var w = new double[n];
        for (var round = 0; round < 30; round++)
        {
            var gradient = new double[n];
            var hessian = new double[n, n];
            foreach (var (x, right, weight) in rows)
            {
                var p = Probability(w, x);
                for (var i = 0; i < n; i++)
                {
                    var xi = i < x.Length ? x[i] : 1;
                    gradient[i] += weight * ((right ? 1 : 0) - p) * xi;
                    for (var j = 0; j < n; j++)
                    {
                        hessian[i, j] += weight * p * (1 - p) * xi * (j < x.Length ? x[j] : 1);
                    }
                }
            }

            for (var i = 0; i < n; i++)
            {
                gradient[i] -= 0.1 * w[i];
                hessian[i, i] += 0.1;
                if (!kept.Contains(i))
                {
                    gradient[i] = 0;
                    for (var j = 0; j < n; j++)
                    {
                        hessian[i, j] = hessian[j, i] = i == j ? 1 : 0;
                    }
                }
            }

            var step = Solve(hessian, gradient);
            for (var i = 0; i < n; i++)
            {
                w[i] += step[i];
            }
        }

        return w;
    }

    private static double[] Solve(double[,] a, double[] b)
    {
        var n = b.Length;
        var x = (double[])b.Clone();
        for (var i = 0; i < n; i++)
        {
            var pivot = Enumerable.Range(i, n - i).MaxBy(r => Math.Abs(a[r, i]));
            for (var j = 0; j < n; j++)
            {
                (a[i, j], a[pivot, j]) = (a[pivot, j], a[i, j]);
            }

            (x[i], x[pivot]) = (x[pivot], x[i]);
            for (var r = i + 1; r < n; r++)
            {
                var factor = a[r, i] / a[i, i];
                for (var j = i; j < n; j++)
                {
                    a[r, j] -= factor * a[i, j];
                }

                x[r] -= factor * x[i];
            }
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++)
            {
                x[i] -= a[i, j] * x[j];
            }

            x[i] /= a[i, i];
        }

        return x;
    }
}

/// <summary>One question asked once: what the ranking saw of its first hit, and whether that was right.</summary>
internal sealed record Trial(double[] Evidence, bool Right, bool Dense);
