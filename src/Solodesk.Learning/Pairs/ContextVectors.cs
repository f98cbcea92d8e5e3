using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Solodesk.Learning.Pairs;

/// <summary>
/// What company a word keeps, as a short vector: random indexing (Kanerva et al., 2000) weighted by positive pointwise mutual information.
/// Words used alike get alike vectors, without any model from outside.
/// </summary>
internal sealed class ContextVectors
{
    private const int Size = 192;
    private const int Reach = 4;

    private readonly Dictionary<string, float[]> _vectors = new(StringComparer.Ordinal);

    internal ContextVectors(IEnumerable<IReadOnlyList<string>> sentences)
    {
        var words = new List<string>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var counts = new List<int>();
        var together = new Dictionary<(int Word, Context Context), double>();
        var all = 0.0;
        foreach (var sentence in sentences)
        {
            var row = sentence.Select(Number).ToArray();
            for (var i = 0; i < row.Length; i++)
            {
                counts[row[i]]++;
                for (var d = 1; d <= Reach && i + d < row.Length; d++)
                {
                    var weight = 1.0 / d;
                    Count((row[i], new Context(row[i + d], d == 1 ? Side.After : Side.Near)), weight);
                    Count((row[i + d], new Context(row[i], d == 1 ? Side.Before : Side.Near)), weight);
                    all += 2 * weight;
                }
            }
        }

        var rows = new double[words.Count];
        var columns = new Dictionary<Context, double>();
        foreach (var ((word, context), weight) in together)
        {
            rows[word] += weight;
            CollectionsMarshal.GetValueRefOrAddDefault(columns, context, out _) += weight;
        }

        var seeds = columns.Keys.ToDictionary(c => c, c => StableHash.Of(c.Named(words[c.Word])));
        foreach (var ((word, context), weight) in together)
        {
            var information = Math.Log(weight * all / (rows[word] * Math.Pow(columns[context], 0.75) * Math.Pow(all, 0.25)));
            if (information > 0 && counts[word] >= 2)
            {
                Add(words[word], seeds[context], (float)information);
            }
        }

        foreach (var vector in _vectors.Values)
        {
            TensorPrimitives.Divide(vector, Math.Max(TensorPrimitives.Norm(vector), 1e-6f), vector);
        }

        int Number(string word)
        {
            if (!numbers.TryGetValue(word, out var number))
            {
                numbers.Add(word, number = words.Count);
                words.Add(word);
                counts.Add(0);
            }

            return number;
        }

        void Count((int, Context) key, double weight) => CollectionsMarshal.GetValueRefOrAddDefault(together, key, out _) += weight;
    }

    private enum Side
    {
        Near,
        Before,
        After,
    }

    /// <summary>The vector of a word, or empty.</summary>
    internal float[] this[string word] => _vectors.GetValueOrDefault(word, []);

    /// <summary>How alike two words are used, by their vectors, −1 to 1; 0 when either is unknown.</summary>
    internal static double Likeness(float[] a, float[] b) => a.Length == 0 || b.Length == 0 ? 0 : TensorPrimitives.Dot<float>(a, b);

    private void Add(string word, ulong seed, float weight)
    {
        if (!_vectors.TryGetValue(word, out var vector))
        {
            _vectors.Add(word, vector = new float[Size]);
        }

        // Eight places of the context, half of them negative, from a hash that is the same in every process.
        for (var i = 0; i < 8; i++)
        {
            seed = StableHash.Next(seed);
            vector[(int)(seed % Size)] += (i & 1) == 0 ? weight : -weight;
        }
    }

    private readonly record struct Context(int Word, Side Side)
    {
        internal string Named(string word) => Side switch
        {
            Side.Before => "<" + word,
            Side.After => word + ">",
            _ => word,
        };
    }
}
