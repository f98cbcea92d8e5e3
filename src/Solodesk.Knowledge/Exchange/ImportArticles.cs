using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.Exchange;

/// <summary>Puts imported texts up as articles: all of them or none. A question that is there already, word for word, gets the new answer as a version.</summary>
[UseCase]
internal sealed class ImportArticles(DeskWriter writer, WriteArticle write, AnswerIndex index, TimeProvider clock)
{
    private const int MostPieces = 20_000;

    public sealed record Outcome(int Added, int Changed, int Same, int Drafts);

    public async Task<Result<Outcome>> RunAsync(Actor actor, IReadOnlyList<ReadImport.Piece> pieces, bool publish, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        if (pieces.Count is 0 or > MostPieces)
        {
            return new Problem("import.empty") { Field = "file" };
        }

        var outcome = await writer.RunAsync<Outcome>(async db =>
        {
            var now = clock.GetUtcNow();
            var topics = await db.Set<Topic>().ToListAsync(ct);
            var known = (await db.Set<Article>().Include(a => a.Texts).Where(a => a.State != ArticleState.Archived).ToListAsync(ct))
                .SelectMany(a => a.Texts.Select(t => (Article: a, Text: t))).GroupBy(t => (t.Text.Language, t.Text.Title.Trim().ToLowerInvariant())).ToDictionary(g => g.Key, g => g.First());
            int added = 0, changed = 0, same = 0, drafts = 0;
            foreach (var group in pieces.GroupBy(p => p.Key))
            {
                Article? article = null;
                foreach (var piece in group)
                {
                    var language = ReadImport.LanguageOf(piece);
                    var title = Cut(piece.Title.Trim(), WriteArticle.LongestTitle);
                    var body = Cut(piece.Body, WriteArticle.LongestBody);
                    if (known.TryGetValue((language, title.ToLowerInvariant()), out var there))
                    {
                        article ??= there.Article;
                        if (there.Text.Body.Trim() == body.Trim())
                        {
                            same++;
                            continue;
                        }

                        there.Text.Body = body;
                        there.Text.UpdatedAt = now > there.Text.UpdatedAt ? now : there.Text.UpdatedAt.AddTicks(10);
                        await ShowAsync(db, there.Article, there.Text, publish ? piece.State : ArticleState.Draft, actor, now, ct);
                        changed++;
                        continue;
                    }

                    article = article is null || article.In(language) is not null ? await BeginAsync(db, piece, language, topics, actor, now, ct) : article;
                    var text = new ArticleText { Id = Ids.New(clock), ArticleId = article.Id, Language = language, Title = title, Body = body, UpdatedAt = now };
                    article.Texts.Add(text);
                    db.Add(text);
                    known[(language, title.ToLowerInvariant())] = (article, text);
                    await ShowAsync(db, article, text, publish ? piece.State : ArticleState.Draft, actor, now, ct);
                    added++;
                    drafts += publish && piece.State != ArticleState.Draft ? 0 : 1;
                }
            }

            await db.SaveChangesAsync(ct);
            await write.TellAsync(db, null, ct);
            return new Outcome(added, changed, same, drafts);
        }, ct);
        if (outcome.Ok)
        {
            await index.RebuildAsync(ct);
        }

        return outcome;
    }

    private async Task<Article> BeginAsync(DeskDb db, ReadImport.Piece piece, string language, List<Topic> topics, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var article = new Article
        {
            Id = Ids.New(clock),
            Number = await Counter.NextAsync(db, "article", ct),
            Kind = piece.Body.Length < 800 ? ArticleKind.Faq : ArticleKind.Guide,
            Language = language,
            TopicId = TopicOf(db, piece.Topic, language, topics)?.Id,
            Tags = [.. piece.Tags.Select(t => Cut(t, 60)).Distinct().Take(20)],
            OwnerId = actor.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };
        db.Add(article);
        return article;
    }

    private Topic? TopicOf(DeskDb db, string name, string language, List<Topic> topics)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        var found = topics.Find(t => t.Slug == name || t.Names.Values.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (found is null)
        {
            found = new Topic { Id = Ids.New(clock), Slug = EditTopics.FreeSlug(name, topics), Names = new() { [language] = Cut(name, 80) }, Position = topics.Count };
            topics.Add(found);
            db.Add(found);
        }

        return found;
    }

    private async Task ShowAsync(DeskDb db, Article article, ArticleText text, ArticleState shown, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        article.UpdatedAt = now;
        if (shown == ArticleState.Draft)
        {
            return;
        }

        // The number is the text's own here: asking the database for each of thousands would take minutes.
        // A question that stands in the file twice has had its number from the first time, which the database does not know yet.
        var known = db.Entry(text).State == EntityState.Added ? 0
            : await db.Set<ArticleVersion>().Where(v => v.ArticleId == article.Id && v.Language == text.Language).MaxAsync(v => (int?)v.Number, ct) ?? 0;
        text.Version = Math.Max(known, text.Version) + 1;
        db.Add(new ArticleVersion { Id = Ids.New(clock), ArticleId = article.Id, Language = text.Language, Number = text.Version, Title = text.Title, Body = text.Body, Note = "imported", Author = actor.Name, At = now });
        (text.PublicTitle, text.PublicBody, text.PublishedAt) = (text.Title, text.Body, now);
        text.FirstPublishedAt ??= now;
        text.BasedOn = article.In(article.Language)?.Version ?? 1;
        article.State = article.State is ArticleState.Draft ? shown : article.State;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
