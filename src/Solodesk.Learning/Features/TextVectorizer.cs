namespace Solodesk.Learning.Features;

/// <summary>
/// Turns text into tf-idf vectors over the grams of a training set: one part for words, one for letters, each of length one.
/// </summary>
internal sealed class TextVectorizer
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly float[] _idf;
    private readonly double _letterShare;

    internal TextVectorizer(IReadOnlyList<string> texts, int atLeast = 1, double letterShare = 1)
    {
        _letterShare = letterShare;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var gram in TextGrams.Words(text).Concat(letterShare > 0 ? TextGrams.Letters(text) : []).Distinct(StringComparer.Ordinal))
            {
                counts[gram] = counts.GetValueOrDefault(gram) + 1;
            }
        }

        var idf = new List<float>();
        foreach (var (gram, count) in counts)
        {
            if (count >= atLeast)
            {
                _index.Add(gram, idf.Count);
                idf.Add((float)(Math.Log((1.0 + texts.Count) / (1 + count)) + 1));
            }
        }

        _idf = [.. idf];
    }

    /// <summary>Number of places of the vectors.</summary>
    internal int Size => _idf.Length;

    internal SparseVector Vector(string text)
    {
        var values = new SortedDictionary<int, float>();
        Fill(values, TextGrams.Words(text), 1);
        if (_letterShare > 0)
        {
            Fill(values, TextGrams.Letters(text), _letterShare);
        }

        return new SparseVector([.. values.Keys], [.. values.Values]);
    }

    /// <summary>Share of the words of a text, by weight, that the training set had.</summary>
    internal double Known(string text)
    {
        double known = 0, all = 0;
        var rarest = _idf.Length == 0 ? 1 : (float)(Math.Log(_idf.Length) + 1);
        foreach (var word in TextGrams.Words(text).Where(w => w[0] == 'w').Distinct(StringComparer.Ordinal))
        {
            var found = _index.TryGetValue(word, out var at);
            var weight = found ? _idf[at] : rarest;
            all += weight;
            known += found ? weight : 0;
        }

        return all == 0 ? 0 : known / all;
    }

    private void Fill(SortedDictionary<int, float> values, List<string> grams, double share)
    {
        var counts = new Dictionary<int, int>();
        foreach (var gram in grams)
        {
            if (_index.TryGetValue(gram, out var at))
            {
                counts[at] = counts.GetValueOrDefault(at) + 1;
            }
        }

        double squares = 0;
        foreach (var (at, count) in counts)
        {
            var value = (1 + Math.Log(count)) * _idf[at];
            squares += value * value;
        }

        var scale = squares > 0 ? share / Math.Sqrt(squares) : 0;
        foreach (var (at, count) in counts)
        {
            values[at] = (float)((1 + Math.Log(count)) * _idf[at] * scale);
        }
    }
}
