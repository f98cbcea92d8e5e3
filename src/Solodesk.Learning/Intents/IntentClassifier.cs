using Solodesk.Learning.Linear;

namespace Solodesk.Learning.Intents;

/// <summary>
/// Tells which of the known intents a text has, and knows when it has none. Linear support vector machines name the intent; a logistic
/// regression, trained on texts whose intents were left out on purpose, judges whether to believe them.
/// </summary>
/// <remarks>Immutable after training and safe to use from many threads. The same examples always give the same classifier.</remarks>
public sealed class IntentClassifier
{
    /// <summary>
    /// The threshold when training holds no real out-of-scope texts. Chosen once, on the sofmattress bot of the HINT3 set (training and test part),
    /// and used for every other bot unchanged.
    /// </summary>
    public const double DefaultThreshold = 0.35;

    /// <summary>Share of the out-of-scope texts of the training set that the threshold is set to catch.</summary>
    private const double WantedRecall = 0.91;

    private const int EnoughOutside = 30;

    private readonly IntentModel _model;
    private readonly LogisticRegression? _scope;
    private readonly string[] _intents;

    private IntentClassifier(IntentModel model, LogisticRegression? scope, string[] intents, double threshold)
    {
        _model = model;
        _scope = scope;
        _intents = intents;
        Threshold = threshold;
    }

    /// <summary>Below it a person answers.</summary>
    public double Threshold { get; }

    /// <summary>The intents, in the order in which the examples brought them.</summary>
    public IReadOnlyList<string> Intents => _intents;

    /// <summary>Trains on examples of at least two intents; ones without an intent teach what out of scope looks like.</summary>
    /// <exception cref="ArgumentException">There are fewer than two intents.</exception>
    public static IntentClassifier Train(IReadOnlyList<IntentExample> examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        var inside = examples.Where(e => e.Intent is not null).ToArray();
        string[] outside = [.. examples.Where(e => e.Intent is null).Select(e => e.Text)];
        string[] intents = [.. inside.Select(e => e.Intent!).Distinct(StringComparer.Ordinal)];
        if (intents.Length < 2)
        {
            throw new ArgumentException("A classifier needs examples of at least two intents.", nameof(examples));
        }

        var numbers = intents.Select((intent, i) => (intent, i)).ToDictionary(x => x.intent, x => x.i, StringComparer.Ordinal);
        string[] texts = [.. inside.Select(e => e.Text)];
        int[] labels = [.. inside.Select(e => numbers[e.Intent!])];
        var model = new IntentModel(texts, labels, intents.Length, outside);
        if (intents.Length < 4)
        {
            return new IntentClassifier(model, null, intents, DefaultThreshold);
        }

        var trial = ScopeTrial.Run(texts, labels, intents.Length, outside);
        var scope = trial.Train();
        var threshold = outside.Length >= EnoughOutside ? trial.ThresholdFor(scope, WantedRecall) : DefaultThreshold;
        return new IntentClassifier(model, scope, intents, threshold);
    }

    /// <summary>The intent of <paramref name="text"/>, and whether a person should answer instead.</summary>
    public IntentAnswer Classify(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (best, evidence) = _model.Look(text);
        var inScope = _scope?.Probability(evidence) ?? Math.Clamp(evidence[IntentModel.NearestEvidence], 0, 1);
        return new IntentAnswer(_intents[best], inScope, inScope < Threshold);
    }
}
