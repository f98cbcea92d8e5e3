using System.Buffers;

namespace Solodesk.Text.Search;

/// <summary>One search over one state of the index.</summary>
internal ref struct Searcher
{
    /// <summary>How many pools the second, closer look is given to.</summary>
    private const int Candidates = 40;

    private readonly IndexState _index;
    private readonly Question _question;
    private readonly RankWeights _weights;
    private readonly AskedTerms _asked = new();
    private readonly double _total;
    private readonly Closeness? _closeness;

    internal Searcher(IndexState index, Question question, RankWeights weights)
    {
        _index = index;
        _question = question;
        _weights = weights;
        for (var i = 0; i < question.Concepts.Count; i++)
        {
            var concept = question.Concepts[i];
            var best = 0.0;
            foreach (var (term, fit) in concept.Alternatives)
            {
                var weight = concept.Weight * fit * index.Body.Idf(term);
                best = Math.Max(best, fit * index.Body.Idf(term));
                _asked.Add(term, i, weight);
            }

            if (concept.Asked)
            {
                _total += concept.Weight * (concept.Alternatives.Count == 0 ? index.Body.Idf(-1) : best);
            }
        }

        _closeness = question.IsDense ? new Closeness(question, _asked) : null;
    }

    /// <summary>The best pools, best first, ties by key.</summary>
    internal readonly List<Candidate> Run(int limit)
    {
        var size = Math.Max(1, _index.Slots);
        var arrays = new double[4][];
        for (var i = 0; i < arrays.Length; i++)
        {
            arrays[i] = ArrayPool<double>.Shared.Rent(size);
            arrays[i].AsSpan(0, size).Clear();
        }

        try
        {
            return Rank(arrays[0].AsSpan(0, size), arrays[1].AsSpan(0, size), arrays[2].AsSpan(0, size), arrays[3].AsSpan(0, size), limit);
        }
        finally
        {
            foreach (var array in arrays)
            {
                ArrayPool<double>.Shared.Return(array);
            }
        }
    }

    private readonly List<Candidate> Rank(Span<double> heading, Span<double> body, Span<double> letters, Span<double> single, int limit)
    {
        foreach (var concept in _question.Concepts)
        {
            ScoreConcept(_index.Heading, concept, heading, single);
            ScoreConcept(_index.Body, concept, body, single);
        }

        foreach (var group in _question.LetterGroups)
        {
            if (_index.LetterGroups.Find(group) is >= 0 and var number)
            {
                _index.Letters.Score(number, 1, new AddTo(letters));
            }
        }

        var found = new PriorityQueue<int, (double, string)>(Comparer<(double Score, string Key)>.Create((a, b) =>
            a.Score != b.Score ? a.Score.CompareTo(b.Score) : string.CompareOrdinal(b.Key, a.Key)));
        for (var slot = 0; slot < heading.Length; slot++)
        {
            var rough = Rough(heading[slot], body[slot], letters[slot]);
            if (rough > 0 && _index.PoolAt(slot) is { } pool)
            {
                if (found.Count < Math.Max(limit, Candidates))
                {
                    found.Enqueue(slot, (rough, pool.Key));
                }
                else if (found.TryPeek(out _, out var least) && rough >= least.Item1)
                {
                    found.EnqueueDequeue(slot, (rough, pool.Key));
                }
            }
        }

        var order = new List<(int Slot, double Rough)>(found.Count);
        while (found.TryDequeue(out var slot, out var rank))
        {
            order.Add((slot, rank.Item1));
        }

        order.Reverse();
        var candidates = new List<Candidate>(order.Count);
        foreach (var (slot, _) in order.Take(Candidates))
        {
            var pool = _index.PoolAt(slot)!;
            var features = Look(pool, heading[slot], body[slot], letters[slot]);
            candidates.Add(new Candidate(pool, features, _weights.Score(features, _question.IsDense)));
        }

        candidates.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : string.CompareOrdinal(a.Pool.Key, b.Pool.Key));
        AddRest(candidates, order, heading, body, letters);
        return candidates;
    }

    // What nobody looks at closely keeps its rough order, below what was looked at.
    private readonly void AddRest(
        List<Candidate> candidates, List<(int Slot, double Rough)> order, Span<double> heading, Span<double> body, Span<double> letters)
    {
        if (order.Count <= Candidates)
        {
            return;
        }

        var ceiling = Math.Max(0, candidates[^1].Score) / order[Candidates - 1].Rough;
        foreach (var (slot, rough) in order.Skip(Candidates))
        {
            var features = new RankFeatures(heading[slot], body[slot], letters[slot], 0, 0, 0, 0, 0, _question.IsDense);
            candidates.Add(new Candidate(_index.PoolAt(slot)!, features, ceiling * rough));
        }
    }

    private readonly double Rough(double heading, double body, double letters)
    {
        var weights = _question.IsDense ? _weights.Dense : _weights.Spaced;
        return (Math.Max(weights[0], 0.1) * heading) + (Math.Max(weights[1], 0.1) * body) + (Math.Max(weights[2], 0.01) * letters);
    }

    // Synonyms do not add up: a concept counts by its best word.
    private static void ScoreConcept(FieldIndex field, Concept concept, Span<double> total, Span<double> single)
    {
        if (concept.Alternatives.Count == 1)
        {
            var (term, fit) = concept.Alternatives[0];
            field.Score(term, concept.Weight * fit, new AddTo(total));
            return;
        }

        foreach (var (term, fit) in concept.Alternatives)
        {
            field.Score(term, concept.Weight * fit, new RaiseTo(total, single));
        }

        foreach (var (term, fit) in concept.Alternatives)
        {
            field.Score(term, 0, new Reset(single));
        }
    }

    private readonly RankFeatures Look(Pool pool, double heading, double body, double letters)
    {
        var sentence = 0.0;
        var window = 0.0;
        foreach (var member in pool.Members)
        {
            var before = 0.0;
            foreach (var terms in member.Sentences)
            {
                var fit = FitOf(terms);
                sentence = Math.Max(sentence, fit);
                window = Math.Max(window, fit + (0.6 * before));
                before = fit;
            }
        }

        var (rare, covered, count) = Closer(pool);
        return new RankFeatures(heading, body, letters, sentence, window, rare, covered, count, _question.IsDense) { Near = _closeness?.Of(pool) ?? 0 };
    }

    private readonly double FitOf(int[] sentence)
    {
        var fit = 0.0;
        var seen = 0UL;
        foreach (var term in sentence)
        {
            if (_asked.TryGetValue(term, out var asked))
            {
                // Each concept once; of the concepts beyond the sixty-fourth, which no question of a person has, each time.
                var bit = asked.Concept < 64 ? 1UL << asked.Concept : 0;
                if ((seen & bit) == 0)
                {
                    seen |= bit;
                    fit += asked.Weight;
                }
            }
        }

        // Long sentences pay very little: 30 % less here cost one right answer in a hundred.
        return fit / (0.95 + (0.05 * Math.Min(3, sentence.Length / 40.0)));
    }

    private readonly (double Rare, double Covered, double Count) Closer(Pool pool)
    {
        var best = new double[_question.Concepts.Count];
        foreach (var terms in (ReadOnlySpan<TermCount[]>)[pool.Heading, pool.Body])
        {
            foreach (var (term, _) in terms)
            {
                if (_asked.TryGetValue(term, out var one))
                {
                    best[one.Concept] = Math.Max(best[one.Concept], one.Weight);
                }
            }
        }

        double rare = 0, covered = 0, asked = 0, there = 0;
        for (var i = 0; i < best.Length; i++)
        {
            var concept = _question.Concepts[i];
            rare += best[i] * best[i] / concept.Weight / 5;
            if (concept.Asked)
            {
                covered += best[i];
                asked += concept.Weight;
                there += best[i] > 0 ? concept.Weight : 0;
            }
        }

        return (rare, _total > 0 ? 10 * covered / _total : 0, asked > 0 ? 10 * there / asked : 0);
    }

    private readonly ref struct AddTo(Span<double> total) : IScoreSink
    {
        private readonly Span<double> _total = total;

        public void Add(int slot, double score) => _total[slot] += score;
    }

    private readonly ref struct RaiseTo(Span<double> total, Span<double> single) : IScoreSink
    {
        private readonly Span<double> _total = total;
        private readonly Span<double> _single = single;

        public void Add(int slot, double score)
        {
            if (score > _single[slot])
            {
                _total[slot] += score - _single[slot];
                _single[slot] = score;
            }
        }
    }

    private readonly ref struct Reset(Span<double> single) : IScoreSink
    {
        private readonly Span<double> _single = single;

        public void Add(int slot, double score) => _single[slot] = 0;
    }
}

/// <summary>A pool that came into question.</summary>
internal sealed record Candidate(Pool Pool, RankFeatures Features, double Score);
