using Solodesk.Data;
using Solodesk.Text.Search;

namespace Solodesk.Knowledge.Answers;

/// <summary>Lets the ranking learn from what came of an article that a search had shown: it was used or did help, or it did not.</summary>
internal sealed class LearnRanking(AnswerIndex index, Settings settings) : IDisposable
{
    private const int Shown = 8;

    /// <summary>Each step begins where the one before ended.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="question">What was asked; nothing is learned where nobody asked.</param>
    /// <param name="language">The language of the articles.</param>
    /// <param name="audience">Whose search it was.</param>
    /// <param name="article">The article that it is about.</param>
    /// <param name="helped">Whether it was the right one.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task TellAsync(string question, string language, Audience audience, Guid article, bool helped, CancellationToken ct)
    {
        var shown = question.Length == 0 ? [] : index.Search(question, language, audience, Shown);
        if (shown.Count < 2 || shown.FirstOrDefault(f => f.Card.ArticleId == article) is not { } told)
        {
            return;
        }

        await _turn.WaitAsync(ct);
        try
        {
            var learned = await settings.ReadAsync<LearnedRanking>(ct);
            var learner = new RankLearner(RankWeights.Default, learned.Spaced.Count > 0 ? new RankWeights(learned.Spaced, learned.Dense) : null);
            IReadOnlyList<RankFeatures> all = [.. shown.Select(f => f.Hit.Features)];
            if (helped)
            {
                learner.Used(told.Hit.Features, all);
            }
            else
            {
                learner.Refused(told.Hit.Features, all);
            }

            await settings.SaveAsync(new LearnedRanking { Spaced = [.. learner.Weights.Spaced], Dense = [.. learner.Weights.Dense], Observations = learned.Observations + 1 }, ct);
            await index.TuneAsync(ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
