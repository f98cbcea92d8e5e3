namespace Solodesk.Eval;

/// <summary>Which documents answer which query.</summary>
internal static class Relevance
{
    internal static readonly string[] DocumentIds = ["doc_id", "document_id", "docid", "passage_id", "pid", "corpus-id", "corpus_id", "article_id"];
    internal static readonly string[] QueryIds = ["query_id", "qid", "query-id", "queryid"];
    private static readonly string[] Grades = ["rel", "relevance", "score", "grade", "label"];

    /// <summary>
    /// Reads the relation. A file with a query and a document id says it directly (rows graded 0 do not count). A file with a query id and
    /// a column that the documents have too (stackfaq: <c>thread</c>) relates a query to all documents with the same value; one with a
    /// document id and a column that the queries have (the documents themselves) does the same from the other side.
    /// </summary>
    internal static Dictionary<string, HashSet<string>> Read(Table relation, Table queries, Table documents, string queryId, string documentId)
    {
        var query = relation.Which([queryId, .. QueryIds]);
        var document = relation.Which([documentId, .. DocumentIds]);
        if (query is not null && document is not null)
        {
            return Direct(relation, query, document);
        }

        if (query is not null)
        {
            var shared = Shared(relation, documents, query);
            return Joined(relation, query, shared, documents, documentId);
        }

        if (document is not null)
        {
            var shared = Shared(relation, queries, document);
            return Joined(queries, queryId, shared, relation, document);
        }

        throw new UsageException($"{relation.File} relates nothing: it has neither a query id nor a document id.");
    }

    private static Dictionary<string, HashSet<string>> Direct(Table relation, string query, string document)
    {
        var grade = relation.Which(Grades);
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        for (var i = 0; i < relation.Count; i++)
        {
            if (grade is null || !double.TryParse(relation.Cell(i, grade), out var value) || value > 0)
            {
                Add(found, relation.Cell(i, query), relation.Cell(i, document));
            }
        }

        return found;
    }

    private static Dictionary<string, HashSet<string>> Joined(Table left, string query, string shared, Table right, string document)
    {
        var byValue = Enumerable.Range(0, right.Count).ToLookup(i => right.Cell(i, shared), i => right.Cell(i, document));
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        for (var i = 0; i < left.Count; i++)
        {
            foreach (var id in byValue[left.Cell(i, shared)])
            {
                Add(found, left.Cell(i, query), id);
            }
        }

        return found;
    }

    private static string Shared(Table one, Table other, string besides) =>
        one.Columns.FirstOrDefault(c => c != besides && other.Which(c) is not null && c is not ("text" or "title" or "question" or "answer"))
        ?? throw new UsageException($"{one.File} and {other.File} share no column that could relate them.");

    private static void Add(Dictionary<string, HashSet<string>> found, string query, string document)
    {
        if (!found.TryGetValue(query, out var documents))
        {
            found.Add(query, documents = new HashSet<string>(StringComparer.Ordinal));
        }

        documents.Add(document);
    }
}
