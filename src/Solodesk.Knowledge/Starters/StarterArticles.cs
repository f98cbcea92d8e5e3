using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Demo;
using Solodesk.Setup;

namespace Solodesk.Knowledge.Starters;

/// <summary>A handful of articles that a kind of business always needs, as drafts with gaps to fill in. Never public by themselves.</summary>
internal sealed class StarterArticles(TimeProvider clock) : IIndustryStarter
{
    /// <summary>The note of the version that says what was prepared.</summary>
    public const string Note = "starter";

    public string Name => "starter.articles";

    public IReadOnlyList<string> Titles(string industry, string language) => [.. Read(industry, language).Select(p => p.Words.Title)];

    /// <summary>Takes away what nobody has touched.</summary>
    public async Task ForgetAsync(DeskDb db, string industry, string language, CancellationToken ct)
    {
        var titles = Titles(industry, language);
        var drafts = await db.Set<Article>().Include(a => a.Texts).Where(a => a.State == ArticleState.Draft && a.Revision == 0 && a.Texts.Any(t => titles.Contains(t.Title))).ToListAsync(ct);
        foreach (var article in drafts)
        {
            var versions = await db.Set<ArticleVersion>().Where(v => v.ArticleId == article.Id).ToListAsync(ct);
            if (versions is [{ Note: Note } only] && article.Texts is [var text] && text.Body == only.Body)
            {
                db.RemoveRange(versions);
                db.Remove(article);
            }
        }
    }

    public async Task FillAsync(DeskDb db, Actor actor, string industry, string language, CancellationToken ct)
    {
        var titles = Titles(industry, language);
        var known = await db.Set<ArticleText>().Where(t => t.Language == language && titles.Contains(t.Title)).Select(t => t.Title).ToListAsync(ct);
        var now = clock.GetUtcNow();
        foreach (var (piece, words) in Read(industry, language).Where(p => !known.Contains(p.Words.Title)))
        {
            var body = words.Body.ToString().Trim() + "\n";
            var article = new Article
            {
                Id = Ids.New(clock),
                Number = await Counter.NextAsync(db, "article", ct),
                Kind = piece.Kind,
                Language = language,
                Tags = language == "en" ? [] : [.. piece.Tags],
                OwnerId = actor.Id,
                CreatedAt = now,
                UpdatedAt = now,
            };
            article.Texts.Add(new ArticleText { Id = Ids.New(clock), ArticleId = article.Id, Language = language, Title = words.Title, Body = body, Questions = [.. words.Questions], UpdatedAt = now });
            db.Add(article);
            db.Add(new ArticleVersion { Id = Ids.New(clock), ArticleId = article.Id, Language = language, Number = 1, Title = words.Title, Body = body, Note = Note, Author = actor.Name, At = now });
        }
    }

    private static IEnumerable<(ShelfFile.Piece Piece, ShelfFile.Words Words)> Read(string industry, string language)
        => Industry.Read(industry, language) is null ? [] : ShelfFile.Read($"{industry}.md").Topics.SelectMany(t => t.Articles).Select(p => (p, p.Texts[Ui.Phrases.Known(language)]));
}
