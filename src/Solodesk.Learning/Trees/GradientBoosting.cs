namespace Solodesk.Learning.Trees;

/// <summary>
/// Boosted regression trees for a yes-or-no question with logistic loss (Friedman, "Greedy Function Approximation", 2001), grown on histograms of
/// 64 bins with second-order gains.
/// </summary>
internal sealed class GradientBoosting
{
    private const int Bins = 64;

    private readonly List<Tree> _trees = [];
    private readonly double[][] _borders;
    private readonly double _start;
    private readonly double _rate;

    private GradientBoosting(double[][] borders, double start, double rate)
    {
        _borders = borders;
        _start = start;
        _rate = rate;
    }

    /// <summary>Trains on rows of equal length. Deterministic for a seed.</summary>
    internal static GradientBoosting Train(double[][] rows, IReadOnlyList<bool> labels, int trees = 250, int depth = 4, double rate = 0.06, int seed = 1)
    {
        var size = rows[0].Length;
        var borders = new double[size][];
        for (var k = 0; k < size; k++)
        {
            borders[k] = BordersOf([.. rows.Select(r => r[k])]);
        }

        var positive = (labels.Count(l => l) + 1.0) / (labels.Count + 2);
        var model = new GradientBoosting(borders, Math.Log(positive / (1 - positive)), rate);
        var binned = rows.Select(r => r.Select((v, k) => Bin(borders[k], v)).ToArray()).ToArray();
        var columns = Enumerable.Range(0, size).Select(k => binned.Select(r => r[k]).ToArray()).ToArray();
        var scores = Enumerable.Repeat(model._start, rows.Length).ToArray();
        var gradients = new double[rows.Length];
        var curves = new double[rows.Length];
        var random = new Random(seed);
        for (var t = 0; t < trees; t++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var p = 1 / (1 + Math.Exp(-scores[i]));
                gradients[i] = (labels[i] ? 1 : 0) - p;
                curves[i] = Math.Max(p * (1 - p), 1e-6);
            }

            var sample = Enumerable.Range(0, rows.Length).Where(_ => random.NextDouble() < 0.7).ToArray();
            var features = Enumerable.Range(0, size).Where(_ => random.NextDouble() < 0.6).DefaultIfEmpty(0).ToArray();
            var tree = Tree.Grow(columns, gradients, curves, sample, features, depth);
            model._trees.Add(tree);
            for (var i = 0; i < rows.Length; i++)
            {
                scores[i] += rate * tree.Value(binned[i]);
            }
        }

        return model;
    }

    /// <summary>The log odds of yes.</summary>
    internal double Score(double[] row)
    {
        var binned = new byte[row.Length];
        for (var k = 0; k < row.Length; k++)
        {
            binned[k] = Bin(_borders[k], row[k]);
        }

        return _start + (_rate * _trees.Sum(t => t.Value(binned)));
    }

    private static double[] BordersOf(double[] values)
    {
        Array.Sort(values);
        return [.. Enumerable.Range(1, Bins - 1).Select(b => values[(int)((long)b * values.Length / Bins)]).Distinct()];
    }

    private static byte Bin(double[] borders, double value)
    {
        var at = Array.BinarySearch(borders, value);
        return (byte)(at >= 0 ? at + 1 : ~at);
    }

    private sealed class Tree
    {
        private readonly int[] _feature;
        private readonly byte[] _border;
        private readonly double[] _value;

        private Tree(int nodes)
        {
            _feature = new int[nodes];
            _border = new byte[nodes];
            _value = new double[nodes];
            Array.Fill(_feature, -1);
        }

        internal static Tree Grow(byte[][] columns, double[] gradients, double[] curves, int[] sample, int[] features, int depth)
        {
            var tree = new Tree((1 << (depth + 1)) - 1);
            tree.Split(0, depth, columns, gradients, curves, sample, features);
            return tree;
        }

        internal double Value(byte[] row)
        {
            var node = 0;
            while (_feature[node] >= 0)
            {
                node = (2 * node) + (row[_feature[node]] < _border[node] ? 1 : 2);
            }

            return _value[node];
        }

        private void Split(int node, int depth, byte[][] columns, double[] gradients, double[] curves, int[] sample, int[] features)
        {
            const double Penalty = 2;
            double sum = 0, curve = 0;
            foreach (var i in sample)
            {
                sum += gradients[i];
                curve += curves[i];
            }

            _value[node] = sum / (curve + Penalty);
            if (depth == 0 || sample.Length < 40)
            {
                return;
            }

            var best = (Gain: 1e-3, Feature: -1, Border: (byte)0);
            Span<double> sums = stackalloc double[Bins];
            Span<double> weights = stackalloc double[Bins];
            foreach (var k in features)
            {
                var column = columns[k];
                sums.Clear();
                weights.Clear();
                foreach (var i in sample)
                {
                    sums[column[i]] += gradients[i];
                    weights[column[i]] += curves[i];
                }

                double left = 0, leftWeight = 0;
                for (var b = 1; b < Bins; b++)
                {
                    left += sums[b - 1];
                    leftWeight += weights[b - 1];
                    var rightWeight = curve - leftWeight;
                    if (leftWeight < 2 || rightWeight < 2)
                    {
                        continue;
                    }

                    var gain = (left * left / (leftWeight + Penalty)) + ((sum - left) * (sum - left) / (rightWeight + Penalty)) - (sum * sum / (curve + Penalty));
                    if (gain > best.Gain)
                    {
                        best = (gain, k, (byte)b);
                    }
                }
            }

            if (best.Feature < 0)
            {
                return;
            }

            _feature[node] = best.Feature;
            _border[node] = best.Border;
            var chosen = columns[best.Feature];
            Split((2 * node) + 1, depth - 1, columns, gradients, curves, [.. sample.Where(i => chosen[i] < best.Border)], features);
            Split((2 * node) + 2, depth - 1, columns, gradients, curves, [.. sample.Where(i => chosen[i] >= best.Border)], features);
        }
    }
}
