using System.Runtime.InteropServices;

namespace Solodesk.Text.Search;

/// <summary>
/// The inverted index of one field, scored by BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
/// </summary>
internal sealed class FieldIndex(double k1, double b)
{
    private readonly Dictionary<int, Postings> _terms = [];
    private int[] _lengths = new int[16];
    private long _length;

    internal int Documents { get; private set; }

    internal double AverageLength => Documents == 0 ? 1 : Math.Max(1, (double)_length / Documents);

    internal void Add(int slot, TermCount[] terms, int length)
    {
        if (slot >= _lengths.Length)
        {
            Array.Resize(ref _lengths, Math.Max(slot + 1, _lengths.Length * 2));
        }

        _lengths[slot] = length;
        _length += length;
        Documents++;
        foreach (var (term, count) in terms)
        {
            ref var postings = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, term, out _);
            (postings ??= new Postings()).Add(slot, count);
        }
    }

    internal void Remove(int slot, TermCount[] terms)
    {
        _length -= _lengths[slot];
        Documents--;
        foreach (var (term, _) in terms)
        {
            if (_terms.TryGetValue(term, out var postings))
            {
                postings.Remove(slot);
                if (postings.Count == 0)
                {
                    _terms.Remove(term);
                }
            }
        }
    }

    internal bool Contains(int term) => _terms.ContainsKey(term);

    internal IEnumerable<int> Terms => _terms.Keys;

    /// <summary>ln(1 + (N − n + ½) / (n + ½)): never negative, so that a word that is everywhere counts nothing, not against.</summary>
    internal double Idf(int term)
    {
        var n = _terms.TryGetValue(term, out var postings) ? postings.Count : 0;
        return Math.Log(1 + ((Documents - n + 0.5) / (n + 0.5)));
    }

    /// <summary>Calls <paramref name="found"/> with every pool that has the term and its BM25 weight.</summary>
    internal void Score<T>(int term, double weight, T found)
        where T : struct, IScoreSink, allows ref struct
    {
        if (!_terms.TryGetValue(term, out var postings))
        {
            return;
        }

        weight *= Idf(term);
        var flat = k1 * (1 - b);
        var slope = k1 * b / AverageLength;
        var slots = postings.Slots;
        var counts = postings.Counts;
        for (var i = 0; i < slots.Length; i++)
        {
            var slot = slots[i];
            found.Add(slot, weight * (counts[i] * (k1 + 1) / (counts[i] + flat + (slope * _lengths[slot]))));
        }
    }

    /// <summary>The term's weight in a document that is not in a slot of its own: a member of a pool.</summary>
    internal double ScoreOf(int term, float count, int length) => 
        Idf(term) * (count * (k1 + 1) / (count + (k1 * (1 - b + (b * length / AverageLength)))));
}

/// <summary>Takes scores as they are found.</summary>
internal interface IScoreSink
{
    void Add(int slot, double score);
}

/// <summary>A term of the vocabulary and how often it occurs.</summary>
internal readonly record struct TermCount(int Term, float Count);
