using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Jobs;
using Solodesk.Knowledge.Ai;
using Solodesk.Knowledge.Articles;

namespace Solodesk.Knowledge.Digest;

/// <summary>Prepares new drafts of published translations that have fallen behind their original; only where the founder's setting says so.</summary>
internal sealed class PrepareTranslations(TranslateArticle translate, AiRest rest, Settings settings, IDbContextFactory<DeskDb> dbs, TimeProvider clock) : IPeriodicJob
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(10);

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken ct)
    {
        if (await settings.ReadAsync<AiSettings>(ct) is not { IsOn: true, PreparesDrafts: true } || clock.GetUtcNow() < rest.Until)
        {
            return;
        }

        // One at a time: a long article is many calls, and replies to customers come first.
        if (await NextAsync(ct) is var (number, language) && await translate.RunAsync(Actor.System, number, language, ct) is { Ok: true, Value.Length: > 0 })
        {
            rest.Until = clock.GetUtcNow() + AfterFault;
        }
    }

    private async Task<(long Number, string Language)?> NextAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var next = await (from a in db.Set<Article>().AsNoTracking()
                          from o in a.Texts
                          from t in a.Texts
                          where a.State == ArticleState.Public && o.Language == a.Language && t.Language != a.Language && t.PublicTitle != null && t.Body != "" && t.BasedOn < o.Version
                              && !db.Set<ArticleVersion>().Any(v => v.ArticleId == a.Id && v.Language == t.Language && v.Note == TranslateArticle.Note && v.At >= o.PublishedAt)
                          orderby a.Number
                          select new { a.Number, t.Language }).FirstOrDefaultAsync(ct);
        return next is null ? null : (next.Number, next.Language);
    }
}
