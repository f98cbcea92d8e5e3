using System.Diagnostics;
using Solodesk.Text.Search;

namespace Solodesk.Eval;

/// <summary>Do questions that mean the same come to stand together, and no others?</summary>
internal static class Groups
{
    internal static object Run(Options options)
        => options.Optional("--pairs") is { } pairs ? OfPairs(Pairs.Read(pairs)) : OfLabels(Table.Read(options.One("--asked")));

    /// <summary>Every two questions of one label belong together (stackfaq: the questions of one thread).</summary>
    private static object OfLabels(Table table)
    {
        var text = table.Needed("text", "query", "question");
        var label = table.Needed("thread", "label", "intent", "group");
        var questions = Enumerable.Range(0, table.Count).Select(i => (Text: table.Cell(i, text), Label: table.Cell(i, label))).ToList();
        var clock = Stopwatch.StartNew();
        var groups = QuestionGroups.Of([.. questions.Select(q => q.Text)], [], Synonyms.BuiltIn);
        var seconds = clock.Elapsed.TotalSeconds;
        var found = groups.Sum(g => Two(g.Count));
        var right = groups.Sum(g => g.GroupBy(i => questions[i].Label).Sum(l => Two(l.Count())));
        return Figures("labels", questions.Count, groups.Count, right, found, questions.GroupBy(q => q.Label).Sum(l => Two(l.Count())), seconds);
    }

    /// <summary>Of the pairs that somebody judged, those that stand together against those that should. All of their questions are grouped at once.</summary>
    private static object OfPairs(List<Solodesk.Learning.Pairs.QuestionPair> pairs)
    {
        var questions = pairs.SelectMany(p => new[] { p.First, p.Second }).Distinct().ToList();
        var place = questions.Select((q, i) => (q, i)).ToDictionary(q => q.q, q => q.i);
        var clock = Stopwatch.StartNew();
        var groups = QuestionGroups.Of(questions, [], Synonyms.BuiltIn);
        var seconds = clock.Elapsed.TotalSeconds;
        var group = new int[questions.Count];
        for (var g = 0; g < groups.Count; g++)
        {
            foreach (var i in groups[g])
            {
                group[i] = g;
            }
        }

        var together = pairs.Where(p => group[place[p.First]] == group[place[p.Second]]).ToList();
        return Figures("pairs", questions.Count, groups.Count, together.Count(p => p.Same), together.Count, pairs.Count(p => p.Same), seconds);
    }

    private static object Figures(string task, int questions, int groups, long right, long found, long wanted, double seconds)
    {
        var precision = right / (double)Math.Max(1, found);
        var recall = right / (double)Math.Max(1, wanted);
        return new
        {
            task,
            questions,
            groups,
            precision = Math.Round(precision, 4),
            recall = Math.Round(recall, 4),
            f1 = Math.Round(2 * precision * recall / Math.Max(1e-9, precision + recall), 4),
            seconds = Math.Round(seconds, 2),
        };
    }

    private static long Two(int many) => many * (many - 1L) / 2;
}
