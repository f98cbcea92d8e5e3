using Solodesk.Learning.Features;

namespace Solodesk.Learning.Pairs;

/// <summary>
/// Which words two questions share, which they do not, and which unshared words face each other, as sparse features: what a linear model needs to learn
/// that 怎么 against 如何 is no difference and 开通 against 关闭 is one.
/// </summary>
internal sealed class PairGrams
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    internal PairGrams(IEnumerable<(PairText A, PairText B)> pairs, int atLeast = 2)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (a, b) in pairs)
        {
            foreach (var group in Groups(a, b))
            {
                foreach (var gram in group)
                {
                    counts[gram] = counts.GetValueOrDefault(gram) + 1;
                }
            }
        }

        foreach (var (gram, count) in counts)
        {
            if (count >= atLeast)
            {
                _index.Add(gram, _index.Count);
            }
        }
    }

    internal int Size => _index.Count;

    internal SparseVector Of(PairText a, PairText b)
    {
        var values = new SortedDictionary<int, float>();
        foreach (var group in Groups(a, b))
        {
            var known = group.Where(_index.ContainsKey).Select(g => _index[g]).ToList();
            var value = (float)(1 / Math.Sqrt(Math.Max(4, known.Count)));
            foreach (var at in known)
            {
                values[at] = value;
            }
        }

        return new SparseVector([.. values.Keys], [.. values.Values]);
    }

    private static IEnumerable<List<string>> Groups(PairText a, PairText b)
    {
        var left = a.Words.Concat(a.Pairs).ToHashSet(StringComparer.Ordinal);
        var right = b.Words.Concat(b.Pairs).ToHashSet(StringComparer.Ordinal);
        yield return [.. left.Where(right.Contains).Select(g => "=" + g)];
        yield return [.. left.Where(g => !right.Contains(g)).Concat(right.Where(g => !left.Contains(g))).Select(g => "-" + g)];
        var onlyLeft = left.Where(g => !right.Contains(g)).Take(24).ToList();
        var onlyRight = right.Where(g => !left.Contains(g)).Take(24).ToList();
        yield return
        [
            .. onlyLeft.SelectMany(l => onlyRight.Select(r => string.CompareOrdinal(l, r) < 0 ? l + "|" + r : r + "|" + l)).Distinct(StringComparer.Ordinal),
        ];
    }
}
