using System.Numerics.Tensors;

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
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var together = new Dictionary<(string, string), double>();
        var all = 0.0;
        foreach (var sentence in sentences)
        {
            for (var i = 0; i < sentence.Count; i++)
            {
                counts[sentence[i]] = counts.GetValueOrDefault(sentence[i]) + 1;
                for (var d = 1; d <= Reach && i + d < sentence.Count; d++)
                {
                    var weight = 1.0 / d;
                    Count(together, (sentence[i], d == 1 ? sentence[i + d] + ">" : sentence[i + d]), weight);
                    Count(together, (sentence[i + d], d == 1 ? "<" + sentence[i] : sentence[i]), weight);
                    all += 2 * weight;
                }
            }
        }

        var rows = new Dictionary<string, double>(StringComparer.Ordinal);
        var columns = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var ((word, context), weight) in together)
        {
            rows[word] = rows.GetValueOrDefault(word) + weight;
            columns[context] = columns.GetValueOrDefault(context) + weight;
        }

        foreach (var ((word, context), weight) in together)
        {
            var information = Math.Log(weight * all / (rows[word] * Math.Pow(columns[context], 0.75) * Math.Pow(all, 0.25)));
            if (information > 0 && counts[word] >= 2)
            {
                Add(word, context, (float)information);
            }
        }

        foreach (var vector in _vectors.Values)
        {
            TensorPrimitives.Divide(vector, Math.Max(TensorPrimitives.Norm(vector), 1e-6f), vector);
        }
    }

    /// <summary>How alike two words are used, −1 to 1; 0 when either is unknown.</summary>
    internal double Likeness(string a, string b) =>
        _vectors.TryGetValue(a, out var x) && _vectors.TryGetValue(b, out var y) ? TensorPrimitives.Dot<float>(x, y) : 0;

    /// <summary>The vector of a word, or empty.</summary>
    internal ReadOnlySpan<float> this[string word] => _vectors.GetValueOrDefault(word, []);

    private static void Count(Dictionary<(string, string), double> counts, (string, string) key, double weight) =>
        counts[key] = counts.GetValueOrDefault(key) + weight;

    private void Add(string word, string context, float weight)
    {
        if (!_vectors.TryGetValue(word, out var vector))
        {
            _vectors.Add(word, vector = new float[Size]);
        }

        // Eight places of the context, half of them negative, from a hash that is the same in every process.
        var seed = StableHash.Of(context);
        for (var i = 0; i < 8; i++)
        {
            seed = StableHash.Next(seed);
            vector[(int)(seed % Size)] += (i & 1) == 0 ? weight : -weight;
        }
    }
}
