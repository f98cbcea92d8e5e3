using System.Buffers;
using System.Runtime.InteropServices;

namespace Solodesk.Learning.Pairs;

/// <summary>
/// The questions of the training pairs as a mirror: two questions with no word in common may still be like the same known ones (explicit semantic analysis,
/// Gabrilovich and Markovitch, 2007, with questions for concepts).
/// </summary>
internal sealed class KnownQuestions
{
    private const int Nearest = 30;
    private const int Few = 10;

    /// <summary>A gram in more than this share of the questions, and in more than a few, finds nobody.</summary>
    private const double Everywhere = 1 / 8.0;

    /// <summary>A gram that nobody wrote lengthens a vector by this share of what the rarest would.</summary>
    private const double Unseen = 0.3;

    /// <summary>How many neighbours lend their words, and how much of them.</summary>
    private const int Lenders = 15;
    private const double Lent = 0.4;

    private readonly Dictionary<string, int> _grams = new(StringComparer.Ordinal);
    private readonly List<(int Question, double Weight)>[] _where;
    private readonly double[] _idf;
    private readonly double _rarest;
    private readonly (int Gram, double Weight)[][] _vectors;
    private readonly int[] _meaning;
    private readonly double[] _asked;
    private readonly double[] _same;
    private readonly double _usual;

    internal KnownQuestions(IReadOnlyList<(PairText A, PairText B)> texts, IReadOnlyList<bool> same)
    {
        var questions = new List<PairText>();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var pairs = texts.Select(t => (A: Number(t.A), B: Number(t.B))).ToArray();
        _idf = Idf(questions);
        _rarest = Math.Log(questions.Count + 1);
        _vectors = [.. questions.Select(Vector)];
        _where = [.. _idf.Select(_ => new List<(int, double)>())];
        for (var question = 0; question < _vectors.Length; question++)
        {
            foreach (var (gram, weight) in _vectors[question])
            {
                _where[gram].Add((question, weight));
            }
        }

        _meaning = [.. Enumerable.Range(0, questions.Count)];
        _asked = new double[questions.Count];
        _same = new double[questions.Count];
        _usual = same.Count(s => s) / (double)Math.Max(1, same.Count);
        for (var i = 0; i < pairs.Length; i++)
        {
            var (a, b) = pairs[i];
            _asked[a]++;
            _asked[b]++;
            if (same[i])
            {
                _same[a]++;
                _same[b]++;
                _meaning[Meaning(a)] = Meaning(b);
            }
        }

        for (var i = 0; i < _meaning.Length; i++)
        {
            _meaning[i] = Meaning(i);
            _same[i] = (_same[i] + _usual) / (_asked[i] + 1);
            _asked[i] = Math.Log(1 + _asked[i]);
        }

        int Number(PairText text)
        {
            if (numbers.TryAdd(text.Letters, questions.Count))
            {
                questions.Add(text);
            }

            return numbers[text.Letters];
        }
    }

    /// <summary>
    /// Twelve numbers: tf-idf cosine; cosine over the nearest known questions, over their meanings (those joined by pairs that are the same), and of the texts
    /// with their neighbours' words added; then, lesser and greater of the two sides: how near the nearest is, how near the nearest ten are, in what share of
    /// their pairs the ten were the same, and in how many pairs (logarithm) they stood.
    /// </summary>
    internal double[] Of(PairText a, PairText b)
    {
        var (x, y) = (Look(a), Look(b));
        return
        [
            Cosine(x.Vector, y.Vector),
            Cosine(x.Near, y.Near),
            Cosine(x.Near.Select(n => (_meaning[n.At], n.Weight * n.Weight)), y.Near.Select(n => (_meaning[n.At], n.Weight * n.Weight))),
            Cosine(x.Wider, y.Wider),
            .. Sides(Mean(x.Near, 1), Mean(y.Near, 1)),
            .. Sides(Mean(x.Near, Few), Mean(y.Near, Few)),
            .. Sides(Among(x.Near, _same, _usual), Among(y.Near, _same, _usual)),
            .. Sides(Among(x.Near, _asked, 0), Among(y.Near, _asked, 0)),
        ];
    }

    private int Meaning(int question)
    {
        while (_meaning[question] != question)
        {
            question = _meaning[question] = _meaning[_meaning[question]];
        }

        return question;
    }

    private double[] Idf(List<PairText> questions)
    {
        var counts = new List<int>();
        foreach (var gram in questions.SelectMany(q => q.Grams))
        {
            if (_grams.TryAdd(gram, counts.Count))
            {
                counts.Add(0);
            }

            counts[_grams[gram]]++;
        }

        return [.. counts.Select(c => Math.Log((questions.Count + 1.0) / (c + 0.5)))];
    }

    private (int Gram, double Weight)[] Vector(PairText text)
    {
        var squares = 0.0;
        var vector = new List<(int Gram, double Weight)>(text.Grams.Length);
        foreach (var gram in text.Grams)
        {
            if (_grams.TryGetValue(gram, out var number))
            {
                vector.Add((number, _idf[number]));
                squares += _idf[number] * _idf[number];
            }
            else
            {
                squares += Unseen * _rarest * _rarest;
            }
        }

        var length = Math.Sqrt(Math.Max(squares, 1e-9));
        return [.. vector.Select(v => (v.Gram, v.Weight / length))];
    }

    private ((int At, double Weight)[] Vector, (int At, double Weight)[] Near, Dictionary<int, double> Wider) Look(PairText text)
    {
        var vector = Vector(text);
        var near = Near(vector);
        var wider = vector.ToDictionary(v => v.Gram, v => v.Weight);
        foreach (var (question, likeness) in near.Take(Lenders))
        {
            foreach (var (gram, weight) in _vectors[question])
            {
                wider[gram] = wider.GetValueOrDefault(gram) + (Lent * likeness * weight);
            }
        }

        return (vector, near, wider);
    }

    // The nearest questions, nearest first, ties by number.
    private (int At, double Weight)[] Near((int Gram, double Weight)[] vector)
    {
        var sums = ArrayPool<double>.Shared.Rent(_vectors.Length);
        sums.AsSpan(0, _vectors.Length).Clear();
        foreach (var (gram, weight) in vector)
        {
            if (_where[gram].Count <= Math.Max(Few, _vectors.Length * Everywhere))
            {
                foreach (var (question, there) in CollectionsMarshal.AsSpan(_where[gram]))
                {
                    sums[question] += weight * there;
                }
            }
        }

        var best = new PriorityQueue<int, double>(Nearest + 1);
        var enough = 0.0;
        for (var question = 0; question < _vectors.Length; question++)
        {
            if (sums[question] > enough)
            {
                best.Enqueue(question, sums[question]);
                if (best.Count > Nearest)
                {
                    best.Dequeue();
                    best.TryPeek(out _, out enough);
                }
            }
        }

        (int At, double Weight)[] near = [.. best.UnorderedItems.Select(n => (n.Element, n.Priority)).OrderByDescending(n => n.Priority).ThenBy(n => n.Element)];
        ArrayPool<double>.Shared.Return(sums);
        return near;
    }

    private static double[] Sides(double a, double b) => [Math.Min(a, b), Math.Max(a, b)];

    private static double Mean((int At, double Weight)[] near, int count) => near.Take(count).Select(n => n.Weight).DefaultIfEmpty(0).Average();

    private static double Among((int At, double Weight)[] near, double[] values, double usual)
    {
        var ten = near.Take(Few).ToArray();
        return ten.Length == 0 ? usual : ten.Sum(n => n.Weight * values[n.At]) / Math.Max(ten.Sum(n => n.Weight), 1e-9);
    }

    private static double Cosine(IEnumerable<(int At, double Weight)> a, IEnumerable<(int At, double Weight)> b) => Cosine(Sum(a), Sum(b));

    private static double Cosine(Dictionary<int, double> a, Dictionary<int, double> b) =>
        a.Sum(x => x.Value * b.GetValueOrDefault(x.Key)) / Math.Max(1e-9, Math.Sqrt(a.Values.Sum(w => w * w) * b.Values.Sum(w => w * w)));

    private static Dictionary<int, double> Sum(IEnumerable<(int At, double Weight)> parts)
    {
        var sum = new Dictionary<int, double>();
        foreach (var (at, weight) in parts)
        {
            sum[at] = sum.GetValueOrDefault(at) + weight;
        }

        return sum;
    }
}
