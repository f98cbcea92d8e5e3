using System.Numerics.Tensors;

namespace Solodesk.Learning.Pairs;

/// <summary>In how many ways two questions are alike, as numbers. The order of the two does not matter.</summary>
internal sealed class PairEvidence
{
    private static readonly string[] QuestionWords =
        ["怎么", "什么", "多少", "哪", "谁", "几", "吗", "为什么", "如何", "何时", "时候", "不", "没", "能", "可以", "what", "how", "why", "when", "who", "where", "not", "can"];

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly int _texts;
    private readonly ContextVectors _context;

    internal PairEvidence(IReadOnlyList<PairText> texts)
    {
        _texts = texts.Count;
        foreach (var text in texts)
        {
            foreach (var gram in text.Words.Concat(text.Pairs).Concat(text.Triples).Distinct(StringComparer.Ordinal))
            {
                _counts[gram] = _counts.GetValueOrDefault(gram) + 1;
            }
        }

        _context = new ContextVectors(texts.Select(t => (IReadOnlyList<string>)t.Words).Concat(texts.Select(t => (IReadOnlyList<string>)t.Pairs)));
    }

    internal double[] Of(PairText a, PairText b)
    {
        if (string.CompareOrdinal(a.Letters, b.Letters) > 0)
        {
            (a, b) = (b, a);
        }

        var numbers = new List<double>(64);
        Overlap(numbers, a.Words, b.Words);
        Overlap(numbers, a.Pairs, b.Pairs);
        Overlap(numbers, a.Triples, b.Triples);
        Soft(numbers, a.Words, b.Words);
        Soft(numbers, a.Pairs, b.Pairs);
        numbers.Add(Cosine(a.Words, b.Words));
        numbers.Add(Cosine(a.Pairs, b.Pairs));
        Order(numbers, a.Letters, b.Letters);
        Asked(numbers, a.Letters, b.Letters);
        return [.. numbers];
    }

    internal double Idf(string gram) => Math.Log((_texts + 1.0) / (_counts.GetValueOrDefault(gram) + 0.5));

    private void Overlap(List<double> numbers, List<string> a, List<string> b)
    {
        var left = a.ToHashSet(StringComparer.Ordinal);
        var right = b.ToHashSet(StringComparer.Ordinal);
        double shared = 0, onlyLeft = 0, onlyRight = 0, sharedWeight = 0, leftWeight = 0, rightWeight = 0, rarestMissing = 0, rarestShared = 0;
        foreach (var gram in left)
        {
            var idf = Idf(gram);
            if (right.Contains(gram))
            {
                shared++;
                sharedWeight += idf;
                rarestShared = Math.Max(rarestShared, idf);
            }
            else
            {
                onlyLeft++;
                leftWeight += idf;
                rarestMissing = Math.Max(rarestMissing, idf);
            }
        }

        foreach (var gram in right.Where(g => !left.Contains(g)))
        {
            var idf = Idf(gram);
            onlyRight++;
            rightWeight += idf;
            rarestMissing = Math.Max(rarestMissing, idf);
        }

        numbers.Add(2 * shared / Math.Max(1, left.Count + right.Count));
        numbers.Add(shared / Math.Max(1, Math.Min(left.Count, right.Count)));
        numbers.Add(2 * sharedWeight / Math.Max(1e-6, (2 * sharedWeight) + leftWeight + rightWeight));
        numbers.Add(sharedWeight / Math.Max(1e-6, sharedWeight + Math.Min(leftWeight, rightWeight)));
        numbers.Add(Math.Min(onlyLeft, onlyRight));
        numbers.Add(Math.Max(onlyLeft, onlyRight));
        numbers.Add(Math.Min(leftWeight, rightWeight));
        numbers.Add(Math.Max(leftWeight, rightWeight));
        numbers.Add(sharedWeight);
        numbers.Add(rarestMissing);
        numbers.Add(rarestShared);
    }

    // Words without a partner look for the one most alike on the other side.
    private void Soft(List<double> numbers, List<string> a, List<string> b)
    {
        var one = Aligned(a, b);
        var other = Aligned(b, a);
        numbers.Add((one.Mean + other.Mean) / 2);
        numbers.Add(Math.Min(one.Mean, other.Mean));
        numbers.Add(Math.Min(one.Least, other.Least));
        numbers.Add(one.Lost + other.Lost);
        numbers.Add(Math.Max(one.Lost, other.Lost));
    }

    private (double Mean, double Least, double Lost) Aligned(List<string> from, List<string> to)
    {
        double sum = 0, weights = 0, least = 1, lost = 0;
        var there = to.ToHashSet(StringComparer.Ordinal);
        float[][] vectors = [.. there.Select(t => _context[t])];
        foreach (var gram in from.Distinct(StringComparer.Ordinal))
        {
            var best = there.Contains(gram) ? 1 : Nearest(_context[gram], vectors);
            var idf = Idf(gram);
            sum += idf * best;
            weights += idf;
            lost += idf * (1 - best);
            least = Math.Min(least, best);
        }

        return (sum / Math.Max(1e-6, weights), least, lost);
    }

    private static double Nearest(float[] vector, float[][] others) =>
        others.Length == 0 || vector.Length == 0 ? 0 : others.Max(o => ContextVectors.Likeness(vector, o));

    private double Cosine(List<string> a, List<string> b)
    {
        var x = Sum(a);
        var y = Sum(b);
        return x.Length == 0 || y.Length == 0
            ? 0
            : TensorPrimitives.Dot<float>(x, y) / Math.Max(1e-6, TensorPrimitives.Norm<float>(x) * TensorPrimitives.Norm<float>(y));
    }

    private float[] Sum(List<string> grams)
    {
        float[] sum = [];
        foreach (var gram in grams)
        {
            var vector = _context[gram];
            if (vector.Length == 0)
            {
                continue;
            }

            if (sum.Length == 0)
            {
                sum = new float[vector.Length];
            }

            TensorPrimitives.MultiplyAdd(vector, (float)Idf(gram), sum, sum);
        }

        return sum;
    }

    private static void Order(List<double> numbers, string a, string b)
    {
        var longest = Math.Max(1, Math.Max(a.Length, b.Length));
        var shortest = Math.Max(1, Math.Min(a.Length, b.Length));
        var (distance, subsequence, run) = Compare(a, b);
        var prefix = a.AsSpan().CommonPrefixLength(b);
        var suffix = 0;
        while (suffix < Math.Min(a.Length, b.Length) - prefix && a[^(suffix + 1)] == b[^(suffix + 1)])
        {
            suffix++;
        }

        numbers.Add(1 - (distance / (double)longest));
        numbers.Add(distance);
        numbers.Add(subsequence / (double)longest);
        numbers.Add(subsequence / (double)shortest);
        numbers.Add(run / (double)longest);
        numbers.Add(run / (double)shortest);
        numbers.Add(prefix / (double)shortest);
        numbers.Add(suffix / (double)shortest);
        numbers.Add(longest - shortest);
        numbers.Add(shortest / (double)longest);
        numbers.Add(shortest);
        numbers.Add(longest);
    }

    private static void Asked(List<double> numbers, string a, string b)
    {
        double same = 0, differs = 0;
        foreach (var word in QuestionWords)
        {
            var left = a.Contains(word, StringComparison.Ordinal);
            var right = b.Contains(word, StringComparison.Ordinal);
            same += left && right ? 1 : 0;
            differs += left != right ? 1 : 0;
        }

        numbers.Add(same);
        numbers.Add(differs);
        numbers.Add(a.Contains('不', StringComparison.Ordinal) == b.Contains('不', StringComparison.Ordinal) ? 0 : 1);
        var left2 = string.Concat(a.Where(char.IsAsciiLetterOrDigit));
        var right2 = string.Concat(b.Where(char.IsAsciiLetterOrDigit));
        numbers.Add(left2 == right2 ? left2.Length > 0 ? 1 : 0 : -1);
    }

    private static (int Distance, int Subsequence, int Run) Compare(string a, string b)
    {
        var distance = Enumerable.Range(0, b.Length + 1).ToArray();
        var common = new int[b.Length + 1];
        var runs = new int[b.Length + 1];
        var longest = 0;
        for (var i = 1; i <= a.Length; i++)
        {
            var (corner, cornerCommon, cornerRun) = (distance[0], 0, 0);
            distance[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var (up, upCommon, upRun) = (distance[j], common[j], runs[j]);
                var equal = a[i - 1] == b[j - 1];
                distance[j] = Math.Min(Math.Min(distance[j] + 1, distance[j - 1] + 1), corner + (equal ? 0 : 1));
                common[j] = equal ? cornerCommon + 1 : Math.Max(common[j], common[j - 1]);
                runs[j] = equal ? cornerRun + 1 : 0;
                longest = Math.Max(longest, runs[j]);
                (corner, cornerCommon, cornerRun) = (up, upCommon, upRun);
            }
        }

        return (distance[b.Length], common[b.Length], longest);
    }
}
