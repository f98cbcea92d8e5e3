using System.Numerics.Tensors;

namespace Solodesk.Learning.Linear;

/// <summary>
/// Logistic regression over a few dense features, standardised; trained by iteratively reweighted least squares with an L2 penalty, so that it
/// needs no learning rate and gives the same result every time.
/// </summary>
public sealed class LogisticRegression
{
    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly double[] _weights;

    private LogisticRegression(double[] mean, double[] scale, double[] weights)
    {
        _mean = mean;
        _scale = scale;
        _weights = weights;
    }

    /// <summary>The weights of the standardised features; the last one is the constant.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>Trains on rows of equal length; <paramref name="importance"/> weighs rows (1 each when null).</summary>
    public static LogisticRegression Train(
        IReadOnlyList<double[]> rows, IReadOnlyList<bool> labels, IReadOnlyList<double>? importance = null, double penalty = 1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        if (rows.Count == 0 || rows.Count != labels.Count)
        {
            throw new ArgumentException("Logistic regression needs as many labels as rows, and at least one.");
        }

        var size = rows[0].Length;
        var mean = new double[size];
        var scale = new double[size];
        for (var k = 0; k < size; k++)
        {
            mean[k] = rows.Average(r => r[k]);
            scale[k] = Math.Sqrt(rows.Average(r => (r[k] - mean[k]) * (r[k] - mean[k])));
            scale[k] = scale[k] > 1e-9 ? 1 / scale[k] : 0;
        }

        var model = new LogisticRegression(mean, scale, new double[size + 1]);
        var standard = rows.Select(model.Standardise).ToArray();
        for (var round = 0; round < 25 && model.Improve(standard, labels, importance, penalty) > 1e-6; round++)
        {
        }

        return model;
    }

    /// <summary>Probability of true for a row.</summary>
    public double Probability(ReadOnlySpan<double> row) => 1 / (1 + Math.Exp(-Sum(Standardise(row.ToArray()))));

    private double Sum(double[] standard)
    {
        var sum = 0.0;
        for (var k = 0; k < standard.Length; k++)
        {
            sum += standard[k] * _weights[k];
        }

        return sum;
    }

    private double[] Standardise(double[] row)
    {
        var standard = new double[_weights.Length];
        for (var k = 0; k < row.Length; k++)
        {
            standard[k] = Math.Clamp((row[k] - _mean[k]) * _scale[k], -8, 8);
        }

        standard[^1] = 1;
        return standard;
    }

    private double Improve(double[][] rows, IReadOnlyList<bool> labels, IReadOnlyList<double>? importance, double penalty)
    {
        var size = _weights.Length;
        var hessian = new double[size, size];
        var lower = Enumerable.Range(1, size).Select(length => new double[length]).ToArray();
        var gradient = new double[size];
        for (var i = 0; i < rows.Length; i++)
        {
            var weight = importance?[i] ?? 1;
            var p = 1 / (1 + Math.Exp(-Sum(rows[i])));
            var error = weight * ((labels[i] ? 1 : 0) - p);
            var curve = weight * Math.Max(p * (1 - p), 1e-6);
            TensorPrimitives.MultiplyAdd(rows[i], error, gradient, gradient);
            for (var a = 0; a < size; a++)
            {
                var line = lower[a].AsSpan();
                TensorPrimitives.MultiplyAdd(rows[i].AsSpan(0, a + 1), curve * rows[i][a], line, line);
            }
        }

        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                hessian[a, b] = lower[a][b];
            }

            var ridge = a == size - 1 ? 1e-6 : penalty;
            gradient[a] -= ridge * _weights[a];
            hessian[a, a] += ridge;
        }

        var step = Cholesky.Solve(hessian, gradient);
        var largest = 0.0;
        for (var a = 0; a < size; a++)
        {
            _weights[a] += Math.Clamp(step[a], -4, 4);
            largest = Math.Max(largest, Math.Abs(step[a]));
        }

        return largest;
    }
}
