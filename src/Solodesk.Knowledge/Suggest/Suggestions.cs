using Solodesk.Knowledge.Answers;
using Solodesk.Knowledge.HelpCentre;

namespace Solodesk.Knowledge.Suggest;

/// <summary>The articles that may answer a mail: asked by its subject, by its words, and by both, because any of them can be the question.</summary>
internal static class Suggestions
{
    private const double WorthShowing = 0.12;
    private const int Beginning = 400;

    /// <summary>By words, and by what the fullest of the questions means.</summary>
    public static async Task<IReadOnlyList<HelpHit>> ForAsync(AnswerQuestion answers, string subject, string body, string language, int most, Audience audience, CancellationToken ct)
        => Asked(subject, body) is [.., var fullest] ? For(answers, subject, body, language, most, audience, await answers.MeaningAsync(fullest, ct)) : [];

    public static IReadOnlyList<HelpHit> For(AnswerQuestion answers, string subject, string body, string language, int most, Audience audience = Audience.Desk, float[]? meaning = null)
    {
        var questions = Asked(subject, body);
        return [.. questions.SelectMany(q => answers.Find(q, language, audience, most + 2, meaning))
            .GroupBy(f => f.Card.ArticleId)
            .Select(g => (Best: g.MaxBy(f => f.Certainty)!, Mean: g.Sum(f => f.Certainty) / questions.Count))
            .OrderByDescending(f => f.Best.Certainty + f.Mean)
            .Where(f => f.Best.Certainty >= WorthShowing)
            .Take(most)
            .Select(f => new HelpHit(f.Best.Card, f.Best.Certainty, answers.SnippetOf(f.Best.Card, questions[^1])))];
    }

    /// <summary>The subject, the beginning of the words, and both; the fullest last.</summary>
    public static List<string> Asked(string subject, string body)
    {
        var start = body.Length > Beginning ? body[..Beginning] : body;
        return [.. new[] { subject, start, $"{subject} {start}" }.Select(q => q.Trim()).Where(q => q.Length > 1).Distinct()];
    }
}
