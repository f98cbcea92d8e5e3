using Solodesk.Learning.Features;

namespace Solodesk.Learning.Intents;

/// <summary>Finds the training examples that resemble a text most, by cosine.</summary>
internal sealed class Neighbours
{
    private const double CommonShare = 0.1;

    private readonly Dictionary<int, List<(int Row, float Value)>> _postings = [];
    private readonly double[] _lengths;

    internal Neighbours(IReadOnlyList<SparseVector> rows)
    {
        _lengths = new double[rows.Count];
        for (var r = 0; r < rows.Count; r++)
        {
            _lengths[r] = Math.Sqrt(Math.Max(rows[r].SquaredLength, 1e-9));
            for (var i = 0; i < rows[r].Indices.Length; i++)
            {
                if (!_postings.TryGetValue(rows[r].Indices[i], out var list))
                {
                    _postings.Add(rows[r].Indices[i], list = []);
                }

                list.Add((r, rows[r].Values[i]));
            }
        }

        // Groups of letters that every tenth example has cost the most time and tell the least.
        foreach (var common in _postings.Where(p => p.Value.Count > Math.Max(200, CommonShare * rows.Count)).Select(p => p.Key).ToList())
        {
            _postings.Remove(common);
        }
    }

    /// <summary>The nearest rows and their cosines, nearest first.</summary>
    internal List<(int Row, double Cosine)> Nearest(SparseVector text, int count)
    {
        var scores = new float[_lengths.Length];
        for (var i = 0; i < text.Indices.Length; i++)
        {
            if (_postings.TryGetValue(text.Indices[i], out var list))
            {
                var value = text.Values[i];
                foreach (var (row, other) in list)
                {
                    scores[row] += value * other;
                }
            }
        }

        var length = Math.Sqrt(Math.Max(text.SquaredLength, 1e-9));
        var best = new PriorityQueue<int, double>();
        for (var r = 0; r < scores.Length; r++)
        {
            if (scores[r] <= 0)
            {
                continue;
            }

            var cosine = scores[r] / (_lengths[r] * length);
            if (best.Count < count)
            {
                best.Enqueue(r, cosine);
            }
            else if (best.TryPeek(out _, out var least) && cosine > least)
            {
                best.EnqueueDequeue(r, cosine);
            }
        }

        var found = new List<(int Row, double Cosine)>();
        while (best.TryDequeue(out var row, out var cosine))
        {
            found.Add((row, cosine));
        }

        found.Reverse();
        return found;
    }
}
