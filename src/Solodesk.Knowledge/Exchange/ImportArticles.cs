using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Files;
using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.Exchange;

/// <summary>Puts imported texts up as articles: all of them or none. What is there already, by its identity or by its question word for word, gets the new answer as a version.</summary>
[UseCase]
internal sealed class ImportArticles(DeskWriter writer, WriteArticle write, ImportFiles files, AnswerIndex index, TimeProvider clock)
{
    private const int MostPieces = 20_000;

    private enum Fate { Added, AddedDraft, Changed, Same }

    public async Task<Result<ImportOutcome>> RunAsync(Actor actor, IReadOnlyList<ReadImport.Piece> pieces, bool publish, CancellationToken ct)
    {
        if (!actor.CanAdminister)
        {
            return Problem.Forbidden;
        }

        if (pieces.Count is 0 or > MostPieces)
        {
            return new Problem("import.empty") { Field = "file" };
        }

        var stored = await files.StoreAsync(pieces, ct);
        var outcome = await writer.RunAsync<ImportOutcome>(async db =>
        {
            var shelf = await ImportShelf.OpenAsync(db, pieces, clock, ct);
            var (fates, remarks) = (new List<Fate>(), new List<ImportRemark>());
            foreach (var group in pieces.GroupBy(p => p.Key))
            {
                Article? article = null;
                // The original first: the others are translations of it.
                foreach (var piece in group.OrderBy(p => p.Facts.Original is { } original && original != ReadImport.LanguageOf(p) ? 1 : 0))
                {
                    if (WhyNot(piece) is { } refused)
                    {
                        remarks.Add(new ImportRemark(piece.Place, refused, Refused: true));
                        continue;
                    }

                    remarks.AddRange(piece.Missing.Select(m => new ImportRemark(piece.Place, "file_missing", false, m)));
                    remarks.AddRange(piece.Files.Where(f => !stored.ContainsKey(f)).Select(f => new ImportRemark(piece.Place, "file_large", false, f.Name)));
                    (article, var fate) = await TakeAsync(db, shelf, article, piece, stored, actor, publish, remarks, ct);
                    fates.Add(fate);
                }
            }

            await db.SaveChangesAsync(ct);
            await write.TellAsync(db, null, ct);
            return new ImportOutcome(fates.Count(f => f is Fate.Added or Fate.AddedDraft), fates.Count(f => f == Fate.Changed), fates.Count(f => f == Fate.Same), fates.Count(f => f == Fate.AddedDraft))
            {
                Remarks = remarks.Count == 0 ? (IReadOnlyList<ImportRemark>)[] : remarks,
            };
        }, ct);
        if (outcome.Ok)
        {
            await index.RebuildAsync(ct);
        }

        return outcome;
    }

    // What nobody published may be unfinished; it comes back as it went.
    private static string? WhyNot(ReadImport.Piece piece)
        => piece.Title.Trim().Length > WriteArticle.LongestTitle ? "title_long" : piece.Body.Length > WriteArticle.LongestBody ? "body_long"
            : piece.Facts is { Id: not null, PublishedAt: null } ? null
            : piece.Title.Trim().Length == 0 ? "title_missing" : piece.Body.Trim().Length == 0 ? "body_missing" : null;

    private async Task<(Article, Fate)> TakeAsync(DeskDb db, ImportShelf shelf, Article? article, ReadImport.Piece piece, IReadOnlyDictionary<ExchangeFile, StoredFile> stored, Actor actor,
        bool publish, List<ImportRemark> remarks, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var language = ReadImport.LanguageOf(piece);
        var ours = piece.Facts.Id is not null;
        var first = article is null;
        var found = (ours ? article : null) ?? shelf.Find(piece, language);
        article = found ?? (article is null || article.In(language) is not null ? await shelf.BeginAsync(piece, language, actor, now, ct) : article);
        // Of a file of another program an article that is here keeps its place; our own export says where it belongs.
        if (first && (ours || db.Entry(article).State == EntityState.Added) && !shelf.Arrange(article, piece, language))
        {
            remarks.Add(new ImportRemark(piece.Place, "owner_unknown", false, piece.Facts.Owner));
        }
        else if (!first && ours)
        {
            shelf.NameTopic(piece, language);
        }

        piece = await files.AttachAsync(db, article.Id, piece, stored, ct);
        var text = article.In(language);
        var isNew = text is null;
        if (text is null)
        {
            text = new ArticleText { Id = Ids.New(clock), ArticleId = article.Id, Language = language, UpdatedAt = now };
            article.Texts.Add(text);
            db.Add(text);
        }

        var before = (text.Title, text.Body, text.PublicTitle, text.PublicBody, text.Summary, text.PublicSummary);
        Write(text, piece, isNew || ours);
        shelf.Know(article, text);
        if (publish && ours)
        {
            await RestoreAsync(db, article, text, piece.Facts, actor, now, ct);
        }
        else if (publish && piece.State != ArticleState.Draft && db.Entry(text).State != EntityState.Unchanged)
        {
            await ShowAsync(db, article, text, text.Title, text.Body, actor, now, ct);
            text.PublicSummary = text.Summary;
            (text.PublishedAt, text.FirstPublishedAt) = (now, text.FirstPublishedAt ?? now);
            text.BasedOn = article.In(article.Language)?.Version ?? 1;
            article.State = article.State is ArticleState.Draft ? piece.State : article.State;
        }

        // A text that the same file brought has no state to compare with.
        if (!isNew && (db.Entry(text).State == EntityState.Added ? before == (text.Title, text.Body, text.PublicTitle, text.PublicBody, text.Summary, text.PublicSummary)
            : db.Entry(text).State == EntityState.Unchanged && db.Entry(article).State == EntityState.Unchanged))
        {
            return (article, Fate.Same);
        }

        // Two writes in one tick would look like one.
        text.UpdatedAt = isNew || now > text.UpdatedAt ? now : text.UpdatedAt.AddTicks(10);
        article.UpdatedAt = now;
        article.Revision++;
        return (article, !isNew ? Fate.Changed : text.PublicTitle is null ? Fate.AddedDraft : Fate.Added);
    }

    private static void Write(ArticleText text, ReadImport.Piece piece, bool whole)
    {
        text.Title = text.Title.Trim().Equals(piece.Title.Trim(), StringComparison.OrdinalIgnoreCase) && !whole ? text.Title : piece.Title.Trim();
        text.Body = text.Body.Trim() == piece.Body.Trim() && !whole ? text.Body : piece.Body;
        var questions = piece.Facts.Questions ?? (piece.Facts.Id is not null ? [] : text.Questions);
        text.Summary = piece.Facts.Summary ?? (piece.Facts.Id is not null ? null : text.Summary);
        text.Questions = questions.SequenceEqual(text.Questions) ? text.Questions : [.. questions];
    }

    /// <summary>As it was at the desk that exported it: what readers saw, since when, and who they were.</summary>
    private async Task RestoreAsync(DeskDb db, Article article, ArticleText text, TextFacts facts, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        if (facts.PublishedAt is { } at)
        {
            await ShowAsync(db, article, text, facts.PublicTitle ?? text.Title, facts.PublicBody ?? text.Body, actor, now, ct);
            text.PublicSummary = facts.PublicTitle is null ? text.Summary : facts.PublicSummary;
            (text.PublishedAt, text.FirstPublishedAt) = (at, facts.FirstPublishedAt ?? at);
        }

        if (text.Language != article.Language && article.Behind(text) != facts.Behind)
        {
            text.BasedOn = (article.In(article.Language)?.Version ?? 0) - facts.Behind;
        }

        (article.State, article.PublishAt) = (facts.State ?? article.State, facts.PublishAt);
    }

    private async Task ShowAsync(DeskDb db, Article article, ArticleText text, string title, string body, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        if (text.PublicTitle == title && text.PublicBody == body)
        {
            return;
        }

        // The number is the text's own here: asking the database for each of thousands would take minutes.
        // A question that stands in the file twice has had its number from the first time, which the database does not know yet.
        var known = db.Entry(text).State == EntityState.Added ? 0
            : await db.Set<ArticleVersion>().Where(v => v.ArticleId == article.Id && v.Language == text.Language).MaxAsync(v => (int?)v.Number, ct) ?? 0;
        text.Version = Math.Max(known, text.Version) + 1;
        db.Add(new ArticleVersion { Id = Ids.New(clock), ArticleId = article.Id, Language = text.Language, Number = text.Version, Title = title, Body = body, Note = "imported", Author = actor.Name, At = now });
        (text.PublicTitle, text.PublicBody) = (title, body);
    }
}
