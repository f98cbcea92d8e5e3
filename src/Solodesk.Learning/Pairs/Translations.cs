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

    /// <summary>A chance below this is none.</summary>
    private const double Never = 1e-4;

    /// <summary>Of a long text only so many words are looked at: every word meets every one of the other side.</summary>
    private const int Longest = 120;

    private const int Nothing = 0;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [""] = Nothing };
    private readonly List<double> _counts = [0];
    private readonly double _all;
    private readonly Dictionary<(int From, int To), double> _chances = [];

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
        Learn([.. pairs.Select(p => (p.From.Where(Known).Take(Longest).Append(Nothing).ToArray(), p.To.Where(Known).Take(Longest).ToArray()))]);
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
        var numbers = new int[Math.Min(Longest, text.Units.Length)];
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

    // Expectation and maximisation. Each meeting of two words gets a number once, so that the rounds need no look-up.
    private void Learn((int[] From, int[] To)[] pairs)
    {
        var numbers = new Dictionary<(int From, int To), int>();
        var meetings = new List<(int From, int To)>();
        var cells = pairs.Select(p => Cells(p.From, p.To)).ToArray();
        var chances = meetings.Select(m => m.From == m.To ? Itself : 1).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var counts = new double[meetings.Count];
            foreach (var (row, width) in cells.Select((c, i) => (c, pairs[i].From.Length)))
            {
                for (var at = 0; at < row.Length; at += width)
                {
                    Share(row.AsSpan(at, width), chances, counts);
                }
            }

            Improve(meetings, counts, chances);
        }

        for (var i = 0; i < chances.Length; i++)
        {
            if (chances[i] > Never)
            {
                _chances.Add(meetings[i], chances[i]);
            }
        }

        int[] Cells(int[] from, int[] to)
        {
            var row = new int[from.Length * to.Length];
            for (var i = 0; i < row.Length; i++)
            {
                var (f, t) = (from[i % from.Length], to[i / from.Length]);
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, (f, t), out var known);
                if (!known)
                {
                    number = meetings.Count;
                    meetings.Add((f, t));
                }

                row[i] = number;
            }

            return row;
        }
    }

    // One word of a text is shared out among the words of the other that it may come from.
    private static void Share(ReadOnlySpan<int> cells, double[] chances, double[] counts)
    {
        var sum = 0.0;
        foreach (var cell in cells)
        {
            sum += chances[cell];
        }

        foreach (var cell in cells)
        {
            var share = chances[cell] / sum;
            if (share >= 1e-3)
            {
                counts[cell] += share;
            }
        }
    }

    private void Improve(List<(int From, int To)> meetings, double[] counts, double[] chances)
    {
        var totals = new double[_counts.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            totals[meetings[i].From] += counts[i];
        }

        for (var i = 0; i < counts.Length; i++)
        {
            // One is added to what a word was seen to do, so that a rare word is not sure of what it means.
            var chance = counts[i] / (totals[meetings[i].From] + 1);
            chances[i] = chance > Never ? chance : 1e-9;
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
