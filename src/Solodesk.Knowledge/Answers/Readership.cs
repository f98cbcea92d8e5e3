using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Articles;
using Solodesk.Knowledge.Gaps;

namespace Solodesk.Knowledge.Answers;

/// <summary>
/// What readers do, counted in memory and written every few seconds: a page view must not wait for a writer. A crash loses seconds of counts,
/// never anything that somebody wrote.
/// </summary>
internal sealed class Readership(IDbContextFactory<DeskDb> dbs, IDatabase database, Settings settings, TimeProvider clock) : IDisposable
{
    private const int MostWaiting = 20_000;

    private readonly ConcurrentQueue<AskedQuestion> _asked = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ConcurrentDictionary<(Guid Article, string Language), Tally> _tallies = new();

    public void Dispose() => _turn.Dispose();

    public void Viewed(Guid article, string language) => Interlocked.Increment(ref Of(article, language).Views);

    public void Judged(Guid article, string language, bool helpful)
    {
        var tally = Of(article, language);
        Interlocked.Increment(ref helpful ? ref tally.Helpful : ref tally.NotHelpful);
    }

    public void Saved(Guid article, string language) => Interlocked.Increment(ref Of(article, language).Saved);

    public void Asked(string channel, string text, string language, FoundArticle? best, bool matched, Guid? ticket = null)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (words.Length == 0 || _asked.Count > MostWaiting)
        {
            return;
        }

        _asked.Enqueue(new AskedQuestion
        {
            Id = Ids.New(clock),
            Channel = channel,
            Text = words.Length > 1000 ? words[..999] : words,
            Language = language,
            Matched = matched,
            Confidence = best?.Certainty ?? 0,
            ArticleId = best?.Card.ArticleId,
            TicketId = ticket,
            At = clock.GetUtcNow(),
        });
    }

    /// <summary>Writes what was counted.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var tallies = Interlocked.Exchange(ref _tallies, new());
            var asked = new List<AskedQuestion>();
            while (_asked.TryDequeue(out var question))
            {
                asked.Add(question);
            }

            if (tallies.IsEmpty && asked.Count == 0)
            {
                return;
            }

            var zone = (await settings.ReadAsync<BusinessSettings>(ct)).Hours.Zone;
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
            using (await database.EnterWriteAsync(ct))
            {
                await using var db = await dbs.CreateDbContextAsync(ct);
                db.AddRange(asked);
                await db.SaveChangesAsync(ct);
                foreach (var ((article, language), tally) in tallies)
                {
                    await AddAsync(db, article, language, day, tally, ct);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task AddAsync(DeskDb db, Guid article, string language, DateOnly day, Tally tally, CancellationToken ct)
    {
        // Other nodes count the same row: add to it where it is, make it where it is not.
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var changed = await db.Set<ArticleDay>().Where(d => d.ArticleId == article && d.Language == language && d.Day == day).ExecuteUpdateAsync(d => d
                .SetProperty(x => x.Views, x => x.Views + tally.Views).SetProperty(x => x.Helpful, x => x.Helpful + tally.Helpful)
                .SetProperty(x => x.NotHelpful, x => x.NotHelpful + tally.NotHelpful).SetProperty(x => x.Saved, x => x.Saved + tally.Saved), ct);
            if (changed > 0)
            {
                return;
            }

            try
            {
                db.Add(new ArticleDay { ArticleId = article, Language = language, Day = day, Views = tally.Views, Helpful = tally.Helpful, NotHelpful = tally.NotHelpful, Saved = tally.Saved });
                await db.SaveChangesAsync(ct);
                return;
            }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private Tally Of(Guid article, string language) => _tallies.GetOrAdd((article, language), _ => new Tally());

    private sealed class Tally
    {
        public int Views;
        public int Helpful;
        public int NotHelpful;
        public int Saved;
    }
}

/// <summary>Writes the counts every few seconds, and what is left when the desk stops.</summary>
internal sealed class ReadershipService(Readership readership) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await readership.FlushAsync(stoppingToken);
                }
                catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException)
                {
                    // A database that is away for a moment: counts, not words, are what is lost.
                }
            }
        }
        catch (OperationCanceledException)
        {
            await readership.FlushAsync(CancellationToken.None);
        }
    }
}
