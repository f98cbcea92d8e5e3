namespace Solodesk.Learning.Intents;

/// <summary>What a text is about.</summary>
/// <param name="Intent">The most likely intent, even when it is not likely.</param>
/// <param name="InScope">Calibrated odds (0–1) that the text has one of the intents at all.</param>
/// <param name="HandOver">True when a person should answer: <paramref name="InScope"/> is below the threshold.</param>
public sealed record IntentAnswer(string Intent, double InScope, bool HandOver);
