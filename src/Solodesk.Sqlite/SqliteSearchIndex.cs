using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Solodesk.Data;
using Solodesk.Search;
using Solodesk.Text.Tokens;

namespace Solodesk.Sqlite;

/// <summary>FTS5 over our own tokens. The table is contentless: it keeps the index, the words stay in the messages.</summary>
internal sealed class SqliteSearchIndex : ISearchIndex
{
    private readonly ConditionalWeakTable<SqliteConnection, SearchInserts> _inserts = [];

    public async Task AddAsync(DeskDb db, Guid ticket, Guid? message, string text, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            _inserts.GetValue(connection, static c => new SearchInserts(c))
                .Run((SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction(), ticket, message, SearchTokens.ForIndex(text));
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public Task<IReadOnlyList<Guid>> FindAsync(DeskDb db, string query, int limit, CancellationToken ct)
        => WordBeginnings.FindAsync(db, query, limit, terms => FindAsync(db, terms, limit, ct), (before, words) => FindAsync(db, [.. before, new SearchTerm(words, [])], limit, ct), ct);

    private static async Task<IReadOnlyList<Guid>> FindAsync(DeskDb db, IReadOnlyList<SearchTerm> terms, int limit, CancellationToken ct)
    {
        var match = SearchTokens.ToFts5(terms, SearchMatch.All);
        if (match.Length == 0)
        {
            return [];
        }

        // Not by FTS5's own rank: to weigh a word it first counts all its places in the whole index.
        return await db.Database.SqlQuery<Guid>($"""
            SELECT "TicketId" AS "Value" FROM (
                SELECT e."Id", e."TicketId", e."MessageId" IS NULL AS subject FROM
                    (SELECT rowid FROM "SearchTokens" WHERE tokens MATCH {match} ORDER BY rowid DESC LIMIT {SearchWords.Candidates}) f
                    JOIN "SearchEntries" e ON e."Id" = f.rowid)
            GROUP BY "TicketId" ORDER BY max(subject) DESC, count(*) DESC, max("Id") DESC LIMIT {limit}
            """).ToListAsync(ct);
    }
}
