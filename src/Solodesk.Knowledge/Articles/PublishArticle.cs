using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;
using Solodesk.Knowledge.Answers;

namespace Solodesk.Knowledge.Articles;

/// <summary>Shows what was written to its readers: a version is kept, and every search finds it before the call returns.</summary>
[UseCase]
internal sealed class PublishArticle(DeskWriter writer, WriteArticle write, AnswerIndex index, IDbContextFactory<DeskDb> dbs, TimeProvider clock)
{
    /// <param name="Number">The article.</param>
    /// <param name="Language">Which of its texts.</param>
    /// <param name="For">Everybody or the desk only.</param>
    /// <param name="At">When; null or past is now.</param>
    /// <param name="Note">What changed, in a few words.</param>
    public sealed record Request(long Number, string Language, ArticleState For = ArticleState.Public, DateTimeOffset? At = null, string Note = "");

    public async Task<Result<Done>> RunAsync(Actor actor, Request request, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        Guid id = default;
        long change = 0;
        var published = await writer.RunAsync<Done>(async db =>
        {
            var article = await db.Set<Article>().Include(a => a.Texts).SingleOrDefaultAsync(a => a.Number == request.Number, ct);
            if (article?.In(request.Language) is not { } text)
            {
                return Problem.NotFound("article");
            }

            if (text.Title.Length == 0)
            {
                return new Problem("article.title_missing") { Field = "title" };
            }

            if (string.IsNullOrWhiteSpace(text.Body))
            {
                return new Problem("article.body_missing") { Field = "body" };
            }

            if (TextGaps.First($"{text.Title}\n{text.Body}") is { } gap)
            {
                return new Problem("article.gaps", gap) { Field = "body" };
            }

            var now = clock.GetUtcNow();
            if (request.At > now && (article.State == ArticleState.Public || request.For == ArticleState.Internal))
            {
                // Its readers have the old text until then, or nobody waits for a day: there is no later for these.
                return new Problem(request.For == ArticleState.Internal ? "article.later_internal" : "article.later_public") { Field = "at" };
            }

            await ShowAsync(db, article, text, request.Note, actor, now, ct);
            Place(article, request, now);
            article.UpdatedAt = now;
            article.Revision++;
            id = article.Id;
            change = await write.TellAsync(db, article.Id, ct);
            return Done.It;
        }, ct);
        if (published.Ok)
        {
            await index.TakeInAsync(id, change, ct);
        }

        return published;
    }

    /// <summary>Makes public what is due; gives back how many.</summary>
    public async Task<int> PublishDueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = await dbs.CreateDbContextAsync(ct);
        var due = await db.Set<Article>().Where(a => a.State == ArticleState.Scheduled && a.PublishAt <= now).Select(a => a.Number).Take(200).ToListAsync(ct);
        foreach (var number in due)
        {
            await write.ArrangeAsync(Actor.System, number, article =>
            {
                if (article.State == ArticleState.Scheduled && article.PublishAt <= clock.GetUtcNow())
                {
                    article.State = ArticleState.Public;
                    article.PublishAt = null;
                    article.Texts.ForEach(t => t.PublishedAt = t.PublicTitle is null ? null : clock.GetUtcNow());
                }
            }, ct);
        }

        return due.Count;
    }

    private async Task ShowAsync(DeskDb db, Article article, ArticleText text, string note, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        if (text.HasChanges || text.Version == 0)
        {
            text.Version = await write.KeepAsync(db, article, text, text.Title, text.Body, note, actor, now, ct);
            text.PublicTitle = text.Title;
            text.PublicBody = text.Body;
            text.PublicSummary = text.Summary;
            text.PublishedAt = now;
            text.FirstPublishedAt ??= now;
        }

        text.BasedOn = article.In(article.Language)?.Version ?? 0;
        article.ReviewAt = article.ReviewDays is { } days ? now.AddDays(days) : article.ReviewAt;
    }

    private static void Place(Article article, Request request, DateTimeOffset now)
    {
        var later = request.At is { } at && at > now;
        article.State = request.For == ArticleState.Internal ? ArticleState.Internal : later ? ArticleState.Scheduled : ArticleState.Public;
        article.PublishAt = article.State == ArticleState.Scheduled ? request.At : null;
    }
}

/// <summary>Publishes scheduled articles when their time has come.</summary>
internal sealed class PublishDueArticles(PublishArticle publish) : IPeriodicJob
{
    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public Task RunAsync(CancellationToken ct) => publish.PublishDueAsync(ct);
}
