using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Text.Search;

namespace Solodesk.Knowledge.Gaps;

/// <summary>Questions that found nothing, those that mean the same together, the most asked first.</summary>
[UseCase]
internal sealed class FindGaps(IDbContextFactory<DeskDb> dbs, DeskWriter writer, AnswerIndex articles, TimeProvider clock)
{
    private const int Newest = 2000;

    public async Task<IReadOnlyList<Gap>> RunAsync(int days, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-days);
        await using var db = await dbs.CreateDbContextAsync(ct);
        var asked = await db.Set<AskedQuestion>().AsNoTracking().Where(q => !q.Matched && !q.Settled && q.At >= since).OrderByDescending(q => q.At).Take(Newest).ToListAsync(ct);
        return Group(asked, [.. Tongue.All.SelectMany(articles.Public).Select(c => c.Title)], articles.Synonyms);
    }

    /// <summary>Says that somebody dealt with these.</summary>
    public Task<Result<Done>> SettleAsync(Actor actor, IReadOnlyList<Guid> questions, CancellationToken ct)
        => !actor.CanWork ? Task.FromResult<Result<Done>>(Problem.Forbidden) : writer.RunAsync<Done>(async db =>
        {
            foreach (var question in await db.Set<AskedQuestion>().Where(q => questions.Contains(q.Id)).ToListAsync(ct))
            {
                question.Settled = true;
            }

            return Done.It;
        }, ct);

    internal static IReadOnlyList<Gap> Group(IReadOnlyList<AskedQuestion> asked, IReadOnlyList<string> titles, Synonyms synonyms)
        => [.. asked.GroupBy(q => q.Language).SelectMany(language => Together([.. language], titles, synonyms)).OrderByDescending(g => g.Times).ThenByDescending(g => g.Last)];

    // In one language: what is asked in the other is answered by another text.
    private static IEnumerable<Gap> Together(IReadOnlyList<AskedQuestion> asked, IReadOnlyList<string> titles, Synonyms synonyms)
    {
        var wordings = asked.GroupBy(q => q.Text.ToLowerInvariant().Trim(), StringComparer.Ordinal).Select(g => (Text: g.Key, Questions: g.ToList())).OrderByDescending(w => w.Questions.Count).ToList();
        return QuestionGroups.Of([.. wordings.Select(w => w.Text)], titles, synonyms).Select(group => GapOf([.. group.SelectMany(i => wordings[i].Questions)]));
    }

    private static Gap GapOf(List<AskedQuestion> questions)
        => new(questions[0].Text, questions[0].Language, questions.Count, questions.Max(q => q.At),
            [.. questions.Select(q => q.Text).Distinct(StringComparer.OrdinalIgnoreCase).Skip(1).Take(8)], [.. questions.Select(q => q.Channel).Distinct()], [.. questions.Select(q => q.Id)]);
}
