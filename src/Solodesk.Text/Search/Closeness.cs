namespace Solodesk.Text.Search;

/// <summary>
/// How close together the words of a question stand in a text: from the best place in it every word counts by its distance (Lv and Zhai, "Positional
/// Language Models for Information Retrieval", 2009). An answer says it all in a few clauses; a text about the same subject has the words here and there.
/// </summary>
/// <remarks>One per search; not thread-safe.</remarks>
internal sealed class Closeness(Question question, AskedTerms asked)
{
    /// <summary>At this distance a word counts half; characters and pairs take turns, so it is about twenty characters.</summary>
    private const double Reach = 40;

    /// <summary>Between two sentences, in the same unit.</summary>
    private const int Gap = 2;

    /// <summary>What a word counts at least: the heading says what every sentence below it is about.</summary>
    private const double InHeading = 0.6;
    private const double Anywhere = 0.3;

    private readonly List<(int At, int Local)> _found = [];
    private readonly List<(double Weight, double Least)> _words = [];
    private readonly int[] _local = new int[question.Concepts.Count];
    private readonly double[] _heading = new double[question.Concepts.Count];
    private int[] _last = [];
    private float[] _distances = [];

    /// <summary>The fit of the best place of the best text of a pool.</summary>
    internal double Of(Pool pool)
    {
        Array.Clear(_heading);
        foreach (var (term, _) in pool.Heading)
        {
            if (asked.TryGetValue(term, out var word))
            {
                _heading[word.Concept] = Math.Max(_heading[word.Concept], word.Weight);
            }
        }

        var best = 0.0;
        foreach (var member in pool.Members)
        {
            best = Math.Max(best, Of(member));
        }

        return best;
    }

    private double Of(Member member)
    {
        var places = Find(member);
        var around = 0.0;
        for (var i = 0; i < _heading.Length; i++)
        {
            around += _local[i] < 0 ? InHeading * _heading[i] : 0;
        }

        if (places == 0)
        {
            return around + _words.Sum(w => w.Weight * w.Least);
        }

        Measure(places);
        var best = 0.0;
        for (var place = 0; place < places; place++)
        {
            var sum = 0.0;
            for (var i = 0; i < _words.Count; i++)
            {
                var far = _distances[(place * _words.Count) + i] / Reach;
                sum += _words[i].Weight * Math.Max(_words[i].Least, 1 / (1 + (far * far)));
            }

            best = Math.Max(best, sum);
        }

        return best + around;
    }

    /// <summary>Notes where the asked words stand; returns at how many of these places a best place may be.</summary>
    private int Find(Member member)
    {
        _found.Clear();
        _words.Clear();
        Array.Fill(_local, -1);
        var (at, places) = (0, 0);
        foreach (var sentence in member.Sentences)
        {
            foreach (var term in sentence)
            {
                at++;
                if (!asked.TryGetValue(term, out var word))
                {
                    continue;
                }

                ref var local = ref _local[word.Concept];
                if (local < 0)
                {
                    local = _words.Count;
                    _words.Add((0, _heading[word.Concept] > 0 ? InHeading : Anywhere));
                }

                if (word.Weight > _words[local].Weight)
                {
                    _words[local] = _words[local] with { Weight = word.Weight };
                }

                // A single character is no place to begin from: there are too many, and its pairs are there too.
                var place = !Analyzer.IsUnigram(question.Concepts[word.Concept].Name);
                places += place ? 1 : 0;
                _found.Add((at, place ? local : ~local));
            }

            at += Gap;
        }

        return places;
    }

    // From each place to the nearest occurrence of each word: once from the left, once from the right.
    private void Measure(int places)
    {
        var words = _words.Count;
        if (_distances.Length < places * words)
        {
            _distances = new float[places * words];
        }

        if (_last.Length < words)
        {
            _last = new int[words];
        }

        const int Never = 1 << 20;
        Array.Fill(_last, -Never);
        var place = 0;
        foreach (var (at, local) in _found)
        {
            _last[local < 0 ? ~local : local] = at;
            if (local >= 0)
            {
                var row = _distances.AsSpan(place++ * words, words);
                for (var i = 0; i < words; i++)
                {
                    row[i] = at - _last[i];
                }
            }
        }

        Array.Fill(_last, Never);
        for (var k = _found.Count - 1; k >= 0; k--)
        {
            var (at, local) = _found[k];
            _last[local < 0 ? ~local : local] = at;
            if (local >= 0)
            {
                var row = _distances.AsSpan(--place * words, words);
                for (var i = 0; i < words; i++)
                {
                    row[i] = Math.Min(row[i], _last[i] - at);
                }
            }
        }
    }
}
