namespace Solodesk.Text.Search;

/// <summary>Turns ranked pools into ranked entries: within a pool the answer that fits best comes first.</summary>
internal static class PoolMembers
{
    internal static IReadOnlyList<SearchHit> Spread(IndexState index, Question question, List<Candidate> candidates, int limit)
    {
        var weights = new Dictionary<int, double>();
        foreach (var concept in question.Concepts)
        {
            foreach (var (term, fit) in concept.Alternatives)
            {
                weights[term] = Math.Max(weights.GetValueOrDefault(term), concept.Weight * fit);
            }
        }

        var hits = new List<SearchHit>();
        foreach (var candidate in candidates)
        {
            if (hits.Count >= limit)
            {
                break;
            }

            var matched = Matched(question, weights, candidate.Pool);
            hits.AddRange(candidate.Pool.Members
                .Select(m => (Member: m, Fit: Fit(index, weights, m)))
                .OrderByDescending(m => m.Fit)
                .ThenBy(m => m.Member.Entry.Id, StringComparer.Ordinal)
                .Take(limit - hits.Count)
                .Select(m => new SearchHit(m.Member.Entry.Id, candidate.Score, matched, candidate.Features)));
        }

        return hits;
    }

    private static double Fit(IndexState index, Dictionary<int, double> weights, Member member)
    {
        var fit = 0.0;
        foreach (var (term, count) in member.Body)
        {
            if (weights.TryGetValue(term, out var weight))
            {
                fit += weight * index.Body.ScoreOf(term, count, member.BodyLength);
            }
        }

        return fit;
    }

    private static List<string> Matched(Question question, Dictionary<int, double> asked, Pool pool)
    {
        var found = new HashSet<int>();
        foreach (var terms in (ReadOnlySpan<TermCount[]>)[pool.Heading, pool.Body])
        {
            foreach (var (term, _) in terms)
            {
                if (asked.ContainsKey(term))
                {
                    found.Add(term);
                }
            }
        }

        return [.. question.Concepts.Where(c => c.Asked && c.Alternatives.Any(a => found.Contains(a.Term))).Select(c => c.Name)];
    }
}
