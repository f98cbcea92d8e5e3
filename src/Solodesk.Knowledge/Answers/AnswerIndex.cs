using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Meaning;
using Solodesk.Text.Languages;
using Solodesk.Text.Search;
using Solodesk.Ui;

namespace Solodesk.Knowledge.Answers;

/// <summary>
/// Every article that can be read, in memory: what the help centre lists, what suggestions, <c>/support</c> and the bot search. Built in the
/// background at start; afterwards each change is taken in as it is committed, here and on every other node.
/// </summary>
internal sealed class AnswerIndex(IDbContextFactory<DeskDb> dbs, Settings settings, MeaningIndex meanings) : IDisposable
{
    private const int LongestKept = 1200;
    private readonly ConcurrentDictionary<string, ArticleCard> _cards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnowledgeIndex> _public = Tongue.All.ToDictionary(l => l, _ => new KnowledgeIndex());
    private readonly Dictionary<string, KnowledgeIndex> _all = Tongue.All.ToDictionary(l => l, _ => new KnowledgeIndex());
    private readonly RecentSearches _recent = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile IReadOnlyList<Topic> _topics = [];
    private long _revision;

    /// <summary>Done when the first build is.</summary>
    public Task Ready => _ready.Task;

    public IReadOnlyList<Topic> Topics => _topics;

    /// <summary>Grows with every change that was taken in.</summary>
    public long Revision => Interlocked.Read(ref _revision);

    /// <summary>When readers last got something new.</summary>
    public DateTimeOffset ChangedAt { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>All articles in all languages, internal ones too.</summary>
    public IEnumerable<ArticleCard> Everything => _cards.Values;

    public IEnumerable<ArticleCard> Public(string language) => _cards.Values.Where(c => c.IsPublic && c.Language == language);

    public ArticleCard? Find(Guid article, string language) => _cards.GetValueOrDefault(ArticleCard.KeyOf(article, language));

    /// <summary>The article in the language, or in the other one.</summary>
    public ArticleCard? Nearest(Guid article, string language) => Find(article, language) ?? Find(article, Tongue.Other(language));

    public ArticleCard? ByNumber(long number, string language)
        => _cards.Values.Where(c => c.Number == number && c.IsPublic).OrderBy(c => c.Language == language ? 0 : 1).FirstOrDefault();

    public string? AddressOf(string title, string language)
        => _cards.Values.Where(c => c.IsPublic && string.Equals(c.Title, title, StringComparison.OrdinalIgnoreCase)).OrderBy(c => c.Language == language ? 0 : 1).FirstOrDefault()?.Path;

    /// <summary>The language to answer in: the question's own, as far as the desk speaks it.</summary>
    public static string LanguageOf(string question, string? otherwise)
    {
        var detected = LanguageDetector.Detect(question);
        return detected.IsChinese ? "zh-Hans" : detected.Code == "en" || otherwise is null ? "en" : Phrases.Known(otherwise);
    }

    /// <summary>The articles that fit best, best first.</summary>
    /// <param name="question">In anybody's words.</param>
    /// <param name="language">The language of the articles.</param>
    /// <param name="audience">Whose articles.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="meaning">The question's vector, where there is one.</param>
    public IReadOnlyList<FoundArticle> Search(string question, string language, Audience audience, int limit, float[]? meaning = null)
        // Vectors arrive one by one: what they say is looked up each time. A whole letter is hardly asked twice.
        => meaning is null && question.Length <= LongestKept ? _recent.Find(question, language, audience, limit, () => Look(question, language, audience, limit, null)) : Look(question, language, audience, limit, meaning);

    private List<FoundArticle> Look(string question, string language, Audience audience, int limit, float[]? meaning)
    {
        var index = (audience == Audience.Desk ? _all : _public)[Phrases.Known(language)];
        var hits = index.Search(Shorten(question), limit + 8).Hits;
        if (hits.Count == 0 && meaning is null)
        {
            return [];
        }

        var asked = new Wording(question);
        var found = new List<FoundArticle>(hits.Count);
        for (var i = 0; i < hits.Count; i++)
        {
            var rival = i == 0 ? hits.Count > 1 ? hits[1].Score : 0 : hits[0].Score;
            if (_cards.TryGetValue(hits[i].Id, out var card) && (audience != Audience.Bot || card.ForBot))
            {
                var same = card.Wordings.Max(w => Likeness.Same(asked, w));
                found.Add(new FoundArticle(card, hits[i], Likeness.Join(Confidence.Of(hits[i].Features, hits[i].Score, rival, index.Count), same)));
            }
        }

        if (meaning is not null)
        {
            Fuse(found, meaning, Phrases.Known(language), audience, limit);
        }

        // The wording may have spoken for one that the ranking saw second.
        return [.. found.OrderByDescending(f => f.Certainty).Take(limit)];
    }

    /// <summary>
    /// Words and meaning are two witnesses: the answer is wrong only if both are. Fused are their certainties and not their ranks, because it is the
    /// certainty that decides between answering and asking a person, and a rank says nothing about it; and so a search without vectors gives
    /// exactly what it gave before.
    /// </summary>
    private void Fuse(List<FoundArticle> found, float[] meaning, string language, Audience audience, int limit)
    {
        var near = meanings.Near(meaning, _cards.Values.Where(c => c.Language == language && (audience == Audience.Desk || c.IsPublic)).Select(c => c.Key));
        for (var i = 0; i < found.Count; i++)
        {
            if (near.Remove(found[i].Card.Key, out var means))
            {
                found[i] = found[i] with { Certainty = 1 - ((1 - found[i].Certainty) * (1 - means)), Meaning = means };
            }
        }

        foreach (var (key, means) in near.OrderByDescending(n => n.Value).Take(limit))
        {
            if (_cards.TryGetValue(key, out var card) && (audience != Audience.Bot || card.ForBot))
            {
                found.Add(new FoundArticle(card, new SearchHit(key, 0, [], new RankFeatures(0, 0, 0, 0, 0, 0, 0, 0, language != "en")), means) { Meaning = means });
            }
        }
    }

    public Synonyms Synonyms { get; private set; } = Synonyms.BuiltIn;

    /// <summary>Reads everything anew.</summary>
    public async Task RebuildAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            var newest = await db.Set<ArticleChange>().AsNoTracking().OrderByDescending(c => c.Id).FirstOrDefaultAsync(ct);
            var revision = newest?.Id ?? 0;
            ChangedAt = newest?.At ?? ChangedAt;
            await TuneAsync(ct);
            _topics = await db.Set<Topic>().AsNoTracking().OrderBy(t => t.Position).ToListAsync(ct);
            var articles = await db.Set<Article>().AsNoTracking().Include(a => a.Texts).Where(a => a.State == ArticleState.Public || a.State == ArticleState.Internal).ToListAsync(ct);
            var cards = articles.SelectMany(CardsOf).ToList();
            foreach (var gone in _cards.Keys.Except(cards.Select(c => c.Card.Key)).ToList())
            {
                _cards.TryRemove(gone, out _);
            }

            foreach (var (card, _) in cards)
            {
                _cards[card.Key] = card;
            }

            foreach (var language in Tongue.All)
            {
                _all[language].Rebuild(cards.Where(c => c.Card.Language == language).Select(c => c.Entry));
                _public[language].Rebuild(cards.Where(c => c.Card.Language == language && c.Card.IsPublic).Select(c => c.Entry));
            }

            _recent.Forget();
            Interlocked.Exchange(ref _revision, Math.Max(_revision, revision));
            _ready.TrySetResult();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes in one article as it stands in the database now.</summary>
    public async Task TakeInAsync(Guid article, long revision, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await using var db = await dbs.CreateDbContextAsync(ct);
            var row = await db.Set<Article>().AsNoTracking().Include(a => a.Texts).SingleOrDefaultAsync(a => a.Id == article, ct);
            ChangedAt = await db.Set<ArticleChange>().Where(c => c.Id == revision).Select(c => (DateTimeOffset?)c.At).SingleOrDefaultAsync(ct) ?? ChangedAt;
            var cards = row is null || row.State is not (ArticleState.Public or ArticleState.Internal) ? [] : CardsOf(row).ToList();
            foreach (var language in Tongue.All)
            {
                var key = ArticleCard.KeyOf(article, language);
                if (cards.Exists(c => c.Card.Language == language) && cards.Find(c => c.Card.Language == language) is var found)
                {
                    _cards[key] = found.Card;
                    _all[language].Put(found.Entry);
                    Keep(_public[language], found.Card.IsPublic, found.Entry);
                }
                else
                {
                    _cards.TryRemove(key, out _);
                    _all[language].Remove(key);
                    _public[language].Remove(key);
                }
            }

            _recent.Forget();
            Interlocked.Exchange(ref _revision, Math.Max(_revision, revision));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Reads the founder's synonyms and what the ranking has learned.</summary>
    public async Task TuneAsync(CancellationToken ct)
    {
        var own = (await settings.ReadAsync<AnswerSettings>(ct)).Synonyms.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Synonyms = own.Length == 0 ? Synonyms.BuiltIn : Synonyms.BuiltInWith(own);
        var learned = await settings.ReadAsync<LearnedRanking>(ct);
        var weights = learned.Spaced.Count > 0 && learned.Dense.Count > 0 ? new RankWeights(learned.Spaced, learned.Dense) : RankWeights.Default;
        foreach (var index in _public.Values.Concat(_all.Values))
        {
            index.Synonyms = Synonyms;
            index.Weights = weights;
        }

        _recent.Forget();
    }

    public void Dispose()
    {
        foreach (var index in _public.Values.Concat(_all.Values))
        {
            index.Dispose();
        }

        _turn.Dispose();
    }

    private static IEnumerable<(ArticleCard Card, KnowledgeEntry Entry)> CardsOf(Article article)
    {
        foreach (var text in article.Texts.Where(t => t.PublicTitle is not null))
        {
            var sections = PlainText.Sections(text.PublicBody ?? "");
            var plain = PlainText.Of(sections);
            var card = new ArticleCard(article.Id, article.Number, text.Language, text.PublicTitle!, article.Kind, article.State, article.TopicId, article.Tags,
                plain, sections, text.PublicSummary ?? PlainText.Beginning(sections, 160), text.PublishedAt ?? article.UpdatedAt, text.FirstPublishedAt ?? article.CreatedAt, article.ForBot, article.Asks)
            {
                Summary = text.PublicSummary,
                Wordings = [new(text.PublicTitle!), .. text.Questions.Select(q => new Wording(q))],
            };
            // Pooled are only short questions with an answer each; a longer article stands for itself.
            var kind = article.Kind == ArticleKind.Faq && plain.Length < 800 ? HeadingKind.Question : HeadingKind.Title;
            yield return (card, new KnowledgeEntry(card.Key, card.Title, plain, kind, [.. text.Questions, .. article.Tags]));
        }
    }

    private static void Keep(KnowledgeIndex index, bool keep, KnowledgeEntry entry)
    {
        if (keep)
        {
            index.Put(entry);
        }
        else
        {
            index.Remove(entry.Id);
        }
    }

    // A whole mail as a question: its beginning says what it is about.
    private static string Shorten(string question) => question.Length <= 1200 ? question : question[..1200];
}

/// <summary>Whose articles are searched.</summary>
internal enum Audience
{
    /// <summary>What the desk knows, internal articles too.</summary>
    Desk,

    /// <summary>What everybody may read.</summary>
    Public,

    /// <summary>What everybody may read and the bot may quote.</summary>
    Bot,
}

/// <summary>One article that was found.</summary>
/// <param name="Card">The article.</param>
/// <param name="Hit">What the ranking saw.</param>
/// <param name="Certainty">The probability that it answers the question.</param>
internal sealed record FoundArticle(ArticleCard Card, SearchHit Hit, double Certainty)
{
    /// <summary>What the vectors say of it; 0 where there are none.</summary>
    public double Meaning { get; init; }
}
