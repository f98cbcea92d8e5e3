namespace Solodesk.Learning.Pairs;

/// <summary>
/// Deals pairs into folds so that a sentence is in one fold only: pairs that share a sentence, directly or through others, stay together.
/// </summary>
/// <remarks>
/// The same sentence stands in many pairs. Folds of rows show a model sentences that it has seen, so that it seems surer than it is of new ones, and
/// whatever learns from its opinion trusts it too much.
/// </remarks>
internal static class PairFolds
{
    /// <summary>A fold with a larger share than this leaves too little to learn from; rows are dealt then.</summary>
    private const double LargestShare = 0.4;

    /// <summary>The fold (0 … <paramref name="folds"/> − 1) of each pair; groups go, largest first, to the fold that has least.</summary>
    internal static int[] Of(IReadOnlyList<(PairText A, PairText B)> texts, int folds)
    {
        var groups = Groups(texts);
        var sizes = new int[folds];
        var foldOf = new Dictionary<int, int>();
        foreach (var group in groups.GroupBy(g => g).OrderByDescending(g => g.Count()).ThenBy(g => g.Key))
        {
            var least = Array.IndexOf(sizes, sizes.Min());
            foldOf[group.Key] = least;
            sizes[least] += group.Count();
        }

        return sizes.Max() > LargestShare * texts.Count
            ? [.. Enumerable.Range(0, texts.Count).Select(i => i % folds)]
            : [.. groups.Select(g => foldOf[g])];
    }

    // Union-find over sentences; a group is named by its first sentence.
    private static int[] Groups(IReadOnlyList<(PairText A, PairText B)> texts)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var parents = new List<int>();
        var firsts = new int[texts.Count];
        for (var i = 0; i < texts.Count; i++)
        {
            firsts[i] = Number(texts[i].A);
            var (a, b) = (Root(firsts[i]), Root(Number(texts[i].B)));
            parents[Math.Max(a, b)] = Math.Min(a, b);
        }

        return [.. firsts.Select(Root)];

        int Number(PairText text)
        {
            if (!numbers.TryGetValue(text.Letters, out var number))
            {
                numbers.Add(text.Letters, number = parents.Count);
                parents.Add(number);
            }

            return number;
        }

        int Root(int number)
        {
            while (parents[number] != number)
            {
                number = parents[number] = parents[parents[number]];
            }

            return number;
        }
    }
}
