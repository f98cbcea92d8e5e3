using System.Diagnostics;
using Solodesk.Learning.Pairs;

namespace Solodesk.Eval;

/// <summary>"Is this the same question?": trained on the given pairs only.</summary>
internal static class Pairs
{
    internal static object Run(Options options)
    {
        var train = options.All("--train").SelectMany(Read).ToList();
        var test = Read(options.One("--test"));
        var clock = Stopwatch.StartNew();
        var matcher = QuestionMatcher.Train([.. train]);
        var trained = clock.Elapsed;
        var times = new List<double>(test.Count);
        var scores = new double[test.Count];
        for (var i = 0; i < test.Count; i++)
        {
            var began = Stopwatch.GetTimestamp();
            scores[i] = matcher.Probability(test[i].First, test[i].Second);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return new
        {
            task = "pairs",
            train = train.Count,
            test = test.Count,
            spearman = Math.Round(100 * Spearman(scores, [.. test.Select(p => p.Same ? 1.0 : 0)]), 2),
            accuracy = Math.Round(test.Where((p, i) => p.Same == scores[i] >= matcher.Threshold).Count() / (double)Math.Max(1, test.Count), 4),
            threshold = Math.Round(matcher.Threshold, 4),
            trainSeconds = Math.Round(trained.TotalSeconds, 1),
            msPerQuery = Timing.Of(times),
        };
    }

    internal static List<QuestionPair> Read(string file)
    {
        var table = Table.Read(file);
        var first = table.Needed("q1", "sentence1", "question1", "text1", "text_a", "a", "query1");
        var second = table.Needed("q2", "sentence2", "question2", "text2", "text_b", "b", "query2");
        var label = table.Needed("label", "is_duplicate", "same", "score", "gold");
        return [.. Enumerable.Range(0, table.Count).Select(i => new QuestionPair(
            table.Cell(i, first), table.Cell(i, second), table.Cell(i, label).Trim() is "1" or "1.0" or "true" or "True"))];
    }

    /// <summary>Pearson's correlation of the ranks, ties at their mean.</summary>
    private static double Spearman(double[] a, double[] b)
    {
        var x = Ranks(a);
        var y = Ranks(b);
        double mx = x.Average(), my = y.Average(), xy = 0, xx = 0, yy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }

        return xx * yy == 0 ? 0 : xy / Math.Sqrt(xx * yy);
    }

    private static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Length];
        for (var i = 0; i < order.Length;)
        {
            var j = i;
            while (j + 1 < order.Length && values[order[j + 1]] == values[order[i]])
            {
                j++;
            }

            for (var k = i; k <= j; k++)
            {
                ranks[order[k]] = (i + j) / 2.0;
            }

            i = j + 1;
        }

        return ranks;
    }
}
