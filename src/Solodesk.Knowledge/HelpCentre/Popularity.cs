using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.HelpCentre;

/// <summary>What people read most in the last thirty days; what is newest while nobody has read anything.</summary>
[UseCase]
internal sealed class Popularity(IDbContextFactory<DeskDb> dbs, AnswerIndex index, TimeProvider clock)
{
    public async Task<IReadOnlyList<ArticleCard>> OfAsync(string language, int most, CancellationToken ct)
    {
        var since = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-30);
        await using var db = await dbs.CreateDbContextAsync(ct);
        var read = await db.Set<ArticleDay>().Where(d => d.Day >= since).GroupBy(d => d.ArticleId).Select(g => new { Article = g.Key, Views = g.Sum(d => d.Views) })
            .OrderByDescending(g => g.Views).ThenBy(g => g.Article).Take(most * 3).ToListAsync(ct);
        var cards = read.Select(r => index.Find(r.Article, language)).OfType<ArticleCard>().Where(c => c.IsPublic).Take(most).ToList();
        return cards.Count >= most ? cards
            : [.. cards, .. index.Public(language).Where(c => cards.All(k => k.ArticleId != c.ArticleId)).OrderByDescending(c => c.PublishedAt).ThenBy(c => c.Number).Take(most - cards.Count)];
    }
}
