using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;

namespace Solodesk.Knowledge.Articles;

/// <summary>Begins articles and keeps what is written in them. Nothing that was typed is ever lost: what cannot be saved over is kept as a version.</summary>
[UseCase]
internal sealed class WriteArticle(DeskWriter writer, AnswerIndex index, TimeProvider clock)
{
    public const int LongestTitle = 300;
    public const int LongestBody = 200_000;
    public const int LongestSummary = 400;

    /// <summary>What to begin with.</summary>
    public sealed record Beginning(string Language, ArticleKind Kind = ArticleKind.Faq)
    {
        public string Title { get; init; } = "";
        public string Body { get; init; } = "";
        public Guid? TopicId { get; init; }
        public IReadOnlyList<string> Tags { get; init; } = [];
        public IReadOnlyList<string> Questions { get; init; } = [];
        public Guid? FromTicket { get; init; }
        public long FromNumber { get; init; }
    }

    /// <summary>
    /// What was written in one language of an article; a new text begins with the first words. <paramref name="Seen"/> is what <see cref="Mark"/>
    /// said of the text when the writer read it; null writes over anything.
    /// </summary>
    public sealed record Words(long Number, string Language, string Title, string Body, string? Seen)
    {
        public IReadOnlyList<string>? Questions { get; init; }

        /// <summary>What it says in a sentence or two; empty takes it away, null leaves it as it is.</summary>
        public string? Summary { get; init; }
    }

    /// <summary>
    /// The mark of the text as it stands now. <paramref name="KeptAs"/> is the version that the words were kept as, when somebody else had
    /// written meanwhile; null when they were saved.
    /// </summary>
    public sealed record Saved(string Mark, int? KeptAs, bool HasChanges);

    /// <summary>Tells one state of a text from another.</summary>
    public static string Mark(ArticleText? text) => text is null ? "0" : text.UpdatedAt.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public async Task<Result<long>> BeginAsync(Actor actor, Beginning beginning, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        return await writer.RunAsync<long>(async db =>
        {
            var now = clock.GetUtcNow();
            var article = new Article
            {
                Id = Ids.New(clock),
                Number = await Counter.NextAsync(db, "article", ct),
                Kind = beginning.Kind,
                Language = beginning.Language,
                TopicId = beginning.TopicId,
                Tags = [.. beginning.Tags],
                OwnerId = actor.Id,
                CreatedAt = now,
                UpdatedAt = now,
            };
            article.Texts.Add(new ArticleText
            {
                Id = Ids.New(clock),
                ArticleId = article.Id,
                Language = beginning.Language,
                Title = Cut(beginning.Title.Trim(), LongestTitle),
                Body = Cut(beginning.Body, LongestBody),
                Questions = [.. beginning.Questions],
                UpdatedAt = now,
            });
            db.Add(article);
            if (beginning.FromTicket is { } ticket)
            {
                db.Add(new ArticleUse { Id = Ids.New(clock), ArticleId = article.Id, TicketId = ticket, TicketNumber = beginning.FromNumber, Kind = ArticleUseKind.Drafted, At = now });
            }

            return article.Number;
        }, ct);
    }

    /// <summary>Keeps the words as they are being written; readers see them only after they are published.</summary>
    public async Task<Result<Saved>> SaveAsync(Actor actor, Words words, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        if (words.Title.Length > LongestTitle)
        {
            return new Problem("article.title_long", LongestTitle) { Field = "title" };
        }

        if (words.Body.Length > LongestBody)
        {
            return new Problem("article.body_long", LongestBody) { Field = "body" };
        }

        var summary = words.Summary is null ? null : string.Join(' ', words.Summary.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (summary?.Length > LongestSummary)
        {
            return new Problem("article.summary_long", LongestSummary) { Field = "summary" };
        }

        return await writer.RunAsync<Saved>(async db =>
        {
            var article = await db.Set<Article>().Include(a => a.Texts).SingleOrDefaultAsync(a => a.Number == words.Number, ct);
            if (article is null)
            {
                return Problem.NotFound("article");
            }

            var now = clock.GetUtcNow();
            var text = article.In(words.Language);
            if (text is not null && words.Seen is not null && words.Seen != Mark(text))
            {
                // No version holds it; where nobody else wrote one it has a place.
                text.Summary ??= summary is { Length: > 0 } ? summary : null;
                if (text.Title == words.Title.Trim() && text.Body == words.Body)
                {
                    return new Saved(Mark(text), null, text.HasChanges);
                }

                // Somebody wrote meanwhile. Theirs stays where it is, these words stand beside it as a version.
                return new Saved(Mark(text), await KeepAsync(db, article, text, words.Title, words.Body, "beside", actor, now, ct), text.HasChanges);
            }

            if (text is null)
            {
                text = new ArticleText { Id = Ids.New(clock), ArticleId = article.Id, Language = words.Language, BasedOn = article.In(article.Language)?.Version ?? 0 };
                article.Texts.Add(text);
                db.Add(text);
            }

            text.Title = words.Title.Trim();
            text.Body = words.Body.ReplaceLineEndings("\n");
            text.Questions = words.Questions is null ? text.Questions : [.. words.Questions];
            text.Summary = summary is null ? text.Summary : summary.Length > 0 ? summary : null;
            // Two saves in one tick would look like one.
            text.UpdatedAt = now > text.UpdatedAt ? now : text.UpdatedAt.AddTicks(10);
            article.UpdatedAt = now;
            article.Revision++;
            return new Saved(Mark(text), null, text.HasChanges);
        }, ct);
    }

    /// <summary>Makes an older version the text that is being written; what was there and never kept is kept first.</summary>
    public async Task<Result<Done>> RestoreAsync(Actor actor, long number, string language, int version, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        return await writer.RunAsync<Done>(async db =>
        {
            var article = await db.Set<Article>().Include(a => a.Texts).SingleOrDefaultAsync(a => a.Number == number, ct);
            var text = article?.In(language);
            var old = article is null ? null : await db.Set<ArticleVersion>().SingleOrDefaultAsync(v => v.ArticleId == article.Id && v.Language == language && v.Number == version, ct);
            if (article is null || text is null || old is null)
            {
                return Problem.NotFound("article");
            }

            var now = clock.GetUtcNow();
            var kept = await db.Set<ArticleVersion>().AnyAsync(v => v.ArticleId == article.Id && v.Language == language && v.Title == text.Title && v.Body == text.Body, ct);
            if (!kept && (text.Title.Length > 0 || text.Body.Length > 0))
            {
                await KeepAsync(db, article, text, text.Title, text.Body, "before_restore", actor, now, ct);
            }

            text.Title = old.Title;
            text.Body = old.Body;
            text.UpdatedAt = now > text.UpdatedAt ? now : text.UpdatedAt.AddTicks(10);
            article.UpdatedAt = now;
            article.Revision++;
            return Done.It;
        }, ct);
    }

    /// <summary>Changes what stands around the words: who reads it, where it stands, who looks after it.</summary>
    public async Task<Result<Done>> ArrangeAsync(Actor actor, long number, Action<Article> arrange, CancellationToken ct)
    {
        if (!actor.CanWork)
        {
            return Problem.Forbidden;
        }

        Guid id = default;
        long change = 0;
        var done = await writer.RunAsync<Done>(async db =>
        {
            var article = await db.Set<Article>().Include(a => a.Texts).SingleOrDefaultAsync(a => a.Number == number, ct);
            if (article is null)
            {
                return Problem.NotFound("article");
            }

            arrange(article);
            article.UpdatedAt = clock.GetUtcNow();
            article.Revision++;
            id = article.Id;
            change = await TellAsync(db, article.Id, ct);
            return Done.It;
        }, ct);
        if (done.Ok)
        {
            await index.TakeInAsync(id, change, ct);
        }

        return done;
    }

    /// <summary>Inside the transaction: tells the indexes of all nodes.</summary>
    internal async Task<long> TellAsync(DeskDb db, Guid? article, CancellationToken ct)
    {
        var change = new ArticleChange { ArticleId = article, At = clock.GetUtcNow() };
        db.Add(change);
        await db.SaveChangesAsync(ct);
        return change.Id;
    }

    internal async Task<int> KeepAsync(DeskDb db, Article article, ArticleText text, string title, string body, string note, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var newest = await db.Set<ArticleVersion>().Where(v => v.ArticleId == article.Id && v.Language == text.Language).MaxAsync(v => (int?)v.Number, ct) ?? 0;
        db.Add(new ArticleVersion
        {
            Id = Ids.New(clock),
            ArticleId = article.Id,
            Language = text.Language,
            Number = newest + 1,
            Title = Cut(title.Trim(), LongestTitle),
            Body = body,
            Note = Cut(note, 300),
            Author = Cut(actor.Name, 200),
            At = now,
        });
        return newest + 1;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
