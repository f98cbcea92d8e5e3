using System.Collections.Concurrent;
using System.Numerics;

namespace Solodesk.Knowledge.Meaning;

/// <summary>The vectors of all articles, in memory, and how near a question is to each.</summary>
internal sealed class MeaningIndex : IDisposable
{
    // Chosen with care rather than measured: no model comes with the desk to measure on. Half the way from "like anything else here" to "the same
    // words" is taken for a coin's throw; what has no word in common is never surer than the ceiling.
    private const double Even = 0.42;
    private const double Steep = 12;
    private const double Ceiling = 0.8;

    private volatile ConcurrentDictionary<string, float[][]> _vectors = new(StringComparer.Ordinal);

    /// <summary>Who brings it up to date holds this.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public bool IsEmpty => _vectors.IsEmpty;

    public int Count => _vectors.Count;

    public void Replace(IEnumerable<KeyValuePair<string, float[][]>> all) => _vectors = new(all, StringComparer.Ordinal);

    public void Clear() => _vectors = new(StringComparer.Ordinal);

    public void Dispose() => Turn.Dispose();

    /// <summary>The vector of unit length; null when it has no direction.</summary>
    public static float[]? Unit(float[] vector)
    {
        var length = MathF.Sqrt(Dot(vector, vector));
        return length is 0 || !float.IsFinite(length) ? null : [.. vector.Select(v => v / length)];
    }

    /// <summary>
    /// How likely each of the entries means what was asked, 0 to 1. A cosine says little by itself: with one model strangers have 0.1, with
    /// another 0.75. What counts is how much nearer an entry is than the others are on the whole.
    /// </summary>
    /// <param name="question">Of unit length.</param>
    /// <param name="keys">The entries in question; those without a vector are left out.</param>
    public Dictionary<string, double> Near(float[] question, IEnumerable<string> keys)
    {
        var vectors = _vectors;
        var cosines = new List<(string Key, double Cosine)>();
        foreach (var key in keys)
        {
            if (vectors.TryGetValue(key, out var passages) && passages[0].Length == question.Length)
            {
                cosines.Add((key, passages.Max(p => Dot(p, question))));
            }
        }

        if (cosines.Count == 0)
        {
            return [];
        }

        // The middle one of the others: a few that fit do not raise what they are measured against.
        var ordered = cosines.Select(c => c.Cosine).Order().ToList();
        var noise = Math.Max(0, ordered.Count > 2 ? ordered[(ordered.Count - 1) / 2] : Math.Min(ordered[0], 0.3));
        return cosines.ToDictionary(c => c.Key, c => Ceiling / (1 + Math.Exp(-Steep * (((c.Cosine - noise) / Math.Max(1e-3, 1 - noise)) - Even))));
    }

    private static float Dot(float[] a, float[] b)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sum += new Vector<float>(a, i) * new Vector<float>(b, i);
        }

        var dot = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            dot += a[i] * b[i];
        }

        return dot;
    }
}
