using System.Globalization;
using System.Text;

namespace Solodesk.Bench.Seeding;

/// <summary>Makes subjects and messages, the same ones for the same seed. Product words have a long tail, as real vocabularies do.</summary>
internal sealed class Writing(Random random)
{
    private const int Products = 20_000;
    private static readonly string[] Vocabulary = MakeVocabulary();
    private static readonly double[] Shares = MakeShares();

    /// <summary>Product words that a message holds about once in 10,000 times.</summary>
    public static IReadOnlyList<string> RareWords => Vocabulary.AsSpan(900, 20).ToArray();

    public string Subject(bool chinese) => Fill(Pick(chinese ? Words.ChineseSubjects : Words.EnglishSubjects), chinese);

    /// <summary>Two to six sentences between a greeting and a name.</summary>
    public string Body(bool chinese, bool ours, string name)
    {
        var sentences = (chinese, ours) switch
        {
            (true, true) => Words.ChineseAnswers,
            (true, false) => Words.Chinese,
            (false, true) => Words.EnglishAnswers,
            (false, false) => Words.English,
        };
        var text = new StringBuilder(chinese ? "您好：\n\n" : "Hello,\n\n");
        for (var left = random.Next(2, 7); left > 0; left--)
        {
            text.Append(Fill(Pick(sentences), chinese));
            text.Append(chinese ? "" : " ");
        }

        return text.Append("\n\n").Append(name).ToString();
    }

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private string Fill(string template, bool chinese)
    {
        var text = new StringBuilder(template);
        text.Replace("{order}", $"SO-{random.Next(2023, 2027)}-{random.Next(100_000, 999_999)}");
        text.Replace("{n}", random.Next(2, 60).ToString(CultureInfo.InvariantCulture));
        text.Replace("{city}", Pick(chinese ? Words.ChineseCities : Words.EnglishCities));
        text.Replace("{product}", Product());
        return text.ToString();
    }

    // Zipf's law: the word of rank r comes with a share of 1/r.
    private string Product()
    {
        var at = Array.BinarySearch(Shares, random.NextDouble());
        return Vocabulary[Math.Min(at < 0 ? ~at : at, Products - 1)];
    }

    private static double[] MakeShares()
    {
        var shares = new double[Products];
        var sum = 0.0;
        for (var i = 0; i < Products; i++)
        {
            shares[i] = sum += 1.0 / (i + 1);
        }

        for (var i = 0; i < Products; i++)
        {
            shares[i] /= sum;
        }

        return shares;
    }

    private static string[] MakeVocabulary()
    {
        var random = new Random(7);
        string[] starts = ["lu", "ke", "mo", "ra", "ti", "sol", "ver", "pan", "dro", "bel", "fi", "zan", "qui", "hal", "nor"];
        string[] middles = ["mi", "ra", "to", "ven", "li", "do", "gar", "sa", "pe", "chu", "wi", "ny"];
        string[] ends = ["ra", "lon", "tek", "dia", "mo", "vex", "nis", "cor", "bly", "zu", "fan", "rit"];
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < Products)
        {
            words.Add(starts[random.Next(starts.Length)] + middles[random.Next(middles.Length)] + middles[random.Next(middles.Length)]
                + (random.Next(2) == 0 ? middles[random.Next(middles.Length)] : "") + ends[random.Next(ends.Length)]);
        }

        return [.. words];
    }
}
