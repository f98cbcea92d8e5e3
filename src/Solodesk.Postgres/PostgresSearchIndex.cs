using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Search;
using Solodesk.Text.Tokens;

namespace Solodesk.Postgres;

/// <summary>A <c>tsvector</c> of our own tokens; PostgreSQL's parser is not asked, it knows no Chinese.</summary>
internal sealed class PostgresSearchIndex : ISearchIndex
{
    // A tsvector holds at most 1 MB and 16,383 positions of a word; array_to_tsvector stores none.
    private const int MostTokens = 20_000;

    public async Task AddAsync(DeskDb db, Guid ticket, Guid? message, string text, CancellationToken ct)
    {
        var tokens = SearchTokens.ForIndex(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(MostTokens).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO \"SearchEntries\" (\"TicketId\", \"MessageId\", \"Tokens\") VALUES ({ticket}, {message}, array_to_tsvector({tokens}))", ct);
    }

    public async Task<IReadOnlyList<Guid>> FindAsync(DeskDb db, string query, int limit, CancellationToken ct)
    {
        var words = SearchWords.Of(query);
        var found = await FindAsync(db, words.Whole, limit, ct);
        return found.Count < limit && words.Begun is { } begun ? await FindAsync(db, begun, limit, ct) : found;
    }

    private static async Task<IReadOnlyList<Guid>> FindAsync(DeskDb db, IReadOnlyList<SearchTerm> terms, int limit, CancellationToken ct)
    {
        var match = SearchTokens.ToTsQuery(terms, SearchMatch.All);
        if (match.Length == 0)
        {
            return [];
        }

        return await db.Database.SqlQuery<Guid>($"""
            SELECT "TicketId" AS "Value" FROM (
                SELECT "Id", "TicketId", CASE WHEN "MessageId" IS NULL THEN 1 ELSE 0 END AS subject FROM "SearchEntries"
                WHERE "Tokens" @@ {match}::tsquery ORDER BY "Id" DESC LIMIT {SearchWords.Candidates}) AS found
            GROUP BY "TicketId" ORDER BY max(subject) DESC, count(*) DESC, max("Id") DESC LIMIT {limit}
            """).ToListAsync(ct);
    }
}
