namespace Solodesk.Text.Search;

/// <summary>What is ranked: an entry, or all entries that answer the same question.</summary>
internal sealed class Pool(string key, int slot)
{
    internal string Key { get; } = key;

    internal int Slot { get; } = slot;

    internal List<Member> Members { get; } = [];

    internal TermCount[] Heading { get; private set; } = [];

    internal TermCount[] Body { get; private set; } = [];

    internal TermCount[] Letters { get; private set; } = [];

    internal int HeadingLength { get; private set; }

    internal int BodyLength { get; private set; }

    internal int LettersLength { get; private set; }

    /// <summary>Adds up the members. Their order must not matter, so they are kept by id.</summary>
    internal void Compose(Vocabulary letters, Func<string, int> number)
    {
        Members.Sort((a, b) => string.CompareOrdinal(a.Entry.Id, b.Entry.Id));
        var heading = new List<string>();
        var groups = new List<string>();
        foreach (var text in Members.SelectMany(m => m.HeadingTexts).Distinct(StringComparer.Ordinal))
        {
            heading.AddRange(Analyzer.Terms(text));
            groups.AddRange(Analyzer.LetterGroups(text));
        }

        Heading = Counted(heading, number);
        HeadingLength = heading.Count;
        Letters = Counted(groups, letters.Add);
        LettersLength = groups.Count;
        Body = [.. Members.SelectMany(m => m.Body).GroupBy(t => t.Term).Select(g => new TermCount(g.Key, g.Sum(t => t.Count)))];
        BodyLength = Members.Sum(m => m.BodyLength);
    }

    internal static TermCount[] Counted(List<string> terms, Func<string, int> number) =>
        [.. terms.GroupBy(t => t, StringComparer.Ordinal).Select(g => new TermCount(number(g.Key), g.Count()))];
}

/// <summary>An entry as it was analysed.</summary>
internal sealed class Member
{
    internal Member(KnowledgeEntry entry, Func<string, int> number)
    {
        Entry = entry;
        var all = new List<string>();
        var sentences = new List<int[]>();
        foreach (var range in Search.Sentences.Split(entry.Body))
        {
            var terms = Analyzer.Terms(entry.Body[range]);
            all.AddRange(terms);
            sentences.Add([.. terms.Select(number)]);
        }

        Body = Pool.Counted(all, number);
        BodyLength = all.Count;
        Sentences = [.. sentences];
    }

    internal KnowledgeEntry Entry { get; }

    internal TermCount[] Body { get; }

    internal int BodyLength { get; }

    /// <summary>The terms of each sentence, in order.</summary>
    internal int[][] Sentences { get; }

    internal IEnumerable<string> HeadingTexts => [Entry.Heading, .. Entry.Keywords ?? []];
}
