using System.Collections.Frozen;
using System.Diagnostics;
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

    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(10);
    private CommonWords? _common;

    public async Task AddAsync(DeskDb db, Guid ticket, Guid? message, string text, CancellationToken ct)
    {
        var tokens = SearchTokens.ForIndex(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(MostTokens).ToArray();
        // In one order everywhere: two nodes that learn the same words wait for each other only one way.
        var words = WordBeginnings.Of(string.Join(' ', tokens)).Order(StringComparer.Ordinal).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            WITH learned AS (
                INSERT INTO "IndexedWords" ("Word") SELECT w FROM unnest({words}) AS w WHERE NOT EXISTS (SELECT 1 FROM "IndexedWords" WHERE "Word" = w) ON CONFLICT DO NOTHING)
            INSERT INTO "SearchEntries" ("TicketId", "MessageId", "Tokens") VALUES ({ticket}, {message}, array_to_tsvector({tokens}))
            """, ct);
    }

    public Task<IReadOnlyList<Guid>> FindAsync(DeskDb db, string query, int limit, CancellationToken ct)
        => WordBeginnings.FindAsync(db, query, limit, terms => FindAsync(db, terms, limit, ct), (before, words) => FindAnyAsync(db, before, words, limit, ct), ct);

    /// <summary>
    /// Any of several words. Asked for together, the planner takes many rare words for common ones, walks through the newest texts and finds
    /// nothing for a long time. So the common ones, which it knows, are asked for so, and each of the others by the index.
    /// </summary>
    private async Task<IReadOnlyList<Guid>> FindAnyAsync(DeskDb db, IReadOnlyList<SearchTerm> before, IReadOnlyList<string> words, int limit, CancellationToken ct)
    {
        var common = await CommonAsync(db, ct);
        var often = words.Where(common.Contains).ToList();
        var found = often.Count == 0 ? [] : await FindAsync(db, [.. before, new SearchTerm(often, [])], limit, ct);
        if (found.Count >= limit || often.Count == words.Count)
        {
            return found;
        }

        var queries = words.Where(w => !common.Contains(w)).Select(w => SearchTokens.ToTsQuery([.. before, new SearchTerm([w], [])], SearchMatch.All)).ToArray();
        var rare = await db.Database.SqlQuery<Guid>($"""
            SELECT "TicketId" AS "Value" FROM (
                SELECT e."Id", e."TicketId", CASE WHEN e."MessageId" IS NULL THEN 1 ELSE 0 END AS subject FROM unnest({queries}) AS w
                CROSS JOIN LATERAL (SELECT "Id", "TicketId", "MessageId" FROM "SearchEntries" WHERE "Tokens" @@ w::tsquery OFFSET 0) AS e
                ORDER BY e."Id" DESC LIMIT {SearchWords.Candidates}) AS found
            GROUP BY "TicketId" ORDER BY max(subject) DESC, count(*) DESC, max("Id") DESC LIMIT {limit}
            """).ToListAsync(ct);
        return [.. found.Concat(rare).Distinct().Take(limit)];
    }

    /// <summary>The words that the planner knows to be common; none before the table was analysed for the first time.</summary>
    private async Task<FrozenSet<string>> CommonAsync(DeskDb db, CancellationToken ct)
    {
        if (_common is { } known && Stopwatch.GetElapsedTime(known.At) < KnownFor)
        {
            return known.Words;
        }

        var words = await db.Database.SqlQuery<string>($"""
            SELECT unnest(most_common_elems::text::text[]) AS "Value" FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'SearchEntries' AND attname = 'Tokens'
            """).ToListAsync(ct);
        _common = new(words.ToFrozenSet(StringComparer.Ordinal), Stopwatch.GetTimestamp());
        return _common.Words;
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

    private sealed record CommonWords(FrozenSet<string> Words, long At);
}
