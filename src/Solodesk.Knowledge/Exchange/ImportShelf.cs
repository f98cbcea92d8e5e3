using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.Exchange;

/// <summary>What one import works on: the articles, topics and people that are there, and what it adds to them.</summary>
internal sealed class ImportShelf
{
    private readonly DeskDb _db;
    private readonly TimeProvider _clock;
    private readonly Dictionary<Guid, Article> _articles;
    private readonly HashSet<long> _numbers;
    private readonly Dictionary<(string, string), (Article Article, ArticleText Text)> _titles;
    private readonly HashSet<Guid> _named;
    private readonly ImportTopics _topics;
    private readonly Dictionary<string, Guid> _people;

    private ImportShelf(DeskDb db, TimeProvider clock, List<Article> articles, HashSet<Guid> named, List<Topic> topics, Dictionary<string, Guid> people)
    {
        (_db, _clock, _named, _people) = (db, clock, named, people);
        _articles = articles.ToDictionary(a => a.Id);
        _numbers = [.. articles.Select(a => a.Number)];
        _titles = articles.Where(a => a.State != ArticleState.Archived).SelectMany(a => a.Texts.Select(t => (Article: a, Text: t)))
            .GroupBy(t => KeyOf(t.Text.Language, t.Text.Title)).ToDictionary(g => g.Key, g => g.First());
        _topics = new ImportTopics(db, topics, clock);
    }

    public static async Task<ImportShelf> OpenAsync(DeskDb db, IReadOnlyList<ReadImport.Piece> pieces, TimeProvider clock, CancellationToken ct) => new(
        db, clock, await db.Set<Article>().Include(a => a.Texts).ToListAsync(ct), [.. pieces.Select(p => p.Facts.Id).OfType<Guid>()], await db.Set<Topic>().ToListAsync(ct),
        (await db.Users.Where(u => u.Email != null).Select(u => new { u.Email, u.Id }).ToListAsync(ct)).GroupBy(u => u.Email!, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First().Id, StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// The article that a piece is of: by the identity that our own exports carry, else by the question, word for word. An article that the
    /// file names elsewhere is not taken for another one with the same question.
    /// </summary>
    public Article? Find(ReadImport.Piece piece, string language)
    {
        if (piece.Facts.Id is { } id && _articles.TryGetValue(id, out var known))
        {
            return known;
        }

        return piece.Title.Length > 0 && _titles.TryGetValue(KeyOf(language, piece.Title), out var same) && (piece.Facts.Id is null || _named.Add(same.Article.Id)) ? same.Article : null;
    }

    /// <summary>Remembers a text, so that its question is found when the file asks it again.</summary>
    public void Know(Article article, ArticleText text) => _titles.TryAdd(KeyOf(text.Language, text.Title), (article, text));

    public async Task<Article> BeginAsync(ReadImport.Piece piece, string language, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var article = new Article
        {
            Id = piece.Facts.Id ?? Ids.New(_clock),
            Number = await NumberAsync(piece.Facts.Id is null ? null : piece.Facts.Number, ct),
            Kind = piece.Body.Length < 800 ? ArticleKind.Faq : ArticleKind.Guide,
            Language = piece.Facts.Original ?? language,
            OwnerId = piece.Facts is { Id: not null, Owner.Length: 0 } ? null : actor.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };
        _articles[article.Id] = article;
        _numbers.Add(article.Number);
        _db.Add(article);
        return article;
    }

    /// <summary>Puts the article where the file says. Of a file of another program only what it says is taken.</summary>
    /// <returns>Whether somebody here looks after it; false when the file names somebody who is not.</returns>
    public bool Arrange(Article article, ReadImport.Piece piece, string language)
    {
        var facts = piece.Facts;
        article.Kind = facts.Kind ?? article.Kind;
        article.TopicId = _topics.Of(piece.Topic, facts, language)?.Id;
        List<string> tags = [.. piece.Tags.Select(t => t.Length <= 60 ? t : t[..60]).Distinct().Take(20)];
        article.Tags = tags.SequenceEqual(article.Tags) ? article.Tags : tags;
        var known = facts.Owner.Length == 0 || _people.ContainsKey(facts.Owner);
        if (facts.Owner.Length > 0 && known)
        {
            article.OwnerId = _people[facts.Owner];
        }
        else if (known && facts.Id is not null && article.OwnerId is { } owner && _people.ContainsValue(owner))
        {
            article.OwnerId = null;
        }

        if (facts.Id is not null)
        {
            (article.ReviewDays, article.ReviewAt, article.ForBot, article.Asks) = (facts.ReviewDays, facts.ReviewAt, facts.ForBot, facts.Asks);
        }

        return known;
    }

    /// <summary>A translation's piece names its topic in its own language.</summary>
    public void NameTopic(ReadImport.Piece piece, string language) => _topics.Of(piece.Topic, piece.Facts, language);

    // The number stands in addresses and in links between articles: it is kept where it is free.
    private async Task<long> NumberAsync(long? wanted, CancellationToken ct)
    {
        if (wanted is not ({ } number and > 0 and < 1_000_000_000) || _numbers.Contains(number))
        {
            return await Counter.NextAsync(_db, "article", ct);
        }

        await _db.Set<Counter>().Where(c => c.Name == "article" && c.Value < number).ExecuteUpdateAsync(c => c.SetProperty(x => x.Value, number), ct);
        return number;
    }

    private static (string, string) KeyOf(string language, string title) => (language, title.Trim().ToLowerInvariant());
}
