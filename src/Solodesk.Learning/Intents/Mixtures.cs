using Solodesk.Learning.Features;

namespace Solodesk.Learning.Intents;

/// <summary>
/// Texts that belong to no intent, made of halves of two that do: they teach the borders that a few right words are not enough
/// (after Zhan et al., "Out-of-Scope Intent Detection with Self-Supervision and Discriminative Training", 2021).
/// </summary>
internal static class Mixtures
{
    internal static List<SparseVector> Of(IReadOnlyList<SparseVector> rows, IReadOnlyList<int> labels, int count)
    {
        var random = new Random(11);
        var mixtures = new List<SparseVector>(count);
        for (var tries = 0; mixtures.Count < count && tries < 4 * count; tries++)
        {
            var a = random.Next(rows.Count);
            var b = random.Next(rows.Count);
            if (labels[a] != labels[b])
            {
                mixtures.Add(Mix(rows[a], rows[b]));
            }
        }

        return mixtures;
    }

    private static SparseVector Mix(SparseVector a, SparseVector b)
    {
        var values = new SortedDictionary<int, float>();
        foreach (var row in (ReadOnlySpan<SparseVector>)[a, b])
        {
            for (var i = 0; i < row.Indices.Length; i++)
            {
                values[row.Indices[i]] = values.GetValueOrDefault(row.Indices[i]) + row.Values[i];
            }
        }

        // As long as the texts that it is made of.
        var length = Math.Sqrt(values.Values.Sum(v => (double)v * v));
        var scale = length > 0 ? (float)(Math.Sqrt((a.SquaredLength + b.SquaredLength) / 2) / length) : 0;
        return new SparseVector([.. values.Keys], [.. values.Values.Select(v => v * scale)]);
    }
}
