using Solodesk.Learning.Features;
using Solodesk.Learning.Linear;

namespace Solodesk.Learning.Intents;

/// <summary>The classifier proper, and the evidence that it gives about whether its answer is to be believed.</summary>
internal sealed class IntentModel
{
    /// <summary>Where the cosine of the nearest example stands in the evidence.</summary>
    internal const int NearestEvidence = 4;

    private const int NearestCount = 8;

    // In a few hundred examples mixtures take away more intents than they add caution (sofmattress: 78 → 74 % right).
    private const int EnoughForMixtures = 2000;

    private readonly TextVectorizer _vectorizer;
    private readonly LinearSvm _svm;
    private readonly TextVectorizer _wordVectorizer;
    private readonly LinearSvm _wordSvm;
    private readonly Neighbours _neighbours;
    private readonly int[] _labels;

    internal IntentModel(IReadOnlyList<string> texts, IReadOnlyList<int> labels, int classes, IReadOnlyList<string> outside, int epochs = 12)
    {
        int[] all = [.. labels, .. outside.Select(_ => -1)];
        _vectorizer = new TextVectorizer(texts, texts.Count > 2000 ? 2 : 1);
        var rows = texts.Select(_vectorizer.Vector).ToArray();
        _labels = [.. labels];
        var between = texts.Count >= EnoughForMixtures ? Mixtures.Of(rows, labels, texts.Count / 2) : [];
        _svm = LinearSvm.Train([.. rows, .. outside.Select(_vectorizer.Vector), .. between], [.. all, .. between.Select(_ => -1)], classes, _vectorizer.Size, cost: 1, epochs);
        _neighbours = new Neighbours(rows);
        _wordVectorizer = new TextVectorizer(texts, 1, letterShare: 0);
        _wordSvm = LinearSvm.Train([.. texts.Concat(outside).Select(_wordVectorizer.Vector)], all, classes, _wordVectorizer.Size, cost: 1, epochs);
    }

    /// <summary>The most likely class, and numbers that rise with the odds that the text belongs to any class at all.</summary>
    internal (int Best, double[] Evidence) Look(string text)
    {
        var row = _vectorizer.Vector(text);
        var scores = _svm.Scores(row);
        var words = _wordSvm.Scores(_wordVectorizer.Vector(text));
        var best = 0;
        for (var c = 1; c < scores.Length; c++)
        {
            best = scores[c] > scores[best] ? c : best;
        }

        var sorted = scores.OrderDescending().ToArray();
        var second = sorted.Length > 1 ? sorted[1] : -2;
        var third = sorted.Length > 4 ? sorted[1..5].Average() : second;
        var nearest = _neighbours.Nearest(row, NearestCount);
        var top = nearest.Count > 0 ? nearest[0].Cosine : 0;
        var same = nearest.Where(n => _labels[n.Row] == best).Select(n => n.Cosine).DefaultIfEmpty(0).Max();
        var agree = nearest.Sum(n => _labels[n.Row] == best ? n.Cosine : 0) / Math.Max(1e-9, nearest.Sum(n => n.Cosine));
        var share = Share(scores, best);
        var known = _vectorizer.Known(text);
        var length = Math.Log(1 + TextGrams.Tokens(text).Count);
        return (best, [sorted[0], sorted[0] - second, sorted[0] - third, share, top, same, agree, known, length,
            sorted[0] * sorted[0], share * share, same * same, sorted[0] * length, same * length, known * length, nearest.Count > 3 ? nearest[3].Cosine : 0,
            words[best], words.Max(), Share(words, best), words[best] * sorted[0]]);
    }

    private static double Share(float[] scores, int best)
    {
        var sum = 0.0;
        foreach (var score in scores)
        {
            sum += Math.Exp(3 * (score - scores[best]));
        }

        return 1 / sum;
    }
}
