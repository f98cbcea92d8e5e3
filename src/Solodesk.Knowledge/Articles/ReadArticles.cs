using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;

namespace Solodesk.Knowledge.Articles;

/// <summary>The list beside the editor and everything that the editor shows about one article.</summary>
[UseCase]
public sealed class ReadArticles(IDbContextFactory<DeskDb> dbs, TimeProvider clock)
{
    public const int Most = 300;

    /// <summary>One line of the list.</summary>
    public sealed record Row(Guid Id, long Number, string Title, string Language, ArticleState State, Guid? TopicId, bool Changed, bool Overdue, int Helpful, int Votes)
    {
        public int? Percent => Votes < 3 ? null : (int)Math.Round(100.0 * Helpful / Votes);
    }

    /// <summary>At most <see cref="Most"/> rows, how many there are, and the topics that they belong to.</summary>
    public sealed record Shelf(IReadOnlyList<Row> Rows, int Total, IReadOnlyList<Topic> Topics)
    {
        /// <summary>The number after which the list goes on; null at its end.</summary>
        public long? Next { get; init; }
    }

    /// <summary>One article with what is known about it.</summary>
    public sealed record View(Article Article, IReadOnlyList<ArticleVersion> Versions, IReadOnlyList<ArticleFeedback> Feedback, Numbers Month, IReadOnlyList<ArticleUse> Uses)
    {
        /// <summary>Who can look after it: everybody who works here, and who left but still has it.</summary>
        public IReadOnlyList<Person> People { get; init; } = [];
    }

    public sealed record Person(Guid Id, string Name);

    /// <summary>The last thirty days.</summary>
    public sealed record Numbers(int Views, int Helpful, int NotHelpful, int Saved, int Inserted, int Tickets);

    /// <summary>
    /// The articles in whose title, text or tags the words stand (upper and lower case are the same), those in a state (null: all but the
    /// archived), from the one after a number on.
    /// </summary>
    public async Task<Shelf> ShelfAsync(string? query, ArticleState? state, long after, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var all = db.Set<Article>().AsNoTracking();
        var articles = state is { } wanted ? all.Where(a => a.State == wanted) : all.Where(a => a.State != ArticleState.Archived);
        if (!string.IsNullOrWhiteSpace(query))
        {
            var (words, lower) = (query.Trim(), query.Trim().ToLowerInvariant());
            articles = articles.Where(a => a.Texts.Any(t => t.Title.ToLower().Contains(lower) || t.Body.ToLower().Contains(lower)) || a.Tags.Contains(words));
        }

        var now = clock.GetUtcNow();
        var rows = await articles.Where(a => a.Number > after).OrderBy(a => a.Number).Take(Most + 1).Select(a => new
        {
            a.Id,
            a.Number,
            a.State,
            a.TopicId,
            a.Language,
            Overdue = a.ReviewAt != null && a.ReviewAt < now,
            Texts = a.Texts.Select(t => new { t.Language, t.Title, Changed = t.PublicTitle != null && (t.PublicTitle != t.Title || t.PublicBody != t.Body || t.PublicSummary != t.Summary) }).ToList(),
        }).ToListAsync(ct);
        var more = rows.Count > Most;
        rows = more ? rows[..Most] : rows;
        var since = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-90);
        var ids = rows.ConvertAll(r => r.Id);
        var votes = await db.Set<ArticleDay>().Where(d => d.Day >= since && ids.Contains(d.ArticleId)).GroupBy(d => d.ArticleId)
            .Select(g => new { g.Key, Helpful = g.Sum(d => d.Helpful), Not = g.Sum(d => d.NotHelpful) }).ToDictionaryAsync(g => g.Key, ct);
        return new Shelf(
            [.. rows.Select(r => (Row: r, Text: r.Texts.Find(t => t.Language == r.Language) ?? r.Texts.FirstOrDefault(), Votes: votes.GetValueOrDefault(r.Id)))
                .Select(r => new Row(r.Row.Id, r.Row.Number, r.Text?.Title ?? "", r.Row.Language, r.Row.State, r.Row.TopicId, r.Row.Texts.Exists(t => t.Changed), r.Row.Overdue,
                    r.Votes?.Helpful ?? 0, (r.Votes?.Helpful ?? 0) + (r.Votes?.Not ?? 0)))],
            await all.CountAsync(a => a.State != ArticleState.Archived, ct),
            await db.Set<Topic>().AsNoTracking().OrderBy(t => t.Position).ToListAsync(ct)) { Next = more ? rows[^1].Number : null };
    }

    /// <summary>An article whose day to be looked over has come.</summary>
    public sealed record Due(long Number, string Title, string Language);

    /// <summary>What wants to be looked over, the longest due first.</summary>
    public async Task<IReadOnlyList<Due>> DueAsync(int most, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        return await db.Set<Article>().AsNoTracking().Where(a => a.ReviewAt != null && a.ReviewAt < now && a.State != ArticleState.Archived)
            .OrderBy(a => a.ReviewAt).ThenBy(a => a.Number).Take(most)
            .Select(a => new Due(a.Number, a.Texts.Where(t => t.Language == a.Language).Select(t => t.Title).FirstOrDefault() ?? "", a.Language)).ToListAsync(ct);
    }

    public async Task<View?> FindAsync(long number, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var article = await db.Set<Article>().AsNoTracking().Include(a => a.Texts).SingleOrDefaultAsync(a => a.Number == number, ct);
        if (article is null)
        {
            return null;
        }

        var since = clock.GetUtcNow().AddDays(-30);
        var day = DateOnly.FromDateTime(since.UtcDateTime);
        var days = await db.Set<ArticleDay>().AsNoTracking().Where(d => d.ArticleId == article.Id && d.Day >= day).ToListAsync(ct);
        var uses = await db.Set<ArticleUse>().AsNoTracking().Where(u => u.ArticleId == article.Id).OrderByDescending(u => u.At).Take(50).ToListAsync(ct);
        return new View(article,
            await db.Set<ArticleVersion>().AsNoTracking().Where(v => v.ArticleId == article.Id).OrderByDescending(v => v.At).ThenByDescending(v => v.Number).Take(60).ToListAsync(ct),
            await db.Set<ArticleFeedback>().AsNoTracking().Where(f => f.ArticleId == article.Id && (f.Words != "" || f.Reason != "")).OrderBy(f => f.Handled).ThenByDescending(f => f.At).Take(12).ToListAsync(ct),
            new Numbers(days.Sum(d => d.Views), days.Sum(d => d.Helpful), days.Sum(d => d.NotHelpful), days.Sum(d => d.Saved),
                uses.Count(u => u.At >= since && u.Kind is ArticleUseKind.Inserted or ArticleUseKind.Linked), uses.Select(u => u.TicketId).Distinct().Count()),
            uses)
        {
            People = await db.Users.AsNoTracking().Where(u => u.Active || u.Id == article.OwnerId).OrderBy(u => u.Name).Select(u => new Person(u.Id, u.Name)).ToListAsync(ct),
        };
    }
}
