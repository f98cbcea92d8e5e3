using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Search;
using Solodesk.Text.Tokens;

namespace Solodesk.Sqlite;

/// <summary>FTS5 over our own tokens. The table is contentless: it keeps the index, the words stay in the messages.</summary>
internal sealed class SqliteSearchIndex : ISearchIndex
{
    public async Task AddAsync(DeskDb db, Guid ticket, Guid? message, string text, CancellationToken ct)
    {
        var tokens = SearchTokens.ForIndex(text);
        var id = await db.Database.SqlQuery<long>(
            $"INSERT INTO \"SearchEntries\" (\"TicketId\", \"MessageId\") VALUES ({ticket}, {message}) RETURNING \"Id\"").ToListAsync(ct);
        await db.Database.ExecuteSqlAsync($"INSERT INTO \"SearchTokens\" (rowid, tokens) VALUES ({id[0]}, {tokens})", ct);
    }

    public async Task<IReadOnlyList<Guid>> FindAsync(DeskDb db, string query, int limit, CancellationToken ct)
    {
        var match = SearchTokens.ToFts5(SearchTokens.ForQuery(query, typing: true), SearchMatch.All);
        if (match.Length == 0)
        {
            return [];
        }

        // Candidates are the newest matching texts, so that a common word costs what a rare one does.
        return await db.Database.SqlQuery<Guid>($"""
            SELECT "TicketId" AS "Value" FROM (
                SELECT e."TicketId", f.rank AS score, f.rowid AS row FROM
                    (SELECT rowid, rank FROM "SearchTokens" WHERE tokens MATCH {match} ORDER BY rowid DESC LIMIT 2000) f
                    JOIN "SearchEntries" e ON e."Id" = f.rowid)
            GROUP BY "TicketId" ORDER BY MIN(score), MAX(row) DESC LIMIT {limit}
            """).ToListAsync(ct);
    }
}
