using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Knowledge.Answers;
using Solodesk.Text.Tokens;

namespace Solodesk.Knowledge.Gaps;

/// <summary>Questions that found nothing, those that mean the same together, the most asked first.</summary>
[UseCase]
internal sealed class FindGaps(IDbContextFactory<DeskDb> dbs, DeskWriter writer, AnswerIndex articles, TimeProvider clock)
{
    private const int Newest = 2000;

    /// <summary>From this likeness on two questions mean the same (set by eye on the demo's questions).</summary>
    private const double Alike = 0.45;

    private const char FirstHan = '\u2e80';

    public async Task<IReadOnlyList<Gap>> RunAsync(int days, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-days);
        await using var db = await dbs.CreateDbContextAsync(ct);
        var asked = await db.Set<AskedQuestion>().AsNoTracking().Where(q => !q.Matched && !q.Settled && q.At >= since).OrderByDescending(q => q.At).Take(Newest).ToListAsync(ct);
        return Group(asked, [.. Tongue.All.SelectMany(articles.Public).Select(c => c.Title)]);
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

    internal static IReadOnlyList<Gap> Group(IReadOnlyList<AskedQuestion> asked, IReadOnlyList<string> titles)
    {
        var texts = asked.GroupBy(q => q.Text.ToLowerInvariant().Trim(), StringComparer.Ordinal).Select(g => (Questions: g.ToList(), Terms: Terms(g.Key))).OrderByDescending(g => g.Questions.Count).ToList();
        var known = Counts(titles.Select(Terms));
        var weights = Counts(texts.Select(t => t.Terms)).ToDictionary(t => t.Key, t => Weight(t.Key, t.Value, known.GetValueOrDefault(t.Key), titles.Count), StringComparer.Ordinal);
        var groups = new List<(HashSet<string> Terms, List<AskedQuestion> Questions)>();
        foreach (var (questions, terms) in texts)
        {
            var best = groups.Where(g => g.Questions[0].Language == questions[0].Language).Select(g => (Group: g, Likeness: Likeness(terms, g.Terms, weights))).OrderByDescending(g => g.Likeness).FirstOrDefault();
            if (best.Group.Questions is not null && best.Likeness >= Alike)
            {
                best.Group.Questions.AddRange(questions);
            }
            else
            {
                groups.Add((terms, questions));
            }
        }

        return [.. groups.Select(g => new Gap(g.Questions[0].Text, g.Questions[0].Language, g.Questions.Count, g.Questions.Max(q => q.At),
                [.. g.Questions.Select(q => q.Text).Distinct(StringComparer.OrdinalIgnoreCase).Skip(1).Take(8)], [.. g.Questions.Select(q => q.Channel).Distinct()], [.. g.Questions.Select(q => q.Id)]))
            .OrderByDescending(g => g.Times).ThenByDescending(g => g.Last)];
    }

    // Weighted overlap: a short question may be wholly inside a longer one.
    private static double Likeness(HashSet<string> a, HashSet<string> b, Dictionary<string, double> weights)
    {
        var shared = a.Where(b.Contains).Sum(Weight);
        var smaller = Math.Min(a.Sum(Weight), b.Sum(Weight));
        var all = a.Union(b, StringComparer.Ordinal).Sum(Weight);
        return smaller <= 0 ? 0 : (0.5 * shared / smaller) + (0.5 * shared / all);

        double Weight(string term) => weights[term];
    }

    // What no article has in its title is what the question is about; a word of many titles ("app", 笔记) is not. How often a word was
    // asked says nothing against it: that is how gaps look. Two characters seen once and in no title lie across two words by chance.
    private static double Weight(string term, int asked, int titled, int titles)
        => Math.Log(1 + ((titles + 1) / (titled + 0.5))) * (term[0] < FirstHan ? 1 : term.Length == 1 ? 0.3 : asked + titled > 1 ? 1 : 0.2);

    private static Dictionary<string, int> Counts(IEnumerable<HashSet<string>> texts)
        => texts.SelectMany(t => t).GroupBy(t => t, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    private static HashSet<string> Terms(string text)
        => SearchTokens.ForIndex(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(t => !Idle.Contains(t)).ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> Idle = new(StringComparer.Ordinal) { "is", "there", "a", "an", "the", "do", "you", "have", "can", "i", "how", "to", "what", "where", "my", "in", "of", "怎", "么", "怎么", "吗", "的", "有", "能", "什", "什么", "时候", "候有", "候", "时" };
}
