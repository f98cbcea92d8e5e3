using System.Numerics.Tensors;

namespace Solodesk.Learning.Pairs;

/// <summary>
/// A short vector for every gram, learned so that the sums of two questions that ask the same point the same way: a siamese network of one layer (Bromley et
/// al., "Signature Verification using a Siamese Time Delay Neural Network", 1993). Begins as a random projection of tf-idf.
/// </summary>
internal sealed class LearnedLikeness
{
    private const int Size = 64;
    private const int Models = 2;
    private const int Epochs = 6;
    private const int SeenAtLeast = 2;
    private const double Rate = 0.3;

    /// <summary>Beside every pair that is the same, its first question is shown with one of another pair as not the same, for this much.</summary>
    private const double OtherWeight = 0.3;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly float[][][] _models;

    internal LearnedLikeness(IReadOnlyList<(PairText A, PairText B)> texts, IReadOnlyList<bool> same)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var gram in texts.SelectMany(t => t.A.Grams.Concat(t.B.Grams)))
        {
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }

        var idf = new List<double>();
        foreach (var (gram, count) in counts.Where(c => c.Value >= SeenAtLeast))
        {
            _numbers.Add(gram, idf.Count);
            idf.Add(Math.Log(((2.0 * texts.Count) + 1) / (count + 0.5)));
        }

        var rows = texts.Select((t, i) => (Numbers(t.A), Numbers(t.B), same[i])).ToArray();
        _models = [.. Enumerable.Range(1, Models).Select(seed => Train(rows, idf, seed))];
    }

    /// <summary>The sum of the models' cosines; each −1 to 1.</summary>
    internal double Of(PairText a, PairText b)
    {
        var (left, right) = (Numbers(a), Numbers(b));
        var x = new float[Size];
        var y = new float[Size];
        var sum = 0.0;
        foreach (var vectors in _models)
        {
            Sum(vectors, left, x);
            Sum(vectors, right, y);
            sum += TensorPrimitives.Dot<float>(x, y) / Math.Max(1e-6, (double)TensorPrimitives.Norm<float>(x) * TensorPrimitives.Norm<float>(y));
        }

        return sum;
    }

    private int[] Numbers(PairText text) => [.. text.Grams.Select(g => _numbers.GetValueOrDefault(g, -1)).Where(n => n >= 0)];

    private static void Sum(float[][] vectors, int[] grams, float[] sum)
    {
        Array.Clear(sum);
        foreach (var gram in grams)
        {
            TensorPrimitives.Add(sum, vectors[gram], sum);
        }
    }

    private static float[][] Train((int[] A, int[] B, bool Same)[] rows, List<double> idf, int seed)
    {
        var random = new Random(seed);
        var vectors = new float[idf.Count][];
        for (var i = 0; i < vectors.Length; i++)
        {
            var length = (float)(idf[i] / Math.Sqrt(Size));
            vectors[i] = [.. Enumerable.Range(0, Size).Select(_ => random.Next(2) == 0 ? -length : length)];
        }

        var step = new Step(vectors);
        var order = Enumerable.Range(0, rows.Length).ToArray();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            var before = order[^1];
            foreach (var i in order)
            {
                step.Take(rows[i].A, rows[i].B, rows[i].Same, 1);
                if (rows[i].Same)
                {
                    step.Take(rows[i].A, rows[before].B, false, OtherWeight);
                }

                before = i;
            }
        }

        return vectors;
    }

    /// <summary>Stochastic gradient descent on the logistic loss of the cosine, with AdaGrad's step for each gram (Duchi et al., 2011).</summary>
    private sealed class Step(float[][] vectors)
    {
        private readonly float[] _squares = [.. vectors.Select(_ => 1e-2f)];
        private readonly float[] _x = new float[Size];
        private readonly float[] _y = new float[Size];
        private readonly float[] _gradient = new float[Size];
        private double _slope = 6;
        private double _constant = -3;

        internal void Take(int[] a, int[] b, bool same, double weight)
        {
            Sum(vectors, a, _x);
            Sum(vectors, b, _y);
            double x = TensorPrimitives.Norm<float>(_x), y = TensorPrimitives.Norm<float>(_y);
            if (x < 1e-6 || y < 1e-6)
            {
                return;
            }

            var cosine = TensorPrimitives.Dot<float>(_x, _y) / (x * y);
            var error = weight * ((same ? 1 : 0) - (1 / (1 + Math.Exp(-((_slope * cosine) + _constant)))));
            var pull = error * _slope;
            _slope += 0.01 * error * cosine;
            _constant += 0.01 * error;
            Move(a, _x, _y, pull / (x * y), pull * cosine / (x * x));
            Move(b, _y, _x, pull / (x * y), pull * cosine / (y * y));
        }

        // The gradient of the cosine: towards the other side, less what would only make this side longer.
        private void Move(int[] grams, float[] own, float[] other, double towards, double away)
        {
            for (var k = 0; k < Size; k++)
            {
                _gradient[k] = (float)((towards * other[k]) - (away * own[k]));
            }

            var square = TensorPrimitives.SumOfSquares<float>(_gradient) / Size;
            foreach (var gram in grams)
            {
                _squares[gram] += square;
                TensorPrimitives.MultiplyAdd(_gradient, (float)(Rate / Math.Sqrt(_squares[gram])), vectors[gram], vectors[gram]);
            }
        }
    }
}
