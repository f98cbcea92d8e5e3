using System.Runtime.InteropServices;

namespace Solodesk.Learning.Pairs;

/// <summary>
/// Which words stand for which others where two questions ask the same: the first translation model of Brown et al. ("The Mathematics of Statistical
/// Machine Translation", 1993), from a language into itself, learned from the pairs that are the same, in both directions.
/// </summary>
internal sealed class Translations
{
    private const int Rounds = 4;
    private const int SeenAtLeast = 3;

    /// <summary>Before the first round a word is this many times as likely to stand for itself as for any other.</summary>
    private const double Itself = 20;

    /// <summary>How much of a text is said to come from the other one; the rest comes from how people write.</summary>
    private const double FromOther = 0.7;

    private const int Nothing = 0;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [""] = Nothing };
    private readonly List<double> _counts = [0];
    private readonly double _all;
    private Dictionary<(int From, int To), double> _chances = [];

    internal Translations(IReadOnlyList<(PairText A, PairText B)> texts, IReadOnlyList<bool> same)
    {
        var pairs = new List<(int[] From, int[] To)>();
        for (var i = 0; i < texts.Count; i++)
        {
            var (a, b) = (Count(texts[i].A), Count(texts[i].B));
            if (same[i])
            {
                pairs.Add((a, b));
                pairs.Add((b, a));
            }
        }

        _all = Math.Max(1, _counts.Sum());
        for (var i = 0; i < pairs.Count; i++)
        {
            pairs[i] = ([.. pairs[i].From.Where(Known), Nothing], [.. pairs[i].To.Where(Known)]);
        }

        for (var round = 0; round < Rounds; round++)
        {
            Improve(pairs, first: round == 0);
        }
    }

    /// <summary>
    /// Five numbers: how much likelier each text is (mean log ratio of its words) beside the other than by itself, both directions together and the lesser; the
    /// word least explained; and the first two again with no word counted for more than 2. The order of the two does not matter.
    /// </summary>
    internal double[] Of(PairText a, PairText b)
    {
        // Words that no pair had still count when they stand on both sides.
        var fresh = new Dictionary<string, int>(StringComparer.Ordinal);
        var (left, right) = (Numbers(a, fresh), Numbers(b, fresh));
        var (there, back) = (Gain(left, right), Gain(right, left));
        return
        [
            there.Mean + back.Mean,
            Math.Min(there.Mean, back.Mean),
            Math.Min(there.Least, back.Least),
            there.Capped + back.Capped,
            Math.Min(there.Capped, back.Capped),
        ];
    }

    private bool Known(int unit) => _counts[unit] >= SeenAtLeast;

    private int[] Count(PairText text)
    {
        var numbers = new int[text.Units.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, text.Units[i], out var known);
            if (!known)
            {
                number = _counts.Count;
                _counts.Add(0);
            }

            _counts[number]++;
            numbers[i] = number;
        }

        return numbers;
    }

    private int[] Numbers(PairText text, Dictionary<string, int> fresh)
    {
        var numbers = new int[text.Units.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            var unit = text.Units[i];
            if (!_numbers.TryGetValue(unit, out numbers[i]) && !fresh.TryGetValue(unit, out numbers[i]))
            {
                fresh.Add(unit, numbers[i] = _counts.Count + fresh.Count);
            }
        }

        return numbers;
    }

    // One round of expectation and maximisation.
    private void Improve(List<(int[] From, int[] To)> pairs, bool first)
    {
        var counts = new Dictionary<(int From, int To), double>();
        var totals = new double[_counts.Count];
        var shares = Array.Empty<double>();
        foreach (var (from, to) in pairs)
        {
            if (shares.Length < from.Length)
            {
                shares = new double[from.Length];
            }

            foreach (var word in to)
            {
                var sum = 0.0;
                for (var i = 0; i < from.Length; i++)
                {
                    sum += shares[i] = first ? (from[i] == word ? Itself : 1) : Math.Max(_chances.GetValueOrDefault((from[i], word)), 1e-9);
                }

                for (var i = 0; i < from.Length; i++)
                {
                    var share = shares[i] / sum;
                    if (share >= 1e-3)
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(counts, (from[i], word), out _) += share;
                        totals[from[i]] += share;
                    }
                }
            }
        }

        _chances = new Dictionary<(int From, int To), double>();
        foreach (var (key, count) in counts)
        {
            // One is added to what a word was seen to do, so that a rare word is not sure of what it means.
            var chance = count / (totals[key.From] + 1);
            if (chance > 1e-4)
            {
                _chances.Add(key, chance);
            }
        }
    }

    private (double Mean, double Least, double Capped) Gain(int[] from, int[] to)
    {
        if (from.Length == 0 || to.Length == 0)
        {
            return (0, 0, 0);
        }

        double sum = 0, least = double.MaxValue, capped = 0;
        foreach (var word in to)
        {
            var alone = ((word < _counts.Count ? _counts[word] : 0) + 0.5) / _all;
            var other = 0.0;
            foreach (var word2 in from)
            {
                other += 0.5 * (_chances.GetValueOrDefault((word2, word)) + (word2 == word ? 1 : 0));
            }

            var gain = Math.Log(((FromOther * other / from.Length) + ((1 - FromOther) * alone)) / alone);
            sum += gain;
            least = Math.Min(least, gain);
            capped += Math.Min(gain, 2);
        }

        return (sum / to.Length, least, capped / to.Length);
    }
}
