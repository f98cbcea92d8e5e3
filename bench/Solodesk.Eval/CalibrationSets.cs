using Solodesk.Text.Search;

namespace Solodesk.Eval;

/// <summary>Makes small knowledge bases out of public sets and asks them.</summary>
internal static class CalibrationSets
{
    private const int Seed = 7;

    /// <summary>Questions and documents: each question asked with its documents in the index, and with them taken out.</summary>
    internal static List<Trial> Retrieval(string documentsFile, string queriesFile, string relevanceFile, int[] sizes, int most)
    {
        var documents = Table.Read(documentsFile);
        var queries = Table.Read(queriesFile);
        var documentId = documents.Needed([.. Relevance.DocumentIds, "id", "_id"]);
        var queryId = queries.Needed([.. Relevance.QueryIds, "id", "_id"]);
        var text = queries.Needed("text", "query", "question", "q");
        var relevant = Relevance.Read(Table.Read(relevanceFile), queries, documents, queryId, documentId);
        var entries = Enumerable.Range(0, documents.Count).Select(i => Solodesk.Eval.Retrieval.Entry(documents, i, documentId)).ToList();
        var asked = Enumerable.Range(0, queries.Count).Where(i => relevant.ContainsKey(queries.Cell(i, queryId)))
            .Select(i => new Asked(queries.Cell(i, text), relevant[queries.Cell(i, queryId)])).ToList();
        return Ask(entries, asked, sizes, most);
    }

    /// <summary>Pairs of questions: the second of each is in the index as a question with an answer, the first is asked.</summary>
    internal static List<Trial> Pairs(string file, int[] sizes, int most)
    {
        var table = Table.Read(file);
        var first = table.Needed("q1", "sentence1", "question1", "text1", "text_a", "a", "query1");
        var second = table.Needed("q2", "sentence2", "question2", "text2", "text_b", "b", "query2");
        var label = table.Needed("label", "is_duplicate", "same", "score", "gold");
        var rows = Enumerable.Range(0, table.Count).ToList();
        // Pooled by the index when two are written alike, so the text is the identity.
        var entries = rows.Select(i => table.Cell(i, second)).Distinct().Select(q => new KnowledgeEntry(q, q, "")).ToList();
        var right = rows.Where(i => table.Cell(i, label).Trim() == "1").GroupBy(i => table.Cell(i, first))
            .Select(g => new Asked(g.Key, g.Select(i => table.Cell(i, second)).ToHashSet())).ToList();
        return Ask(entries, right, sizes, most);
    }

    /// <summary>Intents: some examples of each are one entry; real out-of-scope questions are asked as they are.</summary>
    internal static List<Trial> Intents(string trainFile, string askedFile, int most)
    {
        var train = Table.Read(trainFile);
        var asked = Table.Read(askedFile);
        var (text, label) = (train.Needed("text", "sentence", "query"), train.Needed("label", "intent"));
        var (askedText, askedLabel) = (asked.Needed("text", "sentence", "query"), asked.Needed("label", "intent"));
        var random = new Random(Seed);
        using var index = new KnowledgeIndex { Synonyms = Synonyms.BuiltIn };
        var entries = Enumerable.Range(0, train.Count).GroupBy(i => train.Cell(i, label)).Where(g => !Outside(g.Key))
            .Select(g => g.OrderBy(_ => random.Next()).Select(i => train.Cell(i, text)).Take(6).ToList() is var e
                ? new KnowledgeEntry(g.Key, e[0], "", HeadingKind.Title, e[1..]) : throw new InvalidOperationException()).ToList();
        index.Rebuild(entries);
        return [.. Enumerable.Range(0, asked.Count).OrderBy(_ => random.Next()).Take(most)
            .Select(i => Try(index, asked.Cell(i, askedText), entries.Count, id => id == asked.Cell(i, askedLabel))).OfType<Trial>()];
    }

    private static bool Outside(string label) => label is "" or "oos" or "NO_NODES_DETECTED" or "out_of_scope" or "none";

    private static List<Trial> Ask(List<KnowledgeEntry> entries, List<Asked> asked, int[] sizes, int most)
    {
        var random = new Random(Seed);
        var trials = new List<Trial>();
        foreach (var size in sizes.Where(s => s < entries.Count).Append(entries.Count))
        {
            var chosen = asked.OrderBy(_ => random.Next()).Take(Math.Min(most, size)).ToList();
            var needed = chosen.SelectMany(a => a.Right).ToHashSet();
            var filling = entries.Where(e => !needed.Contains(e.Id)).OrderBy(_ => random.Next()).Take(Math.Max(0, size - needed.Count));
            using var index = new KnowledgeIndex();
            index.Rebuild(entries.Where(e => needed.Contains(e.Id)).Concat(filling));
            var byId = entries.Where(e => needed.Contains(e.Id)).ToDictionary(e => e.Id);
            foreach (var question in chosen)
            {
                var there = Try(index, question.Text, size, question.Right.Contains);
                question.Right.ToList().ForEach(id => index.Remove(id));
                var gone = Try(index, question.Text, size, _ => false);
                question.Right.Where(byId.ContainsKey).ToList().ForEach(id => index.Put(byId[id]));
                trials.AddRange(new[] { there, gone }.OfType<Trial>());
            }
        }

        return trials;
    }

    private static Trial? Try(KnowledgeIndex index, string question, int size, Func<string, bool> right)
    {
        var hits = index.Search(question, 12).Hits;
        if (hits.Count == 0)
        {
            return null;
        }

        // Answers to the same question have the same score: the rival is the next other question.
        var rival = hits.FirstOrDefault(h => h.Score < hits[0].Score - 1e-9)?.Score ?? 0;
        return new Trial(Confidence.Evidence(hits[0].Features, hits[0].Score, rival, size), right(hits[0].Id), hits[0].Features.Dense);
    }

    private sealed record Asked(string Text, HashSet<string> Right);
}
