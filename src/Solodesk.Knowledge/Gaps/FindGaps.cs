using Microsoft.EntityFrameworkCore;
using Solodesk.Common;
using Solodesk.Data;
using Solodesk.Text.Tokens;

namespace Solodesk.Knowledge.Gaps;

/// <summary>Questions that found nothing, those that mean the same together, the most asked first.</summary>
[UseCase]
public sealed class FindGaps(IDbContextFactory<DeskDb> dbs, DeskWriter writer, TimeProvider clock)
{
    private const int Newest = 2000;

    /// <summary>From this likeness on two questions mean the same (set by eye on the demo's questions).</summary>
    private const double Alike = 0.45;

    /// <summary>One gap: how it was put most often, how often it was asked, and in what other words.</summary>
    public sealed record Gap(string Text, string Language, int Times, DateTimeOffset Last, IReadOnlyList<string> Wordings, IReadOnlyList<string> Channels, IReadOnlyList<Guid> Questions);

    public async Task<IReadOnlyList<Gap>> RunAsync(int days, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-days);
        await using var db = await dbs.CreateDbContextAsync(ct);
        var asked = await db.Set<AskedQuestion>().AsNoTracking().Where(q => !q.Matched && !q.Settled && q.At >= since).OrderByDescending(q => q.At).Take(Newest).ToListAsync(ct);
        return Group(asked);
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

    internal static IReadOnlyList<Gap> Group(IReadOnlyList<AskedQuestion> asked)
    {
        var texts = asked.GroupBy(q => q.Text.ToLowerInvariant().Trim(), StringComparer.Ordinal).Select(g => (Questions: g.ToList(), Terms: Terms(g.Key))).OrderByDescending(g => g.Questions.Count).ToList();
        var counts = texts.SelectMany(t => t.Terms).GroupBy(t => t, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var groups = new List<(HashSet<string> Terms, List<AskedQuestion> Questions)>();
        foreach (var (questions, terms) in texts)
        {
            var best = groups.Where(g => g.Questions[0].Language == questions[0].Language).Select(g => (Group: g, Likeness: Likeness(terms, g.Terms, counts, texts.Count))).OrderByDescending(g => g.Likeness).FirstOrDefault();
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

    // Weighted overlap: rare words say more, and a short question may be wholly inside a longer one.
    private static double Likeness(HashSet<string> a, HashSet<string> b, Dictionary<string, int> counts, int texts)
    {
        var shared = a.Where(b.Contains).Sum(Weight);
        var smaller = Math.Min(a.Sum(Weight), b.Sum(Weight));
        var all = a.Union(b, StringComparer.Ordinal).Sum(Weight);
        return smaller <= 0 ? 0 : (0.5 * shared / smaller) + (0.5 * shared / all);

        double Weight(string term) => Math.Log(1 + ((double)texts / counts.GetValueOrDefault(term, 1))) * (term.Length == 1 ? 0.3 : 1);
    }

    private static HashSet<string> Terms(string text)
        => SearchTokens.ForIndex(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(t => !Idle.Contains(t)).ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> Idle = new(StringComparer.Ordinal) { "is", "there", "a", "an", "the", "do", "you", "have", "can", "i", "how", "to", "what", "where", "my", "in", "of", "怎", "么", "怎么", "吗", "的", "有", "能", "什", "什么", "时候", "候有", "候", "时" };
}
