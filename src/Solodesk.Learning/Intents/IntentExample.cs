namespace Solodesk.Learning.Intents;

/// <summary>A text and its intent; null for a text that has none of the intents and is for a person.</summary>
public sealed record IntentExample(string Text, string? Intent);
