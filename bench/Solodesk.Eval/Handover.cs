using System.Diagnostics;
using Solodesk.Learning.Intents;

namespace Solodesk.Eval;

/// <summary>Which intent a message has, and when to hand it to a person because it has none of them.</summary>
internal static class Handover
{
    private const string Outside = "(out of scope)";

    internal static object Run(Options options)
    {
        var train = options.All("--train").SelectMany(Read).ToList();
        var test = Read(options.One("--test"));
        var clock = Stopwatch.StartNew();
        var classifier = IntentClassifier.Train([.. train]);
        var trained = clock.Elapsed;
        var times = new List<double>(test.Count);
        var outcomes = new List<(string Right, string Given, string Best)>();
        foreach (var example in test)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = classifier.Classify(example.Text);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            outcomes.Add((example.Intent ?? Outside, answer.HandOver ? Outside : answer.Intent, answer.Intent));
        }

        var inside = outcomes.Where(o => o.Right != Outside).ToList();
        var outside = outcomes.Where(o => o.Right == Outside).ToList();
        return new
        {
            task = "handover",
            train = train.Count,
            trainOutOfScope = train.Count(t => t.Intent is null),
            intents = train.Where(t => t.Intent is not null).Select(t => t.Intent).Distinct().Count(),
            test = test.Count,
            testOutOfScope = outside.Count,
            inScopeAccuracy = Share(inside, o => o.Right == o.Given),
            outOfScopeRecall = Share(outside, o => o.Right == o.Given),
            jointAccuracy = Share(outcomes, o => o.Right == o.Given),
            mcc = Math.Round(Mcc(outcomes), 4),
            intentAccuracyWithoutHandover = Share(inside, o => o.Right == o.Best),
            threshold = Math.Round(classifier.Threshold, 4),
            trainSeconds = Math.Round(trained.TotalSeconds, 1),
            msPerQuery = Timing.Of(times),
        };
    }

    private static List<IntentExample> Read(string file)
    {
        var table = Table.Read(file);
        var text = table.Needed("text", "sentence", "query", "question", "utterance", "message");
        var label = table.Needed("label", "intent", "category", "class");
        return [.. Enumerable.Range(0, table.Count).Select(i => new IntentExample(table.Cell(i, text), Intent(table.Cell(i, label).Trim())))];
    }

    private static string? Intent(string label) =>
        label.ToUpperInvariant() is "" or "OOS" or "NO_NODES_DETECTED" or "OUT_OF_SCOPE" or "OUT-OF-SCOPE" or "OUTOFSCOPE" or "NONE" ? null : label;

    private static double Share(
        List<(string Right, string Given, string Best)> outcomes, Func<(string Right, string Given, string Best), bool> right) =>
        outcomes.Count == 0 ? 0 : Math.Round(outcomes.Count(right) / (double)outcomes.Count, 4);

    /// <summary>Matthews' correlation for many classes (Gorodkin 2004), out of scope being one of them.</summary>
    private static double Mcc(List<(string Right, string Given, string Best)> outcomes)
    {
        double count = outcomes.Count;
        double right = outcomes.Count(o => o.Right == o.Given);
        var actual = outcomes.CountBy(o => o.Right).ToDictionary(g => g.Key, g => (double)g.Value);
        var given = outcomes.CountBy(o => o.Given).ToDictionary(g => g.Key, g => (double)g.Value);
        var chance = actual.Sum(a => a.Value * given.GetValueOrDefault(a.Key));
        var spread = Math.Sqrt((count * count) - given.Values.Sum(v => v * v)) * Math.Sqrt((count * count) - actual.Values.Sum(v => v * v));
        return spread == 0 ? 0 : ((right * count) - chance) / spread;
    }
}
