using Solodesk.Learning.Features;

namespace Solodesk.Learning.Linear;

/// <summary>
/// One linear support vector machine per class, trained by dual coordinate descent with squared hinge loss
/// (Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", 2008).
/// </summary>
internal sealed class LinearSvm
{
    private readonly float[] _weights;
    private readonly float[] _bias;

    private LinearSvm(float[] weights, float[] bias)
    {
        _weights = weights;
        _bias = bias;
    }

    internal int Classes => _bias.Length;

    /// <summary>Trains on rows with class numbers 0 … <paramref name="classes"/> − 1; −1 belongs to none. Deterministic.</summary>
    internal static LinearSvm Train(
        IReadOnlyList<SparseVector> rows, IReadOnlyList<int> labels, int classes, int size, double cost = 1, int epochs = 12)
    {
        var weights = new float[(long)size * classes];
        var bias = new float[classes];
        var lengths = rows.Select(r => r.SquaredLength + 1).ToArray();
        Parallel.For(0, classes, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount) }, () => new float[size + 1], (c, _, w) =>
        {
            Array.Clear(w);
            TrainOne(rows, labels, lengths, c, cost, epochs, w);
            for (var i = 0; i < size; i++)
            {
                weights[((long)i * classes) + c] = w[i];
            }

            bias[c] = w[size];
            return w;
        }, _ => { });
        return new LinearSvm(weights, bias);
    }

    /// <summary>The distance to each class's border; positive inside.</summary>
    internal float[] Scores(SparseVector row)
    {
        var scores = (float[])_bias.Clone();
        for (var i = 0; i < row.Indices.Length; i++)
        {
            var weights = _weights.AsSpan(row.Indices[i] * Classes, Classes);
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(weights, row.Values[i], scores, scores);
        }

        return scores;
    }

    private static void TrainOne(
        IReadOnlyList<SparseVector> rows, IReadOnlyList<int> labels, double[] lengths, int one, double cost, int epochs, float[] w)
    {
        var alpha = new double[rows.Count];
        var wakes = new byte[rows.Count];
        var order = Enumerable.Range(0, rows.Count).ToArray();
        var random = new Random(one + 1);
        var diagonal = 0.5 / cost;
        var bias = w.Length - 1;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            var largest = 0.0;
            foreach (var i in order)
            {
                // A row far on its own side is left alone for some rounds: nearly all rows of other classes are.
                if (wakes[i] > epoch)
                {
                    continue;
                }

                var sign = labels[i] == one ? 1 : -1;
                var row = rows[i];
                var gradient = (sign * (row.Dot(w) + w[bias])) - 1 + (diagonal * alpha[i]);
                if (alpha[i] == 0 && gradient >= 0)
                {
                    wakes[i] = (byte)Math.Min(epochs - 1, epoch + (gradient > 0.3 ? 4 : gradient > 0.1 ? 2 : 1));
                    continue;
                }

                largest = Math.Max(largest, Math.Abs(gradient));
                var old = alpha[i];
                alpha[i] = Math.Max(old - (gradient / (lengths[i] + diagonal)), 0);
                var step = (float)((alpha[i] - old) * sign);
                for (var k = 0; k < row.Indices.Length; k++)
                {
                    w[row.Indices[k]] += step * row.Values[k];
                }

                w[bias] += step;
            }

            if (largest < 0.05)
            {
                break;
            }
        }
    }
}
