using Solodesk.Text.Tokens;

namespace Solodesk.Text.Search;

/// <summary>Puts questions together that ask for the same, with no examples to learn from: by the words that they share, rare ones first.</summary>
/// <remarks>
/// Words that are synonyms count as one. The two groups that are most alike become one, again and again, until no two are alike enough (average
/// linkage: every question of a group has a say, so that a chain of neighbours does not become one group). Measured by <c>Solodesk.Eval groups</c>.
/// </remarks>
public static class QuestionGroups
{
    // Chosen on stackfaq's questions, 1,200 pairs of lcqmc and of bq: from here on precision costs more than it brings.
    private const double Alike = 0.33;

    // Below this, likeness is chance; it counts as none, which also keeps what has to be remembered small.
    private const double Chance = 0.1;

    // One Han character says less than a word, and so do two that stand together nowhere else: they may lie across two words.
    private const double Character = 0.3;
    private const double PairSeenOnce = 0.2;

    /// <summary>The groups, in the order of their first questions: each holds the places of its questions, in order.</summary>
    /// <param name="questions">In anybody's words, each once.</param>
    /// <param name="known">What is written about already (titles of articles): a word of many of them says little about what is asked.</param>
    /// <param name="synonyms">Words that count as one.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Of(IReadOnlyList<string> questions, IReadOnlyList<string> known, Synonyms synonyms)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(synonyms);
        var terms = questions.Select(q => Terms(q, synonyms)).ToList();
        var titled = Counts(known.Select(k => Terms(k, synonyms)));
        var weights = Counts(terms).ToDictionary(
            t => t.Key, t => Weight(t.Key, (t.Value, questions.Count), (titled.GetValueOrDefault(t.Key), known.Count)), StringComparer.Ordinal);
        return Join(terms, weights).Groups();
    }

    private static AverageLinkage Join(List<HashSet<string>> terms, Dictionary<string, double> weights)
    {
        var sums = terms.Select(t => t.Sum(term => weights[term])).ToArray();
        var groups = new AverageLinkage(terms.Count, Alike);
        var having = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var shared = new Dictionary<int, double>();
        for (var i = 0; i < terms.Count; i++)
        {
            shared.Clear();
            foreach (var term in terms[i])
            {
                if (!having.TryGetValue(term, out var others))
                {
                    having.Add(term, others = []);
                }

                foreach (var other in others)
                {
                    shared[other] = shared.GetValueOrDefault(other) + weights[term];
                }

                others.Add(i);
            }

            foreach (var (other, weight) in shared)
            {
                if (Likeness(weight, sums[i], sums[other]) is >= Chance and var likeness)
                {
                    groups.Add(other, i, likeness);
                }
            }
        }

        return groups;
    }

    // A short question may be wholly inside a longer one, but then the longer one still asks for something else as well.
    private static double Likeness(double shared, double one, double other) => (0.5 * shared / Math.Min(one, other)) + (0.5 * shared / (one + other - shared));

    // What stands in many titles ("app", 笔记) tells no questions apart. That a word is asked often says less against it: that is how gaps look.
    private static double Weight(string term, (int With, int Of) asked, (int With, int Of) titled)
        => Rarity(titled) * Math.Sqrt(Rarity(asked)) * (!RunScanner.IsDense(term[0]) ? 1 : term.Length == 1 ? Character : asked.With + titled.With > 1 ? 1 : PairSeenOnce);

    private static double Rarity((int With, int Of) seen) => Math.Log(1 + ((seen.Of + 1) / (seen.With + 0.5)));

    private static Dictionary<string, int> Counts(IEnumerable<HashSet<string>> texts)
        => texts.SelectMany(t => t).GroupBy(t => t, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    private static HashSet<string> Terms(string text, Synonyms synonyms)
    {
        var unified = synonyms.Unify(text);
        var characters = unified.Where(c => RunScanner.IsDense(c)).Select(c => c.ToString()).Where(c => !StopWords.Chinese.Contains(c, StringComparer.Ordinal));
        return SearchTokens.ForQuery(unified).Select(t => t.AnyOf[^1]).Concat(characters).ToHashSet(StringComparer.Ordinal);
    }
}
