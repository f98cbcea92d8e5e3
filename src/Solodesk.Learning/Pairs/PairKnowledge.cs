using Solodesk.Learning.Linear;

namespace Solodesk.Learning.Pairs;

/// <summary>All that is learned of a set of pairs before their opinions are weighed: each view of a pair as numbers, one row.</summary>
internal sealed class PairKnowledge
{
    private const double Cost = 0.3;
    private const int Epochs = 20;

    private readonly PairEvidence _evidence;
    private readonly PairGrams _grams;
    private readonly LinearSvm _linear;
    private readonly Translations _translations;
    private readonly KnownQuestions _known;
    private readonly LearnedLikeness _likeness;

    internal PairKnowledge(IReadOnlyList<(PairText A, PairText B)> texts, IReadOnlyList<bool> same)
    {
        _evidence = new PairEvidence([.. texts.SelectMany(t => new[] { t.A, t.B })]);
        _grams = new PairGrams(texts);
        _linear = LinearSvm.Train([.. texts.Select(t => _grams.Of(t.A, t.B))], [.. same.Select(s => s ? 0 : -1)], 1, _grams.Size, Cost, Epochs);
        _translations = new Translations(texts, same);
        _known = new KnownQuestions(texts, same);
        _likeness = new LearnedLikeness(texts, same);
    }

    /// <summary>The row of a pair; the order of the two does not matter.</summary>
    internal double[] Of(PairText a, PairText b)
    {
        if (string.CompareOrdinal(a.Letters, b.Letters) > 0)
        {
            (a, b) = (b, a);
        }

        return [.. _evidence.Of(a, b), _linear.Scores(_grams.Of(a, b))[0], .. _translations.Of(a, b), .. _known.Of(a, b), _likeness.Of(a, b)];
    }
}
