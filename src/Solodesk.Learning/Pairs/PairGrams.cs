using System.Runtime.InteropServices;
using Solodesk.Learning.Features;

namespace Solodesk.Learning.Pairs;

/// <summary>
/// Which words two questions share, which they do not, and which unshared words face each other, as sparse features: what a linear model needs to learn
/// that 怎么 against 如何 is no difference and 开通 against 关闭 is one.
/// </summary>
internal sealed class PairGrams
{
    /// <summary>Of a long text only so many unshared units face those of the other side.</summary>
    private const int Facing = 24;

    private const int Alone = -1;

    private readonly Dictionary<string, int> _units = new(StringComparer.Ordinal);
    private readonly Dictionary<(int, int), int> _index = [];

    internal PairGrams(IEnumerable<(PairText A, PairText B)> pairs, int atLeast = 2)
    {
        // A feature is two numbers: of facing units, the lesser first; of a shared unit, twice; of an unshared one, with none. There are hundreds in a pair,
        // too many to spell out.
        var counts = new Dictionary<(int, int), int>();
        foreach (var (a, b) in pairs)
        {
            foreach (var feature in Groups(Learn(a), Learn(b)).SelectMany(g => g))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, feature, out _)++;
            }
        }

        foreach (var (feature, count) in counts)
        {
            if (count >= atLeast)
            {
                _index.Add(feature, _index.Count);
            }
        }
    }

    internal int Size => _index.Count;

    internal SparseVector Of(PairText a, PairText b)
    {
        var places = new List<int>();
        var values = new List<float>();
        foreach (var group in Groups(Known(a), Known(b)))
        {
            var before = places.Count;
            foreach (var feature in group)
            {
                if (_index.TryGetValue(feature, out var place))
                {
                    places.Add(place);
                }
            }

            var known = places.Count - before;
            values.AddRange(Enumerable.Repeat((float)(1 / Math.Sqrt(Math.Max(4, known))), known));
        }

        int[] indices = [.. places];
        float[] weights = [.. values];
        Array.Sort(indices, weights);
        return new SparseVector(indices, weights);
    }

    private static List<(int, int)>[] Groups(int[] a, int[] b)
    {
        var (left, right) = (a.ToHashSet(), b.ToHashSet());
        int[] onlyLeft = [.. a.Where(u => !right.Contains(u))];
        int[] onlyRight = [.. b.Where(u => !left.Contains(u))];
        var facing = new List<(int, int)>();
        foreach (var l in onlyLeft.AsSpan(0, Math.Min(Facing, onlyLeft.Length)))
        {
            foreach (var r in onlyRight.AsSpan(0, Math.Min(Facing, onlyRight.Length)))
            {
                facing.Add(l < r ? (l, r) : (r, l));
            }
        }

        return [[.. a.Where(right.Contains).Select(u => (u, u))], [.. onlyLeft.Concat(onlyRight).Select(u => (u, Alone))], facing];
    }

    private int[] Learn(PairText text)
    {
        var numbers = new int[text.Units.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!_units.TryGetValue(text.Units[i], out numbers[i]))
            {
                _units.Add(text.Units[i], numbers[i] = _units.Count);
            }
        }

        return numbers;
    }

    private int[] Known(PairText text) => [.. text.Units.Select(u => _units.GetValueOrDefault(u, -1)).Where(n => n >= 0)];
}
